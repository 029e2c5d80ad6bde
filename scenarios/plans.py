"""What the optimizer may do: shifts and their breaks, rest, and limits on people present."""

from typing import Literal

from pydantic import Field

from scenarios.quantities import ClockTime, Count, Flag, HoursFrom, HoursLong, MinutesLong, Weekdays
from scenarios.table import Table

Goal = Literal["cost", "overstaffing", "shift_kinds"]
OBJECTIVE: tuple[Goal, ...] = ("cost", "overstaffing", "shift_kinds")


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


class Plan(Table):
    """Rules of the plan."""

    objective: tuple[Goal, ...] = Field(default=OBJECTIVE, description="in this order")
    kind: Literal["shifts", "intervals", "constant"] = "shifts"
    shift_lengths_h: tuple[HoursLong, ...] = (8.0,)
    starts: PlanStarts | None = Field(default=None, description="absent: any interval")
    breaks: tuple[PlanBreak, ...] = ()
    days_per_week: Weekdays | None = Field(default=None, description="absent: shifts are counted day by day")
    consecutive_days_off: Flag = False
    min_present: Count = 0
    max_present: Count | None = None
    under_coverage: Literal["priced", "forbidden"] = "priced"
