"""Laws: the unit of time does not matter. A day of 20 open hours at half the pace is one of 10, twice as long."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
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
