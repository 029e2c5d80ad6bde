"""A day of six half hours whose cheapest shifts are known: M(t)/M/s(t)+M solved exactly, every roster tried.

Rates 12 24 36 30 15 6 per hour, calls of 15 min and patience of 10 min on average, nobody there at the start; in each
half hour at most a quarter of those who call have to wait. Five shifts, of which one spans the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from scenarios import Scenario, from_data
from sim.theory import ErlangA
from tests.optimizer.exact.overstaying import Calls, EveryLeaverBusy, LongestIdle, Rule, Seat, Step
from tests.optimizer.exact.transient import over

ARRIVE_PER_H = (12.0, 24.0, 36.0, 30.0, 15.0, 6.0)
END_PER_H, GIVE_UP_PER_H = 4.0, 6.0
PERIOD_H = 0.5
OPENS_H = 8.0
FIRST_INTERVAL = round(OPENS_H / PERIOD_H)
N_PERIODS = len(ARRIVE_PER_H)
MAX_DELAY_RATE = 0.25
HOUR_S = 3600.0

People = tuple[int, ...]  # on each of the shifts


@dataclass(frozen=True)
class Shift:
    """Periods worked, counted from 0, the last one not included; what one person on it costs."""

    first: int
    end: int
    cost: float


SHIFTS = (Shift(0, 3, 3.0), Shift(1, 4, 3.0), Shift(2, 5, 3.0), Shift(3, 6, 3.0), Shift(0, 6, 5.4))


@dataclass(frozen=True)
class Roster:
    """A roster with its cost, and the delay rate of its worst half hour."""

    cost: float
    worst: float
    people: People


def cost_of(people: People) -> float:
    """Σ cost × people, to the cent."""
    return round(sum(shift.cost * n for shift, n in zip(SHIFTS, people, strict=True)), 2)


def present(people: People, period: int) -> int:
    """People due in a period."""
    return sum(n for shift, n in zip(SHIFTS, people, strict=True) if shift.first <= period < shift.end)


@cache
def delay_rates(people: People, on_time_up: str) -> tuple[float, ...]:
    """Of each half hour, exactly: whoever calls sees time averages, as the rate is constant within."""
    memory = _Memory(Seat() if on_time_up == "seat" else LongestIdle(N_PERIODS + 1))
    return tuple(memory.after(people, period + 1).rate for period in range(N_PERIODS))


def delay_rates_of_heads(heads: Sequence[int]) -> list[float]:
    """Of each half hour under "seat", exactly, with so many people due in each, whatever their shifts."""
    rule = Seat()
    law: Any = {rule.empty(): 1.0}
    found = []
    for period, n in enumerate(heads):
        step = Step((), (), n)
        law, rate = _period(rule, law, period, step)
        found.append(rate)
    return found


def worst_period(people: People, on_time_up: str) -> float:
    """The largest delay rate of any half hour."""
    return max(delay_rates(people, on_time_up))


def least_delay_rates(people: People) -> list[float]:
    """Below those of each half hour under "person", whoever is busy when time is up."""
    memory = _Memory(EveryLeaverBusy())
    return [memory.after(people, period + 1).rate for period in range(N_PERIODS)]


def holding_seats(most_cost: float) -> list[Roster]:
    """Every roster of at most this cost that holds the target under "seat", cheapest first."""
    return holding(Seat(), most_cost)


def perhaps_holding_persons(most_cost: float) -> list[Roster]:
    """Every roster that may hold under "person", by a lower bound on its worst half hour; all others do not."""
    return holding(EveryLeaverBusy(), most_cost)


def holding(rule: Rule[Any], most_cost: float, most_delayed: float = MAX_DELAY_RATE) -> list[Roster]:
    """Every roster of at most this cost whose worst half hour is within the limit, cheapest first."""
    memory = _Memory(rule)
    found = rosters(most_cost, lambda people, n: memory.after(people, n).worst <= most_delayed)
    told = (Roster(cost_of(people), memory.after(people, N_PERIODS).worst, people) for people in found)
    return sorted(told, key=lambda roster: (roster.cost, roster.worst))


def required_by_sipp() -> list[int]:
    """Stationary, independent, period by period: the fewest people of M/M/s+M within the limit at each rate."""
    return [next(s for s in count(1) if _stationary(per_h, s) <= MAX_DELAY_RATE) for per_h in ARRIVE_PER_H]


def _stationary(per_h: float, people: int) -> float:
    return ErlangA(people, per_h / HOUR_S, HOUR_S / END_PER_H, HOUR_S / GIVE_UP_PER_H).delay_rate


def cheapest_covers(required: list[int]) -> list[People]:
    """The rosters that cover a requirement at the least cost."""
    all_day = cost_of((0, 0, 0, 0, max(required)))  # covers everything
    found = list(rosters(all_day, lambda people, n: present(people, n - 1) >= required[n - 1]))
    cheapest = min(map(cost_of, found))
    return [people for people in found if cost_of(people) == cheapest]


def rosters(most_cost: float, fits: Callable[[People, int], bool]) -> Iterator[People]:
    """Every roster of at most this cost that fits, grown shift by shift in order of their starts.

    fits: of the first n half hours, which depend on nobody who comes later
    """
    starts = [[i for i, shift in enumerate(SHIFTS) if shift.first == period] for period in range(N_PERIODS)]

    def grow(people: People, period: int) -> Iterator[People]:
        if period == N_PERIODS:
            yield people
            return
        for more in _choices(people, starts[period], most_cost):
            if fits(more, period + 1):
                yield from grow(more, period + 1)

    yield from grow((0,) * len(SHIFTS), 0)


def _choices(people: People, shifts: list[int], most_cost: float) -> Iterator[People]:
    """Any number on each of these shifts that money allows."""
    if not shifts:
        yield people
        return
    first, *others = shifts
    while cost_of(people) <= most_cost + 1e-9:
        yield from _choices(people, others, most_cost)
        people = (*people[:first], people[first] + 1, *people[first + 1 :])


@dataclass(frozen=True)
class _After:
    """A day's beginning: its worst half hour, its last one, and the law at the end."""

    worst: float
    rate: float
    law: Any


