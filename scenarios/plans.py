"""What the optimizer may do: shifts and their breaks, rest, and limits on people present."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scenarios.calendar_days import DAY_S, WeekdayClass, clock_s
from scenarios.designs import Design
from scenarios.guardrails import GuardrailField
from scenarios.on_the_day import OnTheDay
from scenarios.quantities import (
    Above,
    Amount,
    ClockTime,
    Count,
    Factor,
    Flag,
    Frozen,
    HoursFrom,
    HoursLong,
    MinutesLong,
    Money,
    Share,
    ShareInside,
    Weekdays,
)
from scenarios.table import Table

Goal = Literal["cost", "overstaffing", "shift_kinds"]


class PlanStarts(Table):
    """When shifts may start."""

    from_: ClockTime = Field(alias="from")
    to: ClockTime
    every_min: MinutesLong = 30.0


class PlanBreak(Table):
    """A break that every shift has, somewhere in its window."""

    min: MinutesLong
    window_h: tuple[HoursFrom, ...] = Field(
        description="hours after the shift's start: earliest, latest start"
    )


class PlanShift(Table):
    """A ready-made shift: people on it come and go together."""

    from_: ClockTime = Field(alias="from")
    to: ClockTime = Field(description="not after from: on the next day")
    days: WeekdayClass = "mon-sun"
    cost: Money | None = Field(
        default=None, description="of one person for one such shift; absent: cost_per_h × its hours"
    )
    max_people: Count | None = Field(default=None, description="of a group, on one day; absent: no limit")
    breaks: tuple[PlanBreak, ...] | None = Field(default=None, description="absent: those of the plan")
    agent_groups: tuple[str, ...] | None = Field(default=None, description="absent: all groups")

    @property
    def hours(self) -> float:
        """From its beginning to its end."""
        return ((clock_s(self.to) - clock_s(self.from_)) % DAY_S or DAY_S) / 3600

    def is_for(self, group: str) -> bool:
        """Whether people of the group may work it."""
        return self.agent_groups is None or group in self.agent_groups


class PlanOvertime(Table):
    """Shifts may be longer than planned lengths."""

    max_h: HoursLong = Field(description="by how much, in steps of an interval")
    factor: Factor = Field(default=1.0, description="of cost_per_h, for the time added")


class Weights(Table):
    """What one unit of each aim counts for: of money, of an hour of one person above need, of a shift in use."""

    cost: Above = 1.0
    overstaffing: Amount = 0.0
    shift_kinds: Amount = 0.0


def _kind_of_objective(value: object) -> str:
    return "weights" if isinstance(value, dict | Weights) else "order"


class Plan(Table):
    """Rules of the plan."""

    objective: Annotated[
        Annotated[tuple[Goal, ...], Tag("order")] | Annotated[Weights, Tag("weights")],
        Discriminator(_kind_of_objective),
    ] = Field(
        default=("cost",),
        description="what is sought: in this order, or weighed. overstaffing: people above need, in hours of one; "
        "shift_kinds: different shifts in use",
    )
    kind: Literal["shifts", "intervals", "constant"] = "shifts"
    shift_lengths_h: tuple[HoursLong, ...] = (8.0,)
    starts: PlanStarts | None = Field(default=None, description="absent: any interval")
    breaks: tuple[PlanBreak, ...] = ()
    shift: tuple[PlanShift, ...] | None = Field(
        default=None, description="the shifts themselves, in place of lengths and starts"
    )
    days_per_week: Weekdays | None = Field(default=None, description="absent: shifts are counted day by day")
    consecutive_days_off: Flag = False
    min_rest_h: HoursFrom | None = Field(
        default=None, description="from the end of a person's shift to the start of the next day's"
    )
    part_time_share_max: Share | None = Field(
        default=None, description="of the people of a day, who may be on shifts shorter than the longest"
    )
    overtime: PlanOvertime | None = Field(default=None, description="absent: none is planned")
    min_present: Count = 0
    max_present: Count | None = None
    under_coverage: Literal["priced", "forbidden"] = "priced"
    target_probability: ShareInside | None = Field(
        default=None,
        description="the target holds on this share of days; absent: in expectation, a ratio of sums over days",
    )
    on_the_day: OnTheDay | None = Field(default=None, description="absent: shifts stay as planned")
    under_coverage_price_per_h: Money | None = Field(
        default=None, description="of one person missing for an hour; absent: dearer than any shift"
    )
    design: Design | None = Field(default=None, description="what is chosen together with the people")
    guardrail: Annotated[dict[str, GuardrailField], Frozen] = Field(
        default_factory=dict, validate_default=True, description="by measure; what a design must hold"
    )
