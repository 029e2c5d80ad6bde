"""The shifts that the rules offer: of some length at many starts, longer by overtime, or ready-made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.calendar_days import DAY_S, clock_s, weekdays_of
from scenarios.plans import PlanBreak, PlanShift

HOUR_S = 3600
EVERY_DAY = tuple(range(7))


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
class Overtime:
    """Shifts may last longer by up to `max_s`, in steps of `step_s`; the time added is paid `factor` times."""

    max_s: int
    step_s: int
    factor: float


@dataclass(frozen=True)
class Offer:
    """A shift as the rules offer it, at one start or at many.

    cost_h: what it costs, in paid hours at the group's price; most: people on it on one day, None: no limit
    starts: None: at every interval of the open hours; weekdays: Monday = 0
    is_part_time: shorter than the longest, overtime aside
    """

    length_s: int
    cost_h: float
    starts: Starts | None = None
    breaks: tuple[BreakRule, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    most: int | None = None
    is_part_time: bool = False


def made_offers(
    lengths_s: Sequence[int],
    starts: Starts | None,
    breaks: tuple[BreakRule, ...],
    overtime: Overtime | None,
) -> tuple[Offer, ...]:
    """An offer for each length, with overtime or without; of those equally long the cheapest."""
    cheapest: dict[int, float] = {}
    for length_s in lengths_s:
        for added_s in range(0, overtime.max_s + 1, overtime.step_s) if overtime else (0,):
            cost_h = (length_s + added_s * (overtime.factor if overtime else 1.0)) / HOUR_S
            total_s = length_s + added_s
            if total_s <= DAY_S:
                cheapest[total_s] = min(cost_h, cheapest.get(total_s, cost_h))
    full_time_s = max(lengths_s)
    return tuple(
        Offer(total_s, cost_h, starts, breaks, is_part_time=total_s < full_time_s)
        for total_s, cost_h in sorted(cheapest.items())
    )


def ready_made_offers(
    shifts: Sequence[PlanShift], price_per_h: float, usual: tuple[BreakRule, ...]
) -> Iterator[Offer]:
    """Shifts as they stand in the plan. Where neither hours nor any shift has a price, hours are what is counted."""
    is_priced = price_per_h > 0.0 or any(shift.cost is not None for shift in shifts)
    longest_h = max((shift.hours for shift in shifts), default=0.0)
    for shift in shifts:
        at_s = clock_s(shift.from_) % DAY_S
        money = shift.hours * price_per_h if shift.cost is None else shift.cost
        yield Offer(
            length_s=round(shift.hours * HOUR_S),
            cost_h=money / (price_per_h or 1.0) if is_priced else shift.hours,
            starts=Starts(at_s, at_s, DAY_S),
            breaks=usual if shift.breaks is None else break_rules(shift.breaks),
            weekdays=weekdays_of(shift.days),
            most=shift.max_people,
            is_part_time=shift.hours < longest_h,
        )


def break_rules(breaks: tuple[PlanBreak, ...]) -> tuple[BreakRule, ...]:
    """Breaks in the order in which they are taken."""
    return tuple(
        BreakRule(round(each.min * 60), *(round(hours * HOUR_S) for hours in each.window_h))
        for each in sorted(breaks, key=lambda each: each.window_h)
    )
