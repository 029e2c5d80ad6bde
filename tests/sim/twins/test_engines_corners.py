"""Twins: both engines on centers that random ones seldom or never are: each a corner of the model."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.world import world_of
from tests.sim.engines import compiled, differences, readable
from tests.sim.random_calendars import MONDAY
from tests.sim.seen import seen_in
from tests.sim.worlds import Table, call, center, constant, team


def nobody_comes() -> Scenario:
    return center()


def nobody_works() -> Scenario:
    return center({"call": call(arrivals={"per_h": 3}, patience_s=300)}, {"team": team(0)})


def bot_alone() -> Scenario:
    """A bot keeps everybody, and no group takes the type."""
    part = {"of_100": {"solved": 60, "wrongly_closed": 20, "left": 20}, "session_s": constant(60)}
    again = {"share": 0.5, "delay_h": 1.0}
    return center(
        {"call": call(arrivals={"per_h": 3}, patience_s=300, reconnect=again), "rest": call()},
        {"team": team(1, ["rest"])},
        bot={"menu": {"contact_type": {"call": part}, "always_on": True}},
    )


def never_opens() -> Scenario:
    """Open on Mondays, all of them holidays: whoever wants a person comes never, and stays open."""
    mondays = [MONDAY + timedelta(weeks=n) for n in range(-3, 65)]
    part = {"of_100": {"wrongly_closed": 80, "handed_over": 20}, "session_s": constant(60)}
    again = {"share": 0.9, "delay_h": 1.0, "skip_bot": True}
    return center(
        {"call": call(arrivals={"per_h": 3}, patience_s=300, reconnect=again)},
        calendar={"start": MONDAY, "hours": {"mon": "09:00-17:00", "tue-sun": "closed"}, "closed": mondays},
        bot={
            "menu": {"contact_type": {"call": {**part, "wrongly_closed_skip_bot": True}}, "always_on": True}
        },
    )


def all_at_once() -> Scenario:
    """Nothing takes any time: talk, wrap-up, sessions, patience, and the way back of those who balk."""
    part = {"of_100": {"solved": 20, "wrongly_closed": 20, "handed_over": 40, "left": 20}, "session_s": 0}
    return center(
        {
            "call": call(
                arrivals={"per_h": 20},
                talk_s=0,
                wrap_up_s=0,
                patience_s=constant(0, balk_share=0.3),
                redial={"share": 0.5, "delay_s": 0},
                reconnect={"share": 0.5, "delay_h": 0},
                resolution_rate=0.5,
                transfer={"share": 0.5, "to": "slow"},
            ),
            "slow": call(patience_s=0, talk_s=constant(600)),
        },
        {"team": team(2, ["call", "slow"])},
        bot={"menu": {"contact_type": {"call": part}, "max_sessions": 2}},
        lines={"n": 1},
    )


def nights_on_shift() -> Scenario:
    """Shifts of the day before last into the first day, where the run begins; round the clock without a gap."""
    shifts = [
        {"start": "22:00", "hours": 8, "people": 2, "breaks": [{"after_h": 3, "min": 60}]},
        {"start": "06:00", "hours": 24, "people": 1},
    ]
    types = {"call": call(arrivals={"per_h": 12}, patience_s=constant(900), talk_s=constant(600))}
    people = {
        "skills": ["call"],
        "agents": {"shifts": shifts},
        "shrinkage": {"absent": 0.2, "adherence": 0.9},
    }
    return center(types, {"team": people}, {"days": 3, "warm_up_h": 3, "run_out_h": 3})


def outages_meet() -> Scenario:
    """One outage ends as the next begins, one lies within another, one begins with the day."""

    def spell(begins_h: int, ends_h: int) -> Table:
        midnight = datetime(2026, 11, 9)
        return {"from": midnight + timedelta(hours=begins_h), "to": midnight + timedelta(hours=ends_h)}

    part = {"of_100": {"solved": 40, "handed_over": 60}, "session_s": constant(1800)}
    outages = [spell(10, 12), spell(9, 10), spell(14, 18), spell(15, 16), spell(0, 1), spell(-3, 2)]
    return center(
        {"call": call(arrivals={"per_h": 20}, patience_s=constant(600))},
        calendar={"start": MONDAY, "warm_up_h": 1},
        bot={"menu": {"contact_type": {"call": part}, "outage": outages}},
    )


def every_day_another() -> Scenario:
    """Nine days with counts and heads of their own: the same weekday is busy in one week and quiet in the next."""
    n_days = 9
    counts = [float((7 * day + interval) % 12) for day in range(n_days) for interval in range(24)]
    heads = [(5 * day + interval) % 4 for day in range(n_days) for interval in range(24)]
    return center(
        {"call": call(arrivals={"per_interval": counts}, patience_s=300)},
        {"team": team(agents={"present_per_interval": heads})},
        calendar={"days": n_days, "interval_min": 60, "warm_up_h": 24, "run_out_h": 24},
    )


CORNERS = (
    nobody_comes,
    nobody_works,
    bot_alone,
    never_opens,
    all_at_once,
    nights_on_shift,
    outages_meet,
    every_day_another,
)
MET = {
    "nobody_comes": set(),
    "nobody_works": {"outcome ABANDONED"},
    "bot_alone": {"bot SOLVED", "bot LEFT", "origin RECONNECT"},
    "never_opens": {"pending needs", "outcome LOST", "bot WRONGLY_CLOSED"},
    "all_at_once": {"ends together", "outcome BLOCKED", "bot LEFT", "origin TRANSFER", "third attempts"},
    "nights_on_shift": {"spell OVERTIME", "shifts", "absent"},
    "every_day_another": {"outcome ABANDONED", "outcome SERVED"},
    "outages_meet": {"session cut short", "outages overlap", "bot OUT_OF_ORDER"},
}


@pytest.mark.parametrize("corner", CORNERS, ids=lambda corner: corner.__name__)
@pytest.mark.parametrize("by_interval", [True, False])
def test_corners_are_lived_alike(corner, by_interval):
    world = world_of(corner())
    assert MET[corner.__name__] <= set(seen_in(world, readable(world)))
    assert differences(world, by_interval=by_interval) == []


def test_streams_of_a_baseline_are_lived_alike():
    """A design's types draw as those of the baseline did, whatever their position."""
    types = {
        "a": call(arrivals={"per_h": 6}),
        "b": call(arrivals={"per_h": 6}),
        "c": call(arrivals={"per_h": 6}),
    }
    scenario = center(types, {"team": team(1, ["a", "b", "c"])}, busyness={"day_cv": 0.4, "correlation": 0.5})
    world = world_of(scenario, {"c": 0, "gone": 1, "a": 2})
    assert not np.array_equal(
        readable(world).attempts.arrived_s, readable(world_of(scenario)).attempts.arrived_s
    )
    assert differences(world) == []


def test_both_engines_say_that_a_queue_has_no_end():
    """One person is there, and ever more contacts wait without end."""
    scenario = center(
        {"call": call(arrivals={"per_h": 1}), "rest": call()}, {"team": team(0, ["call", "rest"])}
    )
    for engine in (readable, compiled):
        with pytest.raises(RuntimeError, match="contacts of the horizon still wait after 401 days"):
            engine(world_of(scenario))


def test_totals_of_the_whole_horizon_are_those_of_its_intervals():
    world = world_of(outages_meet())
    whole, parts = (compiled(world, Sample(2, 5), by_interval).totals for by_interval in (False, True))
    for column in ("attempts", "services", "queue_s", "session_s", "work_s", "due_s", "overtime_s"):
        ours, theirs = getattr(whole, column), getattr(parts, column).sum(axis=1, keepdims=True)
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-6), column
