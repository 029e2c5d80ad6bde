"""Laws: heads that are seats, by hand. A contact begins only while all busy, overstayers included, are fewer."""

from __future__ import annotations

import pytest

from sim.codes import SpellKind
from tests.sim.laws.known_days import Day, day_of
from tests.sim.worlds import Table, call, constant, team

LONG_S = 1000.0


def heads(*counts: int) -> Table:
    """By half-hour, and nobody later."""
    return {"present_per_interval": [*counts, *[0] * (48 - len(counts))]}


def answered(day: Day, contact_type: str = "call") -> list[tuple[int, float]]:
    return [(row.agent, row.answered_s) for row in day.of(contact_type)]


@pytest.mark.parametrize(("rule", "begins_s"), [("person", 2700), ("seat", 2750)])
def test_who_overstays_blocks_a_seat(rule, begins_s):
    """Calls of 1000 s at 1700 and 1750; at 1800 two heads become one, and agent 1 stays until 2750.

    The call of 1900 waits. At 2700 agent 0 is free, but the only seat is taken until 2750.
    """
    types = {"call": call(talk_s=constant(LONG_S))}
    group = team(2, agents=heads(2, 1, 1, 1))
    day = day_of(types, {"team": group}, {"call": [1700, 1750, 1900]}, {"on_time_up": rule})
    assert answered(day) == [(0, 1700), (1, 1750), (0, begins_s)]
    assert day.spells(SpellKind.OVERTIME) == [(0, 1800, 2750)]


def test_a_free_agent_without_a_seat_takes_nothing_that_comes():
    """As above, but the call comes at 2720: agent 0 is idle, and yet it waits until 2750."""
    types = {"call": call(talk_s=constant(LONG_S))}
    group = team(2, agents=heads(2, 1, 1, 1))
    day = day_of(types, {"team": group}, {"call": [1700, 1750, 2720]}, {"on_time_up": "seat"})
    assert answered(day)[2] == (0, 2750)


def test_who_comes_brings_a_seat():
    """Agent 1 overstays from 1800 on until 5000; agent 0 is idle from 2700 without a seat, which comes at 3600."""
    types = {"call": call(talk_s=constant(LONG_S)), "long": call(talk_s=constant(3250))}
    group = team(2, ["call", "long"], agents=heads(2, 1, 2, 2))
    moments = {"call": [1700, 1900], "long": [1750]}
    day = day_of(types, {"team": group}, moments, {"on_time_up": "seat"})
    assert answered(day) == [(0, 1700), (0, 3600)]


def test_who_interrupts_takes_the_seat_of_what_is_put_aside():
    """Agents 0 to 2; from 1800 on two seats: agent 2 overstays with a long call, agent 0 writes, agent 1 is idle.

    The call of 1900 interrupts the writing, which must wait: there is no seat for agent 1. It is taken up by agent 0,
    who is free again at 2000.
    """
    types = {
        "call": call(),
        "long": call(talk_s=constant(2000)),
        "email": {
            "channel": "email",
            "arrivals": {"per_h": 0.0},
            "talk_s": constant(600),
            "interruptible": True,
        },
    }
    group = team(3, ["call", "long", "email"], agents=heads(3, 2, 2, 2))
    moments = {"call": [1600, 1605, 1900], "long": [1660], "email": [1750]}
    day = day_of(types, {"team": group}, moments, {"on_time_up": "seat"})
    assert answered(day, "long") == [(2, 1660)]
    assert answered(day) == [(0, 1600), (1, 1605), (0, 1900)]
    assert [(row.agent, row.ended_s) for row in day.of("email")] == [(0, 2450)]
