"""Laws: what feature pages say of single settings of shipped scenarios; the same customers with and without them.

Each difference must be more than twice its half-width away from 0, which chance brings about once in a thousand times.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from scenarios import load
from sim.measures.scopes import Scope
from sim.paired import difference
from sim.replicate import Asked, run

ASKED = Asked(seed=4, replications=40)


class Claim(NamedTuple):
    """With these changes a figure of the scenario is higher (+1) or lower (−1)."""

    scenario: str
    changes: dict[str, Any]
    measure: str
    scope: Scope
    name: str
    sign: int


_TEAM = "agent_group.team."
_OFFERED_AT_ONCE = [{"group": "own", "rank": 1}, {"group": "outsourcer", "rank": 2}]
TWO_CHATS = {f"{_TEAM}concurrency.chat": 2, f"{_TEAM}concurrency.throughput": [1.0, 1.6]}
STACK = {f"{_TEAM}chat_fill": "stack"}
SPREAD = {f"{_TEAM}chat_fill": "spread"}
IGNORE = {f"{_TEAM}when_call_waits": "ignore"}
NO_RESERVE = {f"{_TEAM}takes_only_if_free_above": {"question": 0}}
FINISHED_FIRST = {"contact_type.email.interruptible": False}
ASLEEP = {"bot.helper.always_on": False}
AT_ONCE = {"contact_type.order.routed_to": _OFFERED_AT_ONCE}
PEOPLE = {"calendar.on_time_up": "person"}
ALL_THERE = {f"{_TEAM}shrinkage": {"planned": 0.0, "absent": 0.0, "adherence": 1.0}}
BETTER = {"contact_type.call.resolution_rate": 0.95}
ANY_CONTACT = {"bot.assistant.selectivity": 0.0}
ASSIST = {"assist": {"groups": ["team"], "talk_factor": 0.91}}

CLAIMS = [
    Claim("chat-team", TWO_CHATS, "mean_wait_s", "contact_type", "question", 1),
    Claim("chat-team", TWO_CHATS, "mean_concurrency", "agent_group", "team", -1),
    Claim("chat-team", STACK, "mean_concurrency", "agent_group", "team", 1),
    Claim("chat-team", STACK, "occupancy", "agent_group", "team", -1),
    Claim("blended-team", IGNORE, "mean_wait_s", "contact_type", "chat", -1),
    Claim("blended-team", SPREAD, "mean_wait_s", "contact_type", "call", 1),
    Claim("email-backlog", FINISHED_FIRST, "service_level", "contact_type", "call", -1),
    Claim("email-backlog", FINISHED_FIRST, "due_rate", "contact_type", "email", 1),
    Claim("night-bot", ASLEEP, "tickets", "total", "", 1),
    Claim("night-bot", ASLEEP, "service_level", "contact_type", "question", -1),
    Claim("overflow", AT_ONCE, "mean_wait_s", "contact_type", "order", -1),
    Claim("overflow", AT_ONCE, "cost_outsourced", "agent_group", "outsourcer", 1),
    Claim("vip", NO_RESERVE, "service_level", "contact_type", "fault", -1),
    Claim("vip", NO_RESERVE, "mean_wait_s", "contact_type", "question", -1),
    Claim("seats", PEOPLE, "mean_wait_s", "contact_type", "advice", -1),
    Claim("seats", PEOPLE, "work_h", "agent_group", "team", 1),
    Claim("shrinkage", ALL_THERE, "present_h", "agent_group", "team", 1),
    Claim("shrinkage", ALL_THERE, "utilization", "agent_group", "team", 1),
    Claim("repeat-contacts", BETTER, "redials", "contact_type", "call", -1),
    Claim("repeat-contacts", BETTER, "service_level", "contact_type", "call", 1),
    Claim("two-bots", ANY_CONTACT, "mean_talk_s", "contact_type", "chat", -1),
    Claim("newcomers", ASSIST, "need_resolution_rate", "total", "", 1),
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_setting_does_what_its_page_says(claim: Claim) -> None:
    scenario = load(claim.scenario)
    with_changes = run(scenario.changed(claim.changes), ASKED)
    change = difference(with_changes, run(scenario, ASKED), claim.measure, claim.scope, claim.name)
    assert change.value is not None
    assert change.half_width is not None
    assert change.value * claim.sign > 2 * change.half_width


def test_a_reserve_is_people_and_not_patience() -> None:
    """Faults wait less with people kept free for them than by priority alone, and questions pay."""
    scenario = load("vip")
    by_priority = run(scenario.changed(NO_RESERVE), ASKED)
    by_nothing = run(scenario.changed({**NO_RESERVE, "contact_type.question.priority": 1}), ASKED)
    faults = difference(by_priority, by_nothing, "mean_wait_s", "contact_type", "fault")
    assert faults.value is not None
    assert faults.half_width is not None
    assert faults.value < -2 * faults.half_width


def test_work_alone_does_not_depend_on_how_many_chats_are_held() -> None:
    """Talk and wrap-up of the answered: the same customers' own; four half-widths, as others give up."""
    scenario = load("chat-team")
    fewer = difference(run(scenario.changed(TWO_CHATS), ASKED), run(scenario, ASKED), "mean_handle_s")
    assert fewer.value is not None
    assert fewer.half_width is not None
    assert abs(fewer.value) < 4 * fewer.half_width


def test_talk_is_converted_from_where_it_was_measured() -> None:
    """540 s among 1.6 chats, at a throughput of 1.36, are 459 s alone: the same runs but for the last digits."""
    scenario = load("chat-team")
    alone = {"contact_type.question.measured_at_concurrency": 1.0, "contact_type.question.talk_s.mean": 459.0}
    asked = Asked(seed=4, replications=3)
    measured, worked_alone = run(scenario, asked), run(scenario.changed(alone), asked)
    for measure in ("mean_talk_s", "mean_wrap_up_s", "mean_wait_s", "mean_concurrency", "abandonment_rate"):
        assert measured.value(measure) == pytest.approx(worked_alone.value(measure), rel=1e-9)
