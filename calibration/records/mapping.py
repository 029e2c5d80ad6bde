"""What the columns of an export mean: the schema of a mapping file.

A mapping is a TOML file of one kind. `calls`: a line for each contact, or for each leg of one. `events`: a line for
each thing that happened, many to a contact. `intervals`: counts by interval or day.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Unit = Literal["s", "ms", "min", "h", "hh:mm:ss", "mm:ss", "hhmm", "count", "share", "%"]
DURATIONS = ("s", "ms", "min", "h", "hh:mm:ss", "mm:ss", "hhmm")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One word, or a list of them."""

Condition = dict[str, Words]
"""Column → word or words; "" is empty, "*" is anything but empty. All must hold."""


class Part(BaseModel):
    """A table of the mapping; a key nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    example: ClassVar[str] = "a table"


class FileHints(Part):
    """How the files are written. What is left out is found from the file itself."""

    separator: str | None = Field(None, min_length=1, max_length=1, description="Character between fields.")
    encoding: str | None = Field(None, description="UTF-8 unless named; then windows-1252 is tried.")
    decimal: Literal[".", ","] = Field(".", description="Decimal point or decimal comma.")
    header: tuple[str, ...] | None = Field(
        None, description="Names of the columns where the file has no line of them."
    )
    ragged: bool = Field(False, description="Lines may have fewer or more fields than there are names.")
    quotes: bool = Field(True, description='Fields may stand in double quotes "".')
    sheet: str | None = Field(None, description="Sheet of a workbook; the first unless named.")
    none_words: tuple[str, ...] = Field((), description='Words for "none", in any column.')
    time_zone: str | None = Field(None, description="Zone in which the moments are written, such as UTC.")
    local_time_zone: str | None = Field(
        None, description="Zone of the center, to whose clock moments are taken."
    )


class Moment(Part):
    """A moment: a timestamp in one column, or the time of day in one and its date in another."""

    example: ClassVar[str] = "a column"

    column: str
    format: Words | None = Field(
        None, description='"iso", "epoch", "epoch ms", or as strptime writes it; the first that fits.'
    )
    date: str | None = Field(None, description="Column of the date, where `column` holds the time of day.")
    date_format: Words = Field(("iso",), description='Format of the date: "iso" or as strptime writes it.')
    unit: Unit = Field("hh:mm:ss", description="Unit of the time of day, or of the time since `first_day`.")
    first_day: str | None = Field(None, description="Date (YYYY-MM-DD) from whose midnight `column` counts.")
    anchor: str | None = Field(
        None,
        description="Column with the same moment as a timestamp, which names the first day where it is not empty.",
    )

    @property
    def columns(self) -> list[str]:
        """Columns it is made of."""
        return [self.column] if self.date is None else [self.column, self.date]

    @property
    def all_columns(self) -> list[str]:
        """Columns it needs."""
        return self.columns if self.anchor is None else [*self.columns, self.anchor]

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats of a timestamp in one column."""
        return self.format or ("iso",)

    @property
    def is_timestamp(self) -> bool:
        """Whether the column holds date and time."""
        return self.date is None and self.first_day is None


