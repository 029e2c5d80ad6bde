"""Twins: both engines write the same log and keep the same sums, on shipped scenarios and on random centers."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import Scenario, load
from scenarios.shipped import catalog_entries
from sim.chance.sample import Sample, Scheme
from sim.world.world import world_of
from tests.sim.engines import compiled, differences
from tests.sim.random_centers import random_centers
from tests.sim.seen import expected, seen_in
from tests.sim.steady import steady

SHIPPED = [entry.name for entry in catalog_entries() if entry.kind == "scenario"]
SCHEMES: tuple[Scheme, ...] = ("independent", "antithetic", "stratified")
SAMPLES = st.builds(Sample, st.just(1), st.sampled_from([0, 1, 12]), st.sampled_from(SCHEMES))
LONG = (
    "retail",
    "double-11",
)  # weeks of 40,000 contacts, some 2.5 s in the readable engine: one replication each
SELDOM = 3  # examples in which each feature is met, at least


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_are_lived_alike(name):
    world = world_of(load(name))
    n = 1 if name.startswith(LONG) else 2
    assert [differences(world, Sample(1, replication)) for replication in range(n)] == [[]] * n


def test_random_centers_are_lived_alike():
    """Every feature and every outcome is met, or what is compared would be less than it seems."""
    met: Counter[str] = Counter()

    @steady(450)
    @given(random_centers(), SAMPLES)
    def examine(scenario: Scenario, sample: Sample) -> None:
        world = world_of(scenario)
        assert differences(world, sample) == []
        met.update([*seen_in(world, compiled(world, sample).records), sample.scheme])

    examine()
    wanted = sorted(expected().union(SCHEMES))
    assert {feature: met[feature] for feature in wanted if met[feature] < SELDOM} == {}
