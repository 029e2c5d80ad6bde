"""The scenario: one service design in one world, as an immutable value."""

from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Annotated, Any

from pydantic import Field

from scenarios.agent_groups import AgentGroup, Assist
from scenarios.bots import Bot
from scenarios.calendar_days import Calendar
from scenarios.contact_types import ContactType
from scenarios.demand import Busyness, Customers, Event
from scenarios.experience import Experience
from scenarios.knowledge import Knowledge
from scenarios.plans import Plan
from scenarios.quantities import CountFromOne, Currency, FileName, Frozen, Money
from scenarios.sources import Source, SourceField, source_for
from scenarios.table import Labeled, Table, plain


class Lines(Table):
    """Voice contacts waiting and talking; with all busy a contact is blocked."""

    n: CountFromOne


class Ledger(Table):
    """What the books say, printed beside the model."""

    labor_per_month: Money | None = None
    contacts_per_month: Money | None = None


class MoneyTable(Table):
    """Currency and books."""

    currency: Currency = "EUR"
    ledger: Ledger | None = None


class Scenario(Labeled):
    """Everything that a scenario file says, resolved: `extends` and `like` are gone."""

    name: FileName
    summary: str = Field(default="", description="one or two sentences")
    calendar: Calendar = Calendar()
    lines: Lines | None = None
    busyness: Busyness | None = None
    event: tuple[Event, ...] = ()
    customers: Customers | None = None
    contact_type: Annotated[dict[str, ContactType], Frozen]
    agent_group: Annotated[dict[str, AgentGroup], Frozen]
    bot: Annotated[dict[str, Bot], Frozen] = Field(default_factory=dict, validate_default=True)
    assist: Assist | None = None
    knowledge: Knowledge | None = None
    experience: Experience | None = None
    money: MoneyTable = MoneyTable()
    plan: Plan = Plan()
    sources: Annotated[dict[str, SourceField], Frozen] = Field(default_factory=dict, validate_default=True)

    @property
    def label(self) -> str:
        """The English label, else the name."""
        return super().label or self.name

    def label_in(self, language: str) -> str:
        """The label in that language, else the English one, else the name."""
        return super().label_in(language) or self.name

    def label_of(self, kind: str, name: str, language: str = "en") -> str:
        """The label of a "contact_type", "agent_group" or "bot" in that language, else its name."""
        table: Mapping[str, Labeled] = getattr(self, kind)
        return table[name].label_in(language) or name

    def source_of(self, key: str) -> Source:
        """Where the figure at a dotted key comes from; "assumed" where nothing is said."""
        return source_for(self.sources, key)

    def as_dict(self) -> dict[str, Any]:
        """Plain data as the file has it, resolved; keys that no file sets are left out."""
        data = plain(self.model_dump(exclude_unset=True, exclude_none=True))
        return {"name": data.pop("name"), **data}

    def changed(self, changes: Mapping[str, Any]) -> "Scenario":
        """Another scenario with these dotted keys set; checked like a file, and raises FaultyInput."""
        from scenarios.loading import with_changes  # the loader knows the scenario, not the other way round

        return with_changes(self, changes)


def source_of(scenario: Scenario, key: str) -> Source:
    """Where the figure at a dotted key comes from; "assumed" where nothing is said."""
    return scenario.source_of(key)


def digest(scenario: Scenario) -> str:
    """sha256 over the scenario's canonical JSON: the same for the same content, whatever the file's order of keys.

    The order of contact types, groups, bots and lists stays in: it numbers streams and breaks ties.
    """
    return sha256(canonical_json(scenario).encode()).hexdigest()


def canonical_json(scenario: Scenario) -> str:
    """JSON of a fixed key order (that of the schema), without spaces and without keys at their defaults."""
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    return dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