def _as_table(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class Amount(Part):
    """A duration, a count or a share: a column, the sum of several, or the time between two moments."""

    example: ClassVar[str] = "a column, or one of: column, columns, since and until"

    column: str | None = None
    columns: tuple[str, ...] = Field((), description="Columns to be added.")
    since: str | None = Field(None, description="Column of the moment at which it began.")
    until: str | None = Field(None, description="Column of the moment at which it ended.")
    format: Words | None = Field(
        None, description="Format of `since` and `until`, where they are timestamps."
    )
    unit: Unit | None = Field(None, description="Seconds for times and counts for counts, unless named.")
    per: Literal["all", "offered", "answered", "abandoned"] = Field(
        "all",
        description="In interval reports: a mean per contact offered, answered or abandoned, not a sum.",
    )
    zero_is_none: bool = Field(False, description="0 means that there was none, or that nobody knows.")
    only_where: Condition = Field(default_factory=dict, description="Counts only in these lines; else 0.")

    @model_validator(mode="after")
    def _one_source(self) -> Amount:
        ways = [
            self.column is not None,
            bool(self.columns),
            self.since is not None and self.until is not None,
        ]
        if sum(ways) != 1 or (self.since is None) != (self.until is None):
            raise ValueError(self.example)
        return self

    @property
    def sources(self) -> list[str]:
        """Columns whose values it is made of."""
        if self.since is not None and self.until is not None:
            return [self.since, self.until]
        return list(self.columns) or [str(self.column)]

    @property
    def all_columns(self) -> list[str]:
        """Columns it needs."""
        return [*self.sources, *self.only_where]


AmountOrColumn = Annotated[Amount, BeforeValidator(_as_table)]
MomentOrColumn = Annotated[Moment, BeforeValidator(_as_table)]


class LeftOutRule(Part):
    """Lines that are no contacts, and why."""

    where: Condition = Field(min_length=1)
    why: str


OutcomeWord = Literal["answered", "abandoned", "left_early", "sent_away"]


class OutcomeRule(Part):
    """How a contact ended, where the words stand. The first rule that fits is the one."""

    is_: OutcomeWord = Field(alias="is")
    where: Condition = Field(default_factory=dict)


class _Mapping(Part):
    about: str = Field("", description="What the files are, in a sentence.")
    seen: Literal["file", "documentation", "code"] = Field(
        "file",
        description="Whether this layout was held against a real file, or is known from documentation only.",
    )
    file: FileHints = Field(default_factory=FileHints)
    leave_out: tuple[LeftOutRule, ...] = ()
    optional: Words = Field((), description="Columns that a file may lack.")


class CallsMapping(_Mapping):
    """A line for each contact, or for each leg of one."""

    kind: Literal["calls"]
    joined: MomentOrColumn
    queue: Words = Field((), description="Column of the queue; several are joined by a slash.")
    outcome: tuple[OutcomeRule, ...] = Field(min_length=1)
    waited: AmountOrColumn | None = None
    talk: AmountOrColumn | None = None
    wrap_up: AmountOrColumn | None = None
    menu: AmountOrColumn | None = None
    agent: str | None = None
    customer: Words = Field((), description="Column that tells customers apart.")
    call: Words = Field(
        (), description="Columns of the contact's id: of lines with the same one the last counts."
    )
    legs_of: str | None = Field(None, description="Column of the call's id, where a call has several lines.")

    def needed(self) -> list[str]:
        """Every column that is read."""
        amounts = [self.waited, self.talk, self.wrap_up, self.menu]
        conditions = [*(rule.where for rule in self.outcome), *(rule.where for rule in self.leave_out)]
        names = [
            *self.joined.all_columns,
            *self.queue,
            *(column for condition in conditions for column in condition),
            *(column for amount in amounts if amount for column in amount.all_columns),
            *self.customer,
            *self.call,
            *(name for name in (self.agent, self.legs_of) if name),
        ]
        return list(dict.fromkeys(names))


class EventOutcome(Part):
    """How a contact ended, by the event that ended it."""

    is_: OutcomeWord | Literal["left_out"] = Field(alias="is")
    events: Words
    where: Condition = Field(default_factory=dict)
    why: str = Field("", description="Why such contacts are left out.")


class SpellRule(Part):
    """Time that an agent spends logged in, or paused."""

    kind: Literal["logged_in", "paused"]
    begins: Words
    ends: Words


class Stages(Part):
    """Words of the events between which a contact's times lie."""

    joined: Words = Field(
        description="Joins the queue; of several that happen the first in this list counts."
    )
    answered: Words
    talk_ends: Words
    wrap_up_ends: Words = Field(())
    menu_begins: Words = Field(())
    menu_ends: Words = Field(())
    again: Words = Field((), description="Events with which the same id begins a further contact.")
    ignored: Words = Field((), description="Events that say nothing of contacts or agents.")

    @property
    def words(self) -> list[str]:
        """All events of contacts."""
        lists = (
            self.joined,
            self.answered,
            self.talk_ends,
            self.wrap_up_ends,
            self.menu_begins,
            self.menu_ends,
        )
        return list(dict.fromkeys(word for words in (*lists, self.again) for word in words))


class EventsMapping(_Mapping):
    """A line for each thing that happened."""

    kind: Literal["events"]
    call: Words = Field(description="Columns that together name a contact.")
    moment: MomentOrColumn
    event: str = Field(description="Column of the event's word.")
    stages: Stages
    outcome: tuple[EventOutcome, ...] = Field(min_length=1)
    queue: Words = Field(())
    agent: str | None = None
    customer: Words = Field(())
    spell: tuple[SpellRule, ...] = ()
    runs: str | None = Field(
        None, description="Column that numbers runs of the same days; they are laid end to end."
    )
    run_days: int | None = Field(
        None, gt=0, description="Days of a run; who joins later came in its run-out."
    )

    @property
    def known_events(self) -> list[str]:
        """Every word that an event may have."""
        spells = [word for rule in self.spell for word in (*rule.begins, *rule.ends)]
        ends = [word for rule in self.outcome for word in rule.events]
        return list(dict.fromkeys([*self.stages.words, *ends, *spells, *self.stages.ignored]))

    def needed(self) -> list[str]:
        """Every column that is read."""
        conditions = [*(rule.where for rule in self.outcome), *(rule.where for rule in self.leave_out)]
        names = [
            *self.moment.all_columns,
            *self.call,
            self.event,
            *self.queue,
            *(column for condition in conditions for column in condition),
            *self.customer,
            *(name for name in (self.agent, self.runs) if name),
        ]
        return list(dict.fromkeys(names))


class IntervalsMapping(_Mapping):
    """Counts by interval, or by day."""

    kind: Literal["intervals"]
    start: MomentOrColumn
    interval_min: int | None = Field(
        None, gt=0, le=1440, description="Minutes; else the smallest step in the file."
    )
    queue: Words = Field(())
    split_by: Words = Field((), description="Columns by which an interval has several rows, which are added.")
    offered: AmountOrColumn | None = None
    answered: AmountOrColumn | None = None
    abandoned: AmountOrColumn | None = None
    within: AmountOrColumn | None = Field(None, description="Answered within the acceptable waiting time.")
    service_level: AmountOrColumn | None = Field(
        None, description="As the system states it, whatever it divides by."
    )
    awt_s: float | None = Field(None, gt=0, description="Acceptable waiting time of both.")
    answered_wait: AmountOrColumn | None = None
    abandoned_wait: AmountOrColumn | None = None
    handle: AmountOrColumn | None = None
    present: AmountOrColumn | None = Field(
        None, description="People present: a count, or time in an interval."
    )
    busy: AmountOrColumn | None = Field(None, description="People at work: a count, or time in an interval.")

    def amounts(self) -> dict[str, Amount]:
        """Figures that the files hold, by name."""
        named = {name: getattr(self, name) for name in FIGURES}
        return {name: amount for name, amount in named.items() if amount is not None}

    def needed(self) -> list[str]:
        """Every column that is read."""
        names = [
            *self.start.all_columns,
            *self.queue,
            *self.split_by,
            *(column for rule in self.leave_out for column in rule.where),
            *(column for amount in self.amounts().values() for column in amount.all_columns),
        ]
        return list(dict.fromkeys(names))


FIGURES = (
    *("offered", "answered", "abandoned", "within", "service_level", "answered_wait", "abandoned_wait"),
    *("handle", "present", "busy"),
)
COUNTS = ("offered", "answered", "abandoned", "within")

Mapping = CallsMapping | EventsMapping | IntervalsMapping
KINDS: dict[str, type[CallsMapping | EventsMapping | IntervalsMapping]] = {
    "calls": CallsMapping,
    "events": EventsMapping,
    "intervals": IntervalsMapping,
}
