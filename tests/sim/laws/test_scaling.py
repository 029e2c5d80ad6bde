"""Laws: the unit of time does not matter. A day of 20 open hours at half the pace is one of 10, twice as long."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from sim.codes import Origin, Outcome, SpellKind
from sim.replicate import Asked, run
from tests.sim.worlds import Table, center, records, team

COUNTS = ("fresh", "answered", "abandoned", "blocked", "contained", "escalated")
SHARES = ("service_level", "abandonment_rate", "delay_rate", "block_rate", "occupancy", "mean_queue_length")
TIMES = ("mean_wait_s", "mean_answer_s", "mean_talk_s", "mean_wrap_up_s", "time_to_person_s")


def paced(pace: float) -> Scenario:
    """Open from midnight to 10:00 · pace, all times multiplied by the pace; a power of two, so nothing is rounded."""

    def times(**law: float | str) -> Table:
        return {
            key: value * pace if key in ("mean", "low", "high", "value") else value
            for key, value in law.items()
        }

    types = {
        "call": {
            "channel": "voice",
            "arrivals": {"per_day": 300, "shape": [1, 4, 2, 3]},
            "talk_s": times(law="exponential", mean=250.0),
            "wrap_up_s": times(law="uniform", low=10.0, high=50.0),
            "patience_s": times(law="exponential", mean=80.0, balk_share=0.1),
            "service_target": {"share": 0.8, "awt_s": 20 * pace},
        }
    }
    part = {"of_100": {"solved": 20, "handed_over": 80}, "session_s": times(law="constant", value=30.0)}
    calendar = {"hours": {"mon-sun": f"00:00-{round(10 * pace):02}:00"}, "interval_min": round(15 * pace)}
    bot = {"menu": {"max_sessions": 3, "contact_type": {"call": part}}}
    return center(types, {"team": team(2)}, calendar, bot=bot, lines={"n": 4})


def test_every_moment_is_twice_as_late():
    ours, theirs = records(paced(1.0)).attempts, records(paced(2.0)).attempts
    counted = ours.arrived_s < 10 * 3600
    n = int(counted.sum())
    assert n > 200
    for moments in ("arrived_s", "queued_s", "answered_s", "talk_s", "ended_s", "left_bot_s"):
        assert np.array_equal(2 * getattr(ours, moments)[:n], getattr(theirs, moments)[:n], equal_nan=True), (
            moments
        )
    for facts in ("outcome", "bot", "agent"):
        assert np.array_equal(getattr(ours, facts)[:n], getattr(theirs, facts)[:n])


@pytest.fixture(scope="module")
def both():
    return [run(paced(pace), Asked(replications=3)) for pace in (1.0, 2.0)]


@pytest.mark.parametrize("measure", [*COUNTS, *SHARES])
def test_counts_and_shares_stay(both, measure):
    """Averages over the day: the queue has half the day, or all of it."""
    ours, theirs = (result.value(measure) for result in both)
    factor = 2.0 if measure == "mean_queue_length" else 1.0
    assert factor * ours == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("measure", TIMES)
def test_times_double(both, measure):
    ours, theirs = (result.value(measure) for result in both)
    assert 2 * ours == pytest.approx(theirs, rel=1e-12)
    assert theirs > 0


def test_hours_and_minutes_and_seconds_say_the_same():
    """A reconnect after 0.5 h is one after 1800 s; 48 intervals of 30 min are 1440 of one minute."""
    calls = {"arrivals": {"per_h": 6}, "channel": "voice", "talk_s": 100, "patience_s": 60}
    half_hours = {"per_interval": [3.0] * 48}
    minutes = {"per_interval": [0.1] * 1440}
    found = [
        records(center({"call": {**calls, "arrivals": arrivals}}, calendar={"interval_min": step})).attempts
        for arrivals, step in ((calls["arrivals"], 30), (half_hours, 30), (minutes, 1))
    ]
    for other in found[1:]:
        assert other.arrived_s == pytest.approx(found[0].arrived_s, abs=1e-6)
        assert np.array_equal(other.outcome, found[0].outcome)


# --- Channels -----------------------------------------------------------------------------------------------------


def blended(pace: float) -> Scenario:
    """Calls, chats and emails with all keys that are times: callbacks, delayed overflow, due hours, chases."""

    def law(mean: float) -> Table:
        return {"law": "exponential", "mean": mean * pace}

    def arrivals(per_day: int) -> Table:
        return {"per_day": per_day, "shape": [1, 4, 2, 3]}

    callback = {"offer_above_s": 90 * pace, "accept_share": 0.5, "reach_share": 0.6, "attempts": 2}
    chase = {"after_h": 0.5 * pace, "share": 0.6, "every_h": 0.75 * pace, "as": "call"}
    types = {
        "call": {
            "channel": "voice",
            "arrivals": arrivals(250),
            "talk_s": law(250.0),
            "patience_s": law(120.0),
            "callback": {**callback, "attempt_s": 15 * pace},
            "routed_to": [{"group": "team"}, {"group": "other", "rank": 2, "after_s": 30 * pace}],
            "ahead": {"vip_share": 0.1},
        },
        "chat": {
            "channel": "chat",
            "arrivals": arrivals(200),
            "talk_s": law(300.0),
            "patience_s": law(200.0),
            "measured_at_concurrency": 1.5,
        },
        "email": {
            "channel": "email",
            "arrivals": arrivals(60),
            "talk_s": law(400.0),
            "interruptible": True,
            "due_h": 0.5 * pace,
            "chase": chase,
        },
    }
    several = {"concurrency": {"chat": 2, "throughput": [1.0, 1.5]}}
    groups = {"team": team(4, ["call", "chat", "email"], **several), "other": team(1)}
    calendar = {"hours": {"mon-sun": f"00:00-{round(10 * pace):02}:00"}, "interval_min": round(15 * pace)}
    return center(types, groups, calendar)


def test_every_moment_of_all_channels_is_twice_as_late():
    """Of those that come and end in the opening hours; what is left over is done on the next day, wherever that is."""
    found = [records(blended(pace)) for pace in (1.0, 2.0)]
    ours, theirs = (each.attempts for each in found)
    inside = np.flatnonzero((ours.arrived_s < 10 * 3600) & ~(ours.ended_s > 10 * 3600))
    assert {Origin.FRESH, Origin.CHASE} <= set(ours.origin[inside])
    assert {Outcome.SERVED, Outcome.ABANDONED, Outcome.UNREACHED} <= set(ours.outcome[inside])
    assert set(ours.group[inside]) == {-1, 0, 1}
    assert (found[0].spells.kind == SpellKind.WAITING_AGAIN).sum() > 10
    for moments in ("arrived_s", "queued_s", "answered_s", "talk_s", "ended_s"):
        mine, its = getattr(ours, moments)[inside], getattr(theirs, moments)[inside]
        assert np.array_equal(2 * mine, its, equal_nan=True), moments
    for facts in ("outcome", "origin", "group", "agent", "calls_back"):
        assert np.array_equal(getattr(ours, facts)[inside], getattr(theirs, facts)[inside]), facts
