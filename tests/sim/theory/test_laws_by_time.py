"""Theory: laws that vary with the clock. Who arrives in a stretch of the day draws from its law, whenever that happens.

Each time is held against its law by Kolmogorov and Smirnov's test. Ten figures, each false once in 10,000.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from sim.codes import BotOutcome, Origin, Outcome
from sim.records.records import Records
from sim.world.hours import DAY_S
from tests.sim.worlds import call, center, constant, records, team
from tests.sim.worlds import lived as calls_at

ALARM = 1e-4
NOON = DAY_S / 2


def by_noon(morning: float, low: float) -> dict[str, Any]:
    """Exponential in the morning, uniform on (low, 2 low) in the afternoon."""
    late = {"law": "uniform", "low": low, "high": 2 * low}
    return {"by": [{"until": "12:00", "law": morning}, {"until": "24:00", "law": late}]}


def assert_by_noon(times_s: Any, arrived_s: Any, morning: float, low: float) -> None:
    early = arrived_s % DAY_S < NOON
    assert min(np.sum(early), np.sum(~early)) > 400
    assert stats.kstest(times_s[early], stats.expon(scale=morning).cdf).pvalue > ALARM
    assert stats.kstest(times_s[~early], stats.uniform(low, low).cdf).pvalue > ALARM


def lived(**keys: Any) -> Records:
    """Two days of calls, 100 an hour, that find nobody or somebody at once."""
    present = keys.pop("present", 400)
    kind = call(arrivals={"per_h": 100}, **keys)
    return records(center({"call": kind}, {"team": team(present)}, {"days": 2}))


def test_talk_and_wrap_up():
    a = lived(talk_s=by_noon(100, 200), wrap_up_s=by_noon(30, 90)).attempts
    served = a.outcome == Outcome.SERVED
    assert_by_noon(a.talk_s[served], a.arrived_s[served], 100, 200)
    assert_by_noon(a.wrap_up_s[served], a.arrived_s[served], 30, 90)


def test_patience():
    a = lived(patience_s=by_noon(60, 300), present=0).attempts
    gone = a.outcome == Outcome.ABANDONED
    assert_by_noon((a.ended_s - a.queued_s)[gone], a.arrived_s[gone], 60, 300)


def test_the_delay_of_a_redial_goes_by_the_attempt_before_it():
    back = {"share": 0.5, "delay_s": by_noon(1800, 7200)}
    a = lived(patience_s={"law": "constant", "value": 10}, redial=back, present=0).attempts
    order = np.lexsort((a.attempt, a.need))
    need, attempt, arrived_s, ended_s = (
        column[order] for column in (a.need, a.attempt, a.arrived_s, a.ended_s)
    )
    again = np.flatnonzero(attempt[1:] > 0) + 1
    assert (need[again] == need[again - 1]).all()
    before_midnight = arrived_s[again - 1] < 2 * DAY_S - 20_000  # others may not be back when the run ends
    again = again[before_midnight]
    assert_by_noon(arrived_s[again] - ended_s[again - 1], arrived_s[again - 1], 1800, 7200)


def test_sessions():
    part = {"of_100": {"handed_over": 100}, "session_s": by_noon(60, 120)}
    kind = call(arrivals={"per_h": 100})
    bot = {"menu": {"contact_type": {"call": part}}}
    a = records(center({"call": kind}, {"team": team(400)}, {"days": 2}, bot=bot)).attempts
    escalated = a.bot == BotOutcome.ESCALATED
    assert_by_noon((a.left_bot_s - a.arrived_s)[escalated], a.arrived_s[escalated], 60, 120)


def test_a_stretch_ends_at_its_very_moment(monkeypatch):
    talk = {"by": [{"until": "12:00", "law": constant(20)}, {"until": "24:00", "law": constant(50)}]}
    found = calls_at(monkeypatch, center({"call": call(talk_s=talk)}, {"team": team(3)}), [NOON - 1, NOON])
    assert [row.talk_s for row in found] == [20, 50]


def test_a_redial_talks_by_its_own_time(monkeypatch):
    """Nobody is there in the morning: the call of 11:50 gives up, and redials at 12:01."""
    talk = {"by": [{"until": "12:00", "law": constant(20)}, {"until": "24:00", "law": constant(50)}]}
    back = {"share": 1.0, "delay_s": constant(600)}
    kind = call(talk_s=talk, patience_s=constant(60), redial=back)
    afternoon = {"skills": ["call"], "agents": {"present_per_interval": [0] * 24 + [1] * 24}}
    found = calls_at(monkeypatch, center({"call": kind}, {"team": afternoon}), [NOON - 600])
    assert [(row.origin, row.arrived_s) for row in found] == [
        (Origin.FRESH, NOON - 600),
        (Origin.REDIAL, NOON + 60),
    ]
    assert found[1].talk_s == 50
