"""What a schedule may look like: the shifts there are, breaks in windows, days off, limits on people present."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scenarios import Scenario
from scenarios.calendar_days import DAY_S, clock_s, weekdays_of
from scenarios.plans import PlanBreak, PlanShift, PlanStarts

HOUR_S = 3600
EVERY_DAY = tuple(range(7))
USUAL_LENGTHS_H = (4.0, 6.0, 8.0)
# A person missing for an interval is priced like this many of the dearest shifts: dearer than any one shift that
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
class Offer:
    """A shift as the rules offer it, at one start or at many.

    cost_h: what it costs, in paid hours at the group's price; most: people on it on one day, None: no limit
    starts: None: at every interval of the open hours; weekdays: Monday = 0
    """

    length_s: int
    cost_h: float
    starts: Starts | None = None
    breaks: tuple[BreakRule, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    most: int | None = None


@dataclass(frozen=True)
class ShiftRules:
    """Rules of one group's schedule. Times in seconds; people present are people at work, shrinkage taken off.

    starts: None: at every interval of the open hours
    ready_made: the shifts themselves, in place of lengths and starts
    days_per_week: None: shifts are counted day by day, not put together into people's weeks
    may_miss: requirement may stay uncovered, at a price; else there is a plan only if all of it is covered
    price_per_h: money for a paid hour; 0: the fewest hours are sought, and cost nothing
    """

    lengths_s: tuple[int, ...] = tuple(round(hours * HOUR_S) for hours in USUAL_LENGTHS_H)
    starts: Starts | None = None
    breaks: tuple[BreakRule, ...] = ()
    days_per_week: int | None = None
    consecutive_days_off: bool = False
    min_present: int = 0
    max_present: int | None = None
    may_miss: bool = False
    ready_made: tuple[Offer, ...] = ()
    price_per_h: float = 0.0

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every shift there is; those made of lengths and starts cost their paid hours."""
        if self.ready_made:
            return self.ready_made
        return tuple(Offer(s, s / HOUR_S, self.starts, self.breaks) for s in self.lengths_s)

    @cached_property
    def all_breaks(self) -> tuple[BreakRule, ...]:
        """The breaks of all shifts, one after the other; shifts with the same breaks share theirs."""
        return tuple(each for breaks in self._kinds_of_breaks for each in breaks)

    def first_break(self, offer: Offer) -> int:
        """Where the breaks of an offer begin among those of all shifts."""
        earlier = self._kinds_of_breaks[: self._kinds_of_breaks.index(offer.breaks)]
        return sum(len(breaks) for breaks in earlier)

    @cached_property
    def _kinds_of_breaks(self) -> tuple[tuple[BreakRule, ...], ...]:
        return tuple(dict.fromkeys(offer.breaks for offer in self.offers))

    @property
    def missing_price_h(self) -> float:
        """Paid hours that one person missing for one interval counts as."""
        return _SHIFTS_PER_MISSING_INTERVAL * max(offer.cost_h for offer in self.offers)


def rules_of(scenario: Scenario, group: str) -> ShiftRules:
    """The rules of a scenario's [plan] for one group.

    Without one: 4, 6 or 8 hours, starting at any interval of the open hours, all requirement covered.
    """
    cost_per_h = scenario.agent_group[group].cost_per_h
    if "plan" not in scenario.model_fields_set:
        return ShiftRules(price_per_h=cost_per_h)
    plan = scenario.plan
    breaks = _breaks(plan.breaks)
    ready_made = [each for each in plan.shift or () if each.is_for(group)]
    offers = tuple(_ready_made(ready_made, cost_per_h, breaks))
    return ShiftRules(
        lengths_s=tuple(
            sorted(
                {offer.length_s for offer in offers}
                or {round(hours * HOUR_S) for hours in plan.shift_lengths_h}
            )
        ),
        starts=_starts(plan.starts),
        breaks=breaks,
        days_per_week=plan.days_per_week,
        consecutive_days_off=plan.consecutive_days_off,
        min_present=plan.min_present,
        max_present=plan.max_present,
        may_miss=plan.under_coverage == "priced",
        ready_made=offers,
        price_per_h=cost_per_h or float(any(each.cost is not None for each in ready_made)),
    )


def _ready_made(shifts: list[PlanShift], cost_per_h: float, usual: tuple[BreakRule, ...]) -> Iterator[Offer]:
    """Shifts as they stand in the plan. Where neither hours nor any shift has a price, hours are what is counted."""
    is_priced = cost_per_h > 0.0 or any(shift.cost is not None for shift in shifts)
    for shift in shifts:
        from_s = clock_s(shift.from_)
        money = shift.hours * cost_per_h if shift.cost is None else shift.cost
        yield Offer(
            length_s=round(shift.hours * HOUR_S),
            cost_h=money / (cost_per_h or 1.0) if is_priced else shift.hours,
            starts=Starts(from_s % DAY_S, from_s % DAY_S, DAY_S),
            breaks=usual if shift.breaks is None else _breaks(shift.breaks),
            weekdays=weekdays_of(shift.days),
            most=shift.max_people,
        )


def _breaks(breaks: tuple[PlanBreak, ...]) -> tuple[BreakRule, ...]:
    return tuple(
        BreakRule(round(each.min * 60), *(round(hours * HOUR_S) for hours in each.window_h))
        for each in sorted(breaks, key=lambda each: each.window_h)
    )


def _starts(starts: PlanStarts | None) -> Starts | None:
    if starts is None:
        return None
    return Starts(clock_s(starts.from_), clock_s(starts.to), round(starts.every_min * 60))
