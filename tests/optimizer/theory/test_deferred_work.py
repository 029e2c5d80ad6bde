"""Deferred work over its due time, by hand."""

import numpy as np
import pytest

from optimizer.horizon import Horizon
from optimizer.requirement.deferred import spread_over_due_time
from optimizer.requirement.first_guess import first_guess
from scenarios import from_data

HOUR_S = 3600


def day(opens_h: int, closes_h: int, n_days: int = 1) -> Horizon:
    spans = ((opens_h * HOUR_S, closes_h * HOUR_S),)
    return Horizon(HOUR_S, tuple(spans for _ in range(n_days)), tuple(range(n_days)))


def one(hour: int, n: int = 24) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    rates = np.zeros(n)
    rates[hour] = 12.0
    return rates


def test_work_is_done_evenly_until_it_is_due() -> None:
    done = spread_over_due_time(one(9), 4, day(8, 18))
    assert done[9:13].tolist() == [3.0] * 4
    assert done.sum() == pytest.approx(12.0)


def test_only_open_time_counts() -> None:
    assert spread_over_due_time(one(16), 4, day(8, 18))[16:18].tolist() == [6.0] * 2


def test_work_of_the_night_waits_for_the_morning() -> None:
    done = spread_over_due_time(one(22), 2, day(8, 18))
    assert done[8] == 12.0  # a single day stands for every day: the night's work comes round
    ends = day(8, 18, 2)
    assert spread_over_due_time(one(46, 48), 2, ends).sum() == 0.0  # here the horizon ends: left over
    assert spread_over_due_time(one(22, 48), 2, ends)[32] == 12.0


def test_without_a_due_time_all_open_time_shares_it() -> None:
    done = spread_over_due_time(one(3), None, day(8, 18))
    assert set(done[8:18].tolist()) == {1.2}
    assert done.sum() == pytest.approx(12.0)


def test_a_guess_carries_deferred_work_beside_live_contacts() -> None:
    # 120 letters a day of 600 s each, over ten open hours: 2 people at work on average, so three are needed.
    letters = {"channel": "email", "arrivals": {"per_day": 120}, "talk_s": 600, "due_h": 24}
    calls = {"channel": "voice", "arrivals": {"per_h": 60}, "talk_s": 300, "service_target": "80/20"}
    days = {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-18:00"}}

    def needed(types: dict[str, object]) -> int:
        team = {"skills": list(types), "agents": {"present": 1}}
        data = {"name": "mail", "calendar": days, "contact_type": types, "agent_group": {"team": team}}
        return int(first_guess(from_data(data), "team").required[0, 12])

    assert needed({"mail": letters}) == 3
    # It gives way: calls alone have 5 erlangs and 8 people, and 5 + 2 fit in among them.
    assert needed({"call": calls}) == 8
    assert needed({"call": calls, "mail": letters | {"interruptible": True}}) == 8
    assert needed({"call": calls, "mail": letters}) > 8
