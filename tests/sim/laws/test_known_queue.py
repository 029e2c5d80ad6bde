"""Laws: days so small that every moment can be worked out by hand. One queue, patience, lines, wrap-up."""

from __future__ import annotations

import math

import pytest

from sim.codes import Outcome
from tests.sim.worlds import call, center, constant, lived, team


def test_first_come_first_served_with_wrap_up(monkeypatch):
    """Talk 100, wrap-up 20, one agent: 120 s a call; calls at 0, 10 and 400."""
    calls = lived(monkeypatch, center({"call": call(wrap_up_s=constant(20))}), [0, 10, 400])
    assert [c.answered_s for c in calls] == [0, 120, 400]
    assert [c.ended_s for c in calls] == [120, 240, 520]
    assert [c.talk_s for c in calls] == [100, 100, 100]
    assert [c.wrap_up_s for c in calls] == [20, 20, 20]


def test_two_agents_take_turns_by_idle_time(monkeypatch):
    """Calls at 0, 10, 120, 130: agent 0 is free again at 100, agent 1 at 110; longest idle first."""
    calls = lived(monkeypatch, center(agent_group={"team": team(2)}), [0, 10, 120, 130, 300])
    assert [c.agent for c in calls] == [0, 1, 0, 1, 0]


def test_agents_free_since_the_same_moment_stand_in_order_of_position(monkeypatch):
    calls = lived(monkeypatch, center(agent_group={"team": team(3)}), [0, 0, 0, 200, 200, 200])
    assert [c.agent for c in calls] == [0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize(
    ("patience_s", "outcome", "ended_s"),
    [(99.5, Outcome.ABANDONED, 99.5), (100, Outcome.SERVED, 200), (101, Outcome.SERVED, 200)],
)
def test_patience_that_ends_as_an_agent_frees_is_served(monkeypatch, patience_s, outcome, ended_s):
    """Two calls at 0, the agent frees at 100: exactly then it is soon enough."""
    day = center({"call": call(patience_s=constant(patience_s))})
    second = lived(monkeypatch, day, [0, 0])[1]
    assert (second.outcome, second.ended_s) == (outcome, ended_s)


def test_who_has_no_patience_at_all_is_still_served_by_a_free_agent(monkeypatch):
    first, second, third = lived(monkeypatch, center({"call": call(patience_s=constant(0))}), [0, 50, 100])
    assert (first.outcome, second.outcome, third.outcome) == (
        Outcome.SERVED,
        Outcome.ABANDONED,
        Outcome.SERVED,
    )
    assert second.ended_s == second.queued_s == 50


def test_balking_leaves_at_once_and_only_if_nobody_is_free(monkeypatch):
    balks = call(patience_s=constant(1000, balk_share=1.0))
    calls = lived(monkeypatch, center({"call": balks}), [0, 50, 100])
    assert [c.outcome for c in calls] == [Outcome.SERVED, Outcome.BALKED, Outcome.SERVED]
    assert (calls[1].queued_s, calls[1].ended_s) == (50, 50)


def test_lines_are_held_while_waiting_and_talking_but_not_in_wrap_up(monkeypatch):
    """Two lines, one agent, talk 100 and wrap-up 50.

    Calls at 0 and 10 hold both lines; the one at 20 is blocked. At 100 the first talk ends: the call at 110 finds a
    line. At 150 the agent takes the second, which talks until 250, so the call at 200 is blocked.
    """
    day = center({"call": call(wrap_up_s=constant(50))}, lines={"n": 2})
    calls = lived(monkeypatch, day, [0, 10, 20, 110, 200])
    served, blocked = Outcome.SERVED, Outcome.BLOCKED
    assert [c.outcome for c in calls] == [served, served, blocked, served, blocked]
    assert [c.answered_s for c in calls if c.outcome == served] == [0, 150, 300]
    assert math.isnan(calls[2].queued_s)


def test_who_gives_up_or_balks_leaves_the_line(monkeypatch):
    """One line more than agents: the second call holds it until its patience of 30 s ends at 31."""
    day = center({"call": call(patience_s=constant(30))}, lines={"n": 2})
    calls = lived(monkeypatch, day, [0, 1, 20, 31, 32])
    assert [c.outcome for c in calls] == [
        Outcome.SERVED,
        Outcome.ABANDONED,
        Outcome.BLOCKED,
        Outcome.ABANDONED,
        Outcome.BLOCKED,
    ]


def test_the_line_is_free_at_the_moment_a_talk_ends(monkeypatch):
    """Service ends come before arrivals: the call at 100 gets the line that the first has just left."""
    calls = lived(monkeypatch, center(lines={"n": 1}), [0, 100])
    assert [c.outcome for c in calls] == [Outcome.SERVED, Outcome.SERVED]


def test_types_at_the_same_moment_come_in_order_of_type(monkeypatch):
    types = {"first": call(), "second": call()}
    day = center(types, {"team": team(1, ["second", "first"])})
    calls = lived(monkeypatch, day, {"first": [0], "second": [0]})
    assert [(c.type, c.answered_s) for c in calls] == [("first", 0), ("second", 100)]
