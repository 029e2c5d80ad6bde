"""What may be done on the day, in the units of the model: hours at the group's price, intervals, shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.horizon import Horizon
from optimizer.people import price_per_h
from optimizer.shifts.offers import HOUR_S
from scenarios import Scenario
from scenarios.calendar_days import clock_s


@dataclass(frozen=True)
class Actions:
    """What one group's hours of the day cost in hours of its wage, and how far each action may go.

    call_in_cost, outsource_cost: of an hour; None: not possible
    most_called_in, send_home: shares of the people on shift; most_called_in, most_outsourced: None: no limit
    stay_intervals: of a person called in; from_interval: of the day, the first that can be changed
    """

    call_in_cost: float | None = None
    most_called_in: float | None = None
    stay_intervals: int = 1
    send_home: float = 0.0
    outsource_cost: float | None = None
    most_outsourced: int | None = None
    from_interval: int = 0


def actions_of(scenario: Scenario, group: str) -> Actions:
    """What a scenario's [plan] allows for a group; what is known within an interval counts from the next one."""
    day, wage = scenario.plan.on_the_day, price_per_h(scenario.agent_group[group])
    if day is None:
        return Actions()
    interval_s = scenario.calendar.interval_s
    return Actions(
        call_in_cost=day.call_in_factor,
        most_called_in=day.most_called_in_share,
        stay_intervals=1 if day.call_in_h is None else math.ceil(day.call_in_h * HOUR_S / interval_s),
        send_home=day.send_home_share,
        outsource_cost=None if day.outsource_per_h is None else day.outsource_per_h / wage,
        most_outsourced=day.most_outsourced,
        from_interval=0 if day.known_at is None else math.ceil(clock_s(day.known_at) / interval_s),
    )


def stretches(horizon: Horizon, from_interval: int) -> list[range]:
    """The intervals of the horizon in which something can be done: open ones, each day's stretches by themselves."""
    found: list[range] = []
    n = horizon.n_intervals_per_day
    for day, is_open in enumerate(horizon.is_open()):
        for i in range(from_interval, n):
            at = day * n + i
            if is_open[i] and i > from_interval and found and found[-1].stop == at:
                found[-1] = range(found[-1].start, at + 1)
            elif is_open[i]:
                found.append(range(at, at + 1))
    return found
