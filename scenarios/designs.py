"""What a plan may choose beside people: options, each of them changes to the scenario at a price."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field

from scenarios.faults import as_written
from scenarios.quantities import Flag, FrozenDict, Money, MonthsLong
from scenarios.sources import figures
from scenarios.table import Labeled, Table, plain


def _frozen_within(value: Any) -> Any:
    """Tables and lists made unchangeable, all the way down."""
    if isinstance(value, Mapping):
        return FrozenDict({key: _frozen_within(inner) for key, inner in value.items()})
    return tuple(map(_frozen_within, value)) if isinstance(value, list | tuple) else value


class DesignOption(Labeled):
    """Taken or not: changes by dotted key, in quotes, and what they cost. Every other key is such a change."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[Any, AfterValidator(_frozen_within)]] = Field(init=False)

    per_month: Money = Field(default=0.0, description="what it costs, beside prices in the scenario itself")
    one_off: Money = Field(default=0.0, description="paid once, beside prices in the scenario itself")

    @property
    def changes(self) -> dict[str, Any]:
        """Values by the dotted keys that they are set at."""
        return {str(key): plain(value) for key, value in self.__pydantic_extra__.items()}

    @property
    def figures(self) -> dict[str, Any]:
        """The same, down to single figures: tables taken apart."""
        return {key: figure for name, value in self.changes.items() for key, figure in _apart(name, value)}

    @property
    def words(self) -> str:
        """Its label, or else what it changes."""
        return self.label or ", ".join(f"{key} = {_said(value)}" for key, value in self.changes.items())


def _apart(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield from figures(value, key).items() if value != {} else ((key, value),)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_said(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_said, value)) + "]"
    return as_written(value)


class Design(Table):
    """The design beside the people: which options there are, and what they may cost a month."""

    budget_per_month: Money | None = Field(
        default=None, description="of per_month of all options taken; absent: no limit"
    )
    options: tuple[DesignOption, ...] = ()
    operating_points: Flag = Field(
        default=False, description="every operating point of every bot is an option too"
    )
    one_off_months: MonthsLong = Field(
        default=36.0, description="what is paid once is spread evenly over so many months"
    )
