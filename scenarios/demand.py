"""What customers want and when: arrivals, busy days, dated events."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Strict, Tag

from scenarios.calendar_days import WeekdayClass
from scenarios.profiles import Profile
from scenarios.quantities import (
    Above,
    Amount,
    CountFromOne,
    Frozen,
    Money,
    NotAbove,
    Number,
    Real,
    Share,
    Words,
    wrong,
)
from scenarios.table import Table


def _moment(value: object) -> object:
    """A date alone is its midnight; a time with an offset from UTC is not a local time."""
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise wrong("a local time, without an offset", f"write {value.replace(tzinfo=None).isoformat()}")
        return value
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value


Moment = Annotated[datetime, Strict(), BeforeValidator(_moment, json_schema_input_type=datetime | date)]


def _in_order(moments: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sorted(moments))


def _kind_of_replay(value: object) -> str:
    return "moments" if isinstance(value, list | tuple) else "file"


Replay = Annotated[
    Annotated[str, Words("the name of a CSV file", r"[^\n]+", "calls.csv"), Tag("file")]
    | Annotated[tuple[Real, ...], AfterValidator(_in_order), Tag("moments")],
    Discriminator(_kind_of_replay),
]


class Arrivals(Table):
    """Expected first contacts of a type, or those of a file: exactly one of the five forms."""

    example: ClassVar[str] = "a table such as { per_h = 120 }"

    per_day: Amount | None = Field(default=None, description="contacts of an ordinary day")
    per_h: Amount | None = Field(default=None, description="contacts per hour, all 24 hours")
    per_interval: Profile | None = Field(
        default=None, description="contacts of each interval, midnight to midnight"
    )
    file: str | None = Field(
        default=None, description="a CSV file beside this one, with a column of contacts per interval"
    )
    replay: Replay | None = Field(
        default=None, description="a CSV file beside this one, with a column of moments; or the moments, in s"
    )
    column: str | None = Field(default=None, description="of the file or replay, named in its first line")
    shape: Profile | None = Field(
        default=None, description="with per_day: weights, evenly over the open hours"
    )
    weekday: Annotated[dict[WeekdayClass, Amount], Frozen] | None = Field(
        default=None, description="factor by weekday class; 1 where absent"
    )
    factor: Amount = Field(default=1.0, description="multiplies any form but replay")

    @property
    def replayed_s(self) -> tuple[float, ...] | None:
        """The moments of arrival, in order, in seconds of the horizon; None where arrivals are not replayed."""
        return self.replay if isinstance(self.replay, tuple) else None


class Busyness(Table):
    """Days and intervals are busier or quieter than expected: gamma factors of mean 1."""

    day_cv: Amount = Field(default=0.0, description="coefficient of variation of the day factor")
    correlation: Share = Field(
        default=0.0, description="of the normal scores of the day factors across types"
    )
    interval_cv: Amount = Field(
        default=0.0,
        description="coefficient of variation of a factor of each interval and type, independent of all others",
    )


Growth = Annotated[float, Number("a share of growth above -1, at most 1", low=-1, high=1, above=True)]


class Customers(Table):
    """The customers from whom contacts come; as they grow in number, so does demand."""

    n: CountFromOne = Field(description="at the start of the horizon")
    growth_per_month: Growth = Field(default=0.0, description="of customers, and of all demand with them")

    def grown(self, months: float) -> float:
        """How many times as many there are after so many months: (1 + growth)^months."""
        return (1.0 + self.growth_per_month) ** months


class Prevention(Table):
    """Contacts that never happen, as their cause is gone: a product mended, a notice sent in time."""

    share: Share = Field(description="of the type's contacts, once all of it is in force")
    at_most: Share = Field(default=1.0, description="the share in force is never above this")
    one_off: Money = 0.0
    per_month: Money = Field(default=0.0, description="from starts_month on")
    starts_month: CountFromOne | None = Field(
        default=None, description="1: the first month of the horizon; absent: before it"
    )
    ramp_months: Amount = Field(default=0.0, description="until all of it is in force, growing evenly")


class Induced(Table):
    """Easier access brings more contacts: demand × (mean wait ÷ reference)^elasticity."""

    elasticity: NotAbove = Field(description="-0.2: a tenth less waiting brings 2 % more contacts")
    reference_wait_s: Above = Field(description="the mean wait at which demand is as stated")


class Echo(Table):
    """What an event brings whole days later, at the same hours and for as long."""

    after_days: CountFromOne = Field(description="days between the event and its echo")
    factor: Amount = Field(description="multiplies the arrivals")
    contact_types: tuple[str, ...] | None = Field(default=None, description="absent: those of the event")


class Event(Table):
    """A dated stretch of time with more (or fewer) contacts."""

    name: str
    from_: Moment = Field(alias="from", description="local time at which it begins")
    to: Moment = Field(description="local time at which it ends")
    factor: Amount = Field(description="multiplies the arrivals")
    shape: tuple[Amount, ...] | None = Field(
        default=None, description="its own profile: weights, evenly over its time; absent: the usual one"
    )
    contact_types: tuple[str, ...] | None = Field(default=None, description="absent: all")
    echo: Echo | None = None
