"""What a schedule may look like: the shifts there are, days off, rest, limits on people, and what is sought."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from optimizer.people import price_per_h
from optimizer.shifts.offers import (
    HOUR_S,
    BreakRule,
    Offer,
    Overtime,
    Starts,
    break_rules,
    made_offers,
    ready_made_offers,
)
from scenarios import Scenario
from scenarios.calendar_days import clock_s
from scenarios.plans import Goal, Plan, PlanStarts, Weights

USUAL_LENGTHS_H = (4.0, 6.0, 8.0)
# A person missing for an interval is priced like this many of the dearest shifts: dearer than any one shift that
# could cover it. Where people work whole weeks, a few missing intervals may still be cheaper than one more week.
_SHIFTS_PER_MISSING_INTERVAL = 2


@dataclass(frozen=True)
class ShiftRules:
    """Rules of one group's schedule. Times in seconds; people present are people at work, shrinkage taken off.

    starts: None: at every interval of the open hours
    ready_made: the shifts themselves, in place of lengths and starts
    days_per_week: None: shifts are counted day by day, not put together into people's weeks
    min_rest_s: from the end of a person's shift to the beginning of the next day's
    most_scheduled: scheduled people at once, None: no limit
    part_time_share_max: of the people of a day, who may be on shifts shorter than the longest
    may_miss: requirement may stay uncovered, at a price; else there is a plan only if all of it is covered
    missing_per_h: that price, of one person for one hour, in paid hours; None: dearer than any shift
    price_per_h: money for a paid hour; 0: the fewest hours are sought, and cost nothing
    overstaffing_h, shift_kind_h: paid hours that an hour of one person above what is needed, and one more of the
    different shifts in use, count as
    then: aims that come after cost, in their order
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
    overtime: Overtime | None = None
    min_rest_s: int | None = None
    most_scheduled: int | None = None
    part_time_share_max: float | None = None
    missing_per_h: float | None = None
    overstaffing_h: float = 0.0
    shift_kind_h: float = 0.0
    then: tuple[Goal, ...] = ()

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every shift there is."""
        return self.ready_made or made_offers(self.lengths_s, self.starts, self.breaks, self.overtime)

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

    def missing_price_h(self, interval_s: int) -> float:
        """Paid hours that one person missing for one interval counts as."""
        if self.missing_per_h is not None:
            return self.missing_per_h * interval_s / HOUR_S
        return _SHIFTS_PER_MISSING_INTERVAL * max(offer.cost_h for offer in self.offers)


def rules_of(scenario: Scenario, group: str) -> ShiftRules:
    """The rules of a scenario's [plan] for one group.

    Without one: 4, 6 or 8 hours, starting at any interval of the open hours, all requirement covered.
    """
    declared = scenario.agent_group[group]
    price = price_per_h(declared)
    most = declared.outsourced.max_people if declared.outsourced else None
    if "plan" not in scenario.model_fields_set:
        return ShiftRules(price_per_h=price, most_scheduled=most)
    plan = scenario.plan
    ready_made = [each for each in plan.shift or () if each.is_for(group)]
    offers = tuple(ready_made_offers(ready_made, price, break_rules(plan.breaks)))
    return ShiftRules(
        lengths_s=_lengths_s(plan, offers),
        starts=_starts(plan.starts),
        breaks=break_rules(plan.breaks),
        days_per_week=plan.days_per_week,
        consecutive_days_off=plan.consecutive_days_off,
        min_present=plan.min_present,
        max_present=plan.max_present,
        may_miss=plan.under_coverage == "priced",
        ready_made=offers,
        price_per_h=price or float(any(each.cost is not None for each in ready_made)),
        overtime=_overtime(plan, scenario.calendar.interval_s),
        min_rest_s=None if plan.min_rest_h is None else round(plan.min_rest_h * HOUR_S),
        most_scheduled=most,
        part_time_share_max=plan.part_time_share_max,
        missing_per_h=_in_paid_hours(plan.under_coverage_price_per_h, price),
        **_aims(plan, price),
    )


def _lengths_s(plan: Plan, ready_made: tuple[Offer, ...]) -> tuple[int, ...]:
    if ready_made:
        return tuple(sorted({offer.length_s for offer in ready_made}))
    return tuple(sorted({round(hours * HOUR_S) for hours in plan.shift_lengths_h}))


def _overtime(plan: Plan, interval_s: int) -> Overtime | None:
    if plan.overtime is None:
        return None
    return Overtime(round(plan.overtime.max_h * HOUR_S), interval_s, plan.overtime.factor)


def _aims(plan: Plan, price: float) -> dict[str, Any]:
    """An order of aims, or their weights against that of cost, in paid hours."""
    if not isinstance(plan.objective, Weights):
        return {"then": plan.objective[1:]}
    weights = plan.objective
    return {
        "overstaffing_h": _in_paid_hours(weights.overstaffing / weights.cost, price),
        "shift_kind_h": _in_paid_hours(weights.shift_kinds / weights.cost, price),
    }


def _in_paid_hours(money: float | None, price: float) -> float | None:
    """Money as paid hours at the group's price; where hours have none, an amount is taken as hours."""
    return None if money is None else money / (price or 1.0)


def _starts(starts: PlanStarts | None) -> Starts | None:
    if starts is None:
        return None
    return Starts(clock_s(starts.from_), clock_s(starts.to), round(starts.every_min * 60))