class _Memory:
    """What becomes of a day's beginning: solved once for all rosters that share it."""

    def __init__(self, rule: Rule[Any]) -> None:
        self._rule = rule
        self._remembered = cache(self._solve)

    def after(self, people: People, n_periods: int) -> _After:
        """After the first periods."""
        return self._remembered(tuple(self._rule.seen(_step(people, period)) for period in range(n_periods)))

    def _solve(self, steps: tuple[Step, ...]) -> _After:
        if not steps:
            return _After(0.0, 0.0, {self._rule.empty(): 1.0})
        before = self._remembered(steps[:-1])
        law, rate = _period(self._rule, before.law, len(steps) - 1, steps[-1])
        return _After(max(before.worst, rate), rate, law)


def _period(rule: Rule[Any], law: Any, period: int, step: Step) -> tuple[Any, float]:
    """The law at a period's end, and the delay rate in it."""
    calls = Calls(ARRIVE_PER_H[period], END_PER_H, GIVE_UP_PER_H)
    stretch = over(rule.edge(law, step), lambda state: rule.jumps(state, calls, step), PERIOD_H)
    return stretch.end, sum(share for state, share in stretch.mean.items() if rule.delays(state, step))


def _step(people: People, period: int) -> Step:
    """Who comes and goes at the start of a period; teams by the period at whose start their time is up."""
    coming, leaving = [0] * (N_PERIODS + 1), [0] * (N_PERIODS + 1)
    for shift, n in zip(SHIFTS, people, strict=True):
        if shift.first == period:
            coming[shift.end] += n
        if shift.end == period:
            leaving[shift.end] += n
    return Step(tuple(leaving), tuple(coming), present(people, period))


# --- As a planner writes it ----------------------------------------------------------------------------------------


def scenario(on_time_up: str, people: People | None = None) -> Scenario:
    """The day with these people on the shifts, or with the people left to the optimizer."""
    plan = {
        "shift": [
            {"from": _clock(shift.first), "to": _clock(shift.end), "cost": shift.cost} for shift in SHIFTS
        ]
    }
    return from_data(
        _day(on_time_up, "plan") | {"plan": plan} if people is None else _staffed(on_time_up, people)
    )


def _staffed(on_time_up: str, people: People) -> dict[str, Any]:
    shifts = [
        {"start": _clock(shift.first), "hours": (shift.end - shift.first) * PERIOD_H, "people": n}
        for shift, n in zip(SHIFTS, people, strict=True)
        if n
    ]
    return _day(on_time_up, {"shifts": shifts})


def _day(on_time_up: str, agents: Any) -> dict[str, Any]:
    expected = [0.0] * round(24 / PERIOD_H)
    expected[FIRST_INTERVAL : FIRST_INTERVAL + N_PERIODS] = [per_h * PERIOD_H for per_h in ARRIVE_PER_H]
    hours = f"{_clock(0)}-{_clock(N_PERIODS)}"
    return {
        "name": "half-hours",
        "calendar": {
            "days": 1,
            "interval_min": 60 * PERIOD_H,
            "hours": {"mon-sun": hours},
            "on_time_up": on_time_up,
        },
        "contact_type": {
            "call": {
                "channel": "voice",
                "arrivals": {"per_interval": expected},
                "talk_s": HOUR_S / END_PER_H,
                "patience_s": HOUR_S / GIVE_UP_PER_H,
                "service_target": {"max_delay_rate": MAX_DELAY_RATE},
            }
        },
        "agent_group": {"team": {"skills": ["call"], "agents": agents}},
    }


def _clock(period: int) -> str:
    """08:30 at the start of period 1."""
    minutes = round((OPENS_H + period * PERIOD_H) * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
