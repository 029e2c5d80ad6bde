"""Twins: a customer dials again at the very instant at which another comes for the first time; one agent is free.

Random moments never meet like this, so the delay is made from two moments of arrival.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from scenarios import Scenario
from sim.codes import Origin, Outcome
from sim.records.records import Records
from sim.world.world import world_of
from tests.sim.engines import compiled, differences, readable
from tests.sim.worlds import call, center, constant

HOUR_S = 3600.0


def alternating(names: tuple[str, ...], delay_s: float) -> Scenario:
    """Nobody is there in the first hour and one person in the second; type `again` dials again, nobody waits."""
    calls = call(arrivals={"per_h": 10}, talk_s=constant(1), patience_s=constant(1, balk_share=1.0))
    again = {"share": 1.0, "delay_s": constant(delay_s)}
    people = {"skills": list(names), "agents": {"present_per_interval": [0, 1] * 12}}
    types = {name: {**calls, "redial": again} if name == "again" else calls for name in names}
    return center(types, {"team": people}, {"interval_min": 60})


def fresh(records: Records, contact_type: int, hour: int) -> list[float]:
    """First attempts of a type in an hour of the day."""
    a = records.attempts
    mine = (a.contact_type == contact_type) & (a.origin == Origin.FRESH)
    return a.arrived_s[mine & (a.arrived_s // HOUR_S == hour)].tolist()


def meetings(names: tuple[str, ...], other: str) -> Iterator[tuple[float, float]]:
    """Delay and moment: from a first attempt of `again` to one of the other type, to the last digit in both engines."""
    world = world_of(alternating(names, HOUR_S))
    by_engine = [readable(world), compiled(world).records]
    firsts, seconds = (
        set.intersection(*(set(fresh(records, names.index(name), hour)) for records in by_engine))
        for name, hour in (("again", 0), (other, 1))
    )
    for first_s in sorted(firsts):
        for second_s in sorted(seconds):
            if first_s + (second_s - first_s) == second_s:
                yield second_s - first_s, second_s


@pytest.mark.parametrize(
    ("names", "other", "goes_first"),
    [
        (("again", "other"), "other", Origin.REDIAL),  # its type comes first
        (("other", "again"), "other", Origin.FRESH),
        (("again",), "again", Origin.REDIAL),  # it is about an earlier need of the type
    ],
)
def test_who_goes_first(names, other, goes_first):
    delay_s, meet_s = next(meetings(names, other))
    world = world_of(alternating(names, delay_s))
    a = readable(world).attempts
    together = a.arrived_s == meet_s
    assert sorted(a.origin[together].tolist()) == [Origin.FRESH, Origin.REDIAL]
    served = together & (a.outcome == Outcome.SERVED)
    assert a.origin[served].tolist() == [goes_first]
    assert np.sum(together & (a.outcome == Outcome.BALKED)) == 1
    assert differences(world) == []
