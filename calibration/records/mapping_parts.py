"""The parts of a mapping: how files are written, moments, amounts, and conditions on the words of a line."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scenarios.faults import nearest
from scenarios.quantities import wrong

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


def _known_zone(name: str) -> str:
    """A zone's name, if the machine knows its zones."""
    zones = available_timezones()
    if zones and name not in zones:
        raise wrong("a time zone such as Europe/Berlin", nearest(name, zones))
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


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
    time_zone: Zone | None = Field(None, description="Zone in which the moments are written, such as UTC.")
    local_time_zone: Zone | None = Field(
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

    where: Condition
    why: str


OutcomeWord = Literal["answered", "abandoned", "left_early", "sent_away"]


class OutcomeRule(Part):
    """How a contact ended, where the words stand. The first rule that fits is the one."""

    is_: OutcomeWord = Field(alias="is")
    where: Condition = Field(default_factory=dict)
