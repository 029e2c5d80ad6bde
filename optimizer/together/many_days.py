"""One day as many: a day that stands alone, starts empty and ends empty, put side by side with itself.

A replication costs a millisecond before the first contact comes. Twenty days in one cost hardly more, and each is an
observation of its own, so a short day is simulated some ten times as fast.
"""

from __future__ import annotations

import numpy as np

from optimizer.together.promised import Masses
from scenarios import Scenario
from scenarios.agent_groups import AgentGroup
from scenarios.calendar_days import DAY_S, weekdays_of
from scenarios.contact_types import ContactType

COPIES = 20
_NIGHT_S = 4 * 3600  # enough for whoever is still there at closing to be served
_RARELY_OVER = 8  # a delay of so small a part of the night hardly ever lasts until morning


def stands_alone(scenario: Scenario) -> bool:
    """Whether nothing of a one-day horizon depends on another day, nor on which day it is."""
    calendar = scenario.calendar
    if calendar.days != 1 or calendar.start is not None or calendar.warm_up_h:  # no dates, no events
        return False
    spans = {calendar.weekday_spans_s(weekday) for weekday in range(7)}
    closes_s = max((closes for _, closes in calendar.weekday_spans_s(0)), default=DAY_S)
    opens_s = min((opens for opens, _ in calendar.weekday_spans_s(0)), default=0)
    is_dark = len(spans) == 1 and closes_s - opens_s <= DAY_S - _NIGHT_S
    from_day_to_day = (scenario.customers, scenario.busyness, scenario.knowledge, scenario.experience)
    plain = not scenario.bot and all(one is None for one in from_day_to_day)
    types, groups = scenario.contact_type.values(), scenario.agent_group.values()
    return (
        is_dark and plain and all(map(_is_alike_every_day, types)) and all(map(_are_alike_every_day, groups))
    )


def _is_alike_every_day(declared: ContactType) -> bool:
    arrivals = declared.arrivals
    by_weekday = arrivals.weekday is not None or isinstance(arrivals.per_interval, dict)
    recorded = arrivals.replay is not None or isinstance(arrivals.shape, dict)
    comes_back = (declared.reconnect, declared.chase, declared.callback, declared.transfer)
    redials_late = declared.redial is not None and declared.redial.delay_s.expected > _NIGHT_S / _RARELY_OVER
    returns = redials_late or any(one is not None for one in comes_back)
    return not (by_weekday or recorded or declared.is_deferred or returns)


def _are_alike_every_day(group: AgentGroup) -> bool:
    """People of one pace who come every day: a person's own speed would tie the days of a replication together."""
    own_pace = group.newcomers is not None or group.talk_spread > 0.0 or group.attrition_per_year > 0.0
    shifts = group.agents.shifts or ()
    return not own_pace and all(set(weekdays_of(shift.days)) == set(range(7)) for shift in shifts)


def as_many(scenario: Scenario) -> Scenario:
    """The day, COPIES times."""
    calendar = scenario.calendar.model_copy(update={"days": COPIES})
    return scenario.model_copy(update={"calendar": calendar})


def as_one(found: Masses) -> Masses:
    """The sums of the copies as so many observations of the one day."""
    n_promises, n, n_intervals = found.mass.shape
    per_day = n_intervals // COPIES
    return Masses(
        found.mass.reshape(n_promises, n * COPIES, per_day),
        found.below.reshape(len(found.below), COPIES, per_day).mean(axis=1)
        if len(found.below)
        else np.zeros((0, per_day)),
    )
