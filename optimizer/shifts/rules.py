"""What a schedule may look like: shift lengths and starts, breaks in windows, days off, limits on people present."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios import Scenario
from scenarios.calendar_days import clock_s
from scenarios.plans import PlanStarts

HOUR_S = 3600
USUAL_LENGTHS_H = (4.0, 6.0, 8.0)
# A person missing for an interval is priced like this many of the longest shifts: dearer than any one shift that
# could cover it. Where people work whole weeks, a few missing intervals may still be cheaper than one more week.
_SHIFTS_PER_MISSING_INTERVAL = 2


@dataclass(frozen=True)
class BreakRule:
    """A paid break of every shift that is long enough: it starts between `from_s` and `to_s` after the shift's start.

    A shift has the break if at its earliest it ends inside the shift; then its window ends so that it always does.
    """

    length_s: int
    from_s: int
    to_s: int


@dataclass(frozen=True)
class Starts:
    """Shifts may start from `from_s` to `to_s` after midnight, both included, every `every_s`."""

    from_s: int
    to_s: int
    every_s: int


@dataclass(frozen=True)
class ShiftRules:
    """Rules of one group's schedule. Times in seconds; people present are people at work, shrinkage taken off.

    starts: None: at every interval of the open hours
    days_per_week: None: shifts are counted day by day, not put together into people's weeks
    may_miss: requirement may stay uncovered, at a price; else there is a plan only if all of it is covered
    """

    lengths_s: tuple[int, ...] = tuple(round(hours * HOUR_S) for hours in USUAL_LENGTHS_H)
    starts: Starts | None = None
    breaks: tuple[BreakRule, ...] = ()
    days_per_week: int | None = None
    consecutive_days_off: bool = False
    min_present: int = 0
    max_present: int | None = None
    may_miss: bool = False

    @property
    def missing_price_h(self) -> float:
        """Paid hours that one person missing for one interval counts as."""
        return _SHIFTS_PER_MISSING_INTERVAL * max(self.lengths_s) / HOUR_S


def rules_of(scenario: Scenario) -> ShiftRules:
    """The rules of a scenario's [plan].

    Without one: 4, 6 or 8 hours, starting at any interval of the open hours, all requirement covered.
    """
    if "plan" not in scenario.model_fields_set:
        return ShiftRules()
    plan = scenario.plan
    return ShiftRules(
        lengths_s=tuple(sorted({round(hours * HOUR_S) for hours in plan.shift_lengths_h})),
        starts=_starts(plan.starts),
        breaks=tuple(
            BreakRule(round(each.min * 60), *(round(hours * HOUR_S) for hours in each.window_h))
            for each in sorted(plan.breaks, key=lambda each: each.window_h)
        ),
        days_per_week=plan.days_per_week,
        consecutive_days_off=plan.consecutive_days_off,
        min_present=plan.min_present,
        max_present=plan.max_present,
        may_miss=plan.under_coverage == "priced",
    )


def _starts(starts: PlanStarts | None) -> Starts | None:
    if starts is None:
        return None
    return Starts(clock_s(starts.from_), clock_s(starts.to), round(starts.every_min * 60))
