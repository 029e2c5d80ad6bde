"""Laws: what is laid out once changes nothing, travels nowhere, and presence without draws is always the same."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.people import presence_of, present_s
from tests.sim.worlds import Table, center, team

EDGES_S = np.arange(49) * 1800.0


def day_of(agents: Table, **shrinkage: float) -> Scenario:
    return center(agent_group={"team": team(agents=agents, shrinkage=shrinkage)})


SHIFTS: Table = {"shifts": [{"start": "08:00", "hours": 8, "people": 9}]}
RANDOM = [
    (day_of({"present": 3}, absent=0.1, planned=0.1), False),
    (day_of(SHIFTS), False),
    (day_of(SHIFTS, absent=0.5), True),
    (day_of(SHIFTS, planned=0.1), True),
    (day_of(SHIFTS, adherence=0.9), True),
]


@pytest.mark.parametrize(("scenario", "is_random"), RANDOM)
def test_random_or_not(scenario, is_random):
    """Nine people, half of them absent: twenty equal replications would come once in more than 10^11 seeds."""
    presence = presence_of(scenario, "team", 0)
    lived = {tuple(presence.changes(Sample(1, replication), 0).rows()) for replication in range(20)}
    assert presence.is_random is is_random
    assert (len(lived) > 1) is is_random


def test_use_leaves_no_trace():
    """A presence that has been used equals a new one, hashes to the same, and is pickled to the same bytes."""
    used, new = (presence_of(day_of(SHIFTS, absent=0.1, planned=0.1), "team", 0) for _ in range(2))
    due_s = present_s(used, Sample(1, 0), EDGES_S)
    assert used == new
    assert hash(used) == hash(new)
    assert pickle.dumps(used) == pickle.dumps(new)
    again = pickle.loads(pickle.dumps(used))
    assert again == used
    assert present_s(again, Sample(1, 0), EDGES_S).tolist() == due_s.tolist()
