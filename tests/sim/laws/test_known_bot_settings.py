"""Laws: a bot at an operating point, while the queue is long, and while it learns, on days worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.bots import OperatingPoint, RampUp, point_along
from sim.codes import BotOutcome
from sim.records.records import Attempts, FloatArray
from sim.world.bot import grown_share
from sim.world.months import DAYS_PER_MONTH
from tests.sim.engines import same_records
from tests.sim.worlds import Table, call, center, constant, lived, records, team

SOLVED, WRONG, ESCALATED = BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED, BotOutcome.ESCALATED
POINTS = [
    {"solved": 20, "wrongly_closed": 2},
    {"solved": 40, "wrongly_closed": 4},
    {"solved": 50, "wrongly_closed": 14},
]


def with_bot(part: Table, **bot: object) -> Scenario:
    """One agent, calls of 100 s, and sessions that take no time."""
    return center(bot={"menu": {"contact_type": {"call": part}, **bot}})


def busy_day(part: Table, days: int = 1, **bot: object) -> Scenario:
    """Two thousand calls a day, and people enough."""
    calls = {"call": call(arrivals={"per_day": 2000}, patience_s=300)}
    bots = {"menu": {"selectivity": 0.5, "contact_type": {"call": part}, **bot}}
    return center(calls, {"team": team(4)}, {"days": days}, bot=bots)


# --- Operating points ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "solved", "wrong"), [(0, 20, 2), (0.25, 30, 3), (0.5, 40, 4), (0.75, 45, 9), (1, 50, 14)]
)
def test_a_position_lies_between_its_neighbors(position: float, solved: float, wrong: float):
    """Half of the way is the middle one of three points, however much more the last one solves."""
    found = point_along([OperatingPoint.model_validate(point) for point in POINTS], position)
    assert (found.solved, found.wrongly_closed) == pytest.approx((solved, wrong))


def test_a_bot_at_a_point_is_a_bot_with_that_of_100():
    at_point = busy_day(
        {"operating_points": POINTS, "operating_point": 0.75, "of_100": {"left": 6, "handed_over": 94}}
    )
    plain = busy_day({"of_100": {"solved": 45, "wrongly_closed": 9, "handed_over": 40, "left": 6}})
    assert same_records(records(at_point), records(plain)) == []


# --- At peak ------------------------------------------------------------------------------------------------------


def test_more_are_closed_only_while_more_than_so_many_wait(monkeypatch):
    """0 is served until 100; 10 and 20 wait; at 30 two wait, more than one, and the bot keeps the caller.

    At 100 the call of 10 is answered, so at 110 one waits, and the bot hands over as usually.
    """
    peak = {"waiting_above": 1, "solved": 100, "wrongly_closed": 0}
    rows = lived(
        monkeypatch, with_bot({"of_100": {"handed_over": 100}, "at_peak": peak}), [0, 10, 20, 30, 110]
    )
    assert [row.bot for row in rows] == [ESCALATED, ESCALATED, ESCALATED, SOLVED, ESCALATED]


def test_the_queue_counts_when_the_session_begins(monkeypatch):
    """Sessions of 60 s: at 50 nobody waits yet, whoever will before that session ends."""
    peak = {"waiting_above": 0, "solved": 0, "wrongly_closed": 100}
    part = {"of_100": {"handed_over": 100}, "at_peak": peak, "session_s": constant(60)}
    rows = lived(monkeypatch, with_bot(part), [0, 5, 50, 66])
    assert [row.bot for row in rows] == [ESCALATED, ESCALATED, ESCALATED, WRONG]
    assert rows[3].left_bot_s == 126.0


def test_another_types_queue_does_not_count(monkeypatch):
    peak = {"waiting_above": 0, "solved": 100, "wrongly_closed": 0}
    bot = {"menu": {"contact_type": {"call": {"at_peak": peak}}}}
    day = center({"call": call(), "other": call()}, {"team": team(1, ["call", "other"])}, bot=bot)
    rows = lived(monkeypatch, day, {"other": [0, 1, 2, 3], "call": [10, 20]})
    assert [row.bot for row in rows if row.type == "call"] == [ESCALATED, SOLVED]


def test_the_same_shares_at_peak_change_nothing():
    of_100 = {"solved": 30, "wrongly_closed": 5, "handed_over": 60, "left": 5}
    same = {"waiting_above": 0, "solved": 30, "wrongly_closed": 5}
    with_peak, without = busy_day({"of_100": of_100, "at_peak": same}), busy_day({"of_100": of_100})
    assert same_records(records(with_peak), records(without)) == []


# --- Ramp-up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "share"), [(-3, 0.2), (0, 0.2), (25, 0.6), (50, 1.0), (400, 1.0)])
def test_a_bot_learns_along_a_straight_line(day: int, share: float):
    assert grown_share(RampUp(months=50 / DAYS_PER_MONTH, start_share=0.2), day) == pytest.approx(share)


def closed_on(day: int, a: Attempts) -> FloatArray:
    """The moments of a day at which contacts came that the bot closed."""
    return a.arrived_s[np.isin(a.bot, (SOLVED, WRONG)) & (a.arrived_s // 86400.0 == day)]


def test_what_it_has_learned_it_keeps():
    """The same contacts as without ramp-up, and on every day a part of those that the grown bot closes."""
    part = {"of_100": {"solved": 40, "wrongly_closed": 10, "handed_over": 45, "left": 5}}
    grown = records(busy_day(part, days=4)).attempts
    learns = records(
        busy_day(part, days=4, ramp_up={"months": 3 / DAYS_PER_MONTH, "start_share": 0.0})
    ).attempts
    ours, theirs = ({*zip(a.need.tolist(), a.arrived_s.tolist(), strict=True)} for a in (grown, learns))
    assert ours == theirs
    closed = [[closed_on(day, a) for a in (learns, grown)] for day in range(4)]
    assert all(set(some) <= set(every) for some, every in closed)
    assert len(closed[0][0]) == 0
    assert len(closed[3][0]) == len(closed[3][1]) > 0
