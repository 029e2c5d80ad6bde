"""Twins: both engines under every scheme; intervals over pairs and blocks against the obvious loop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from sim.chance.sample import GROUP_SIZE, Sample, Scheme
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.paired import difference
from sim.records.totals import AttemptSum
from sim.records.wait_histogram import percentile_s
from sim.replicate import Asked, run
from sim.workers import worker_pool
from sim.world.world import world_of
from tests.sim.busy import SCHEMES, busy_center
from tests.sim.engines import differences

GROUPED: tuple[Scheme, ...] = ("antithetic", "stratified")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("days", [1, 3])
def test_engines_are_lived_alike(scheme, days):
    """Both of a pair; the first, a middle one and the last of a block, and one of a later block."""
    world = world_of(busy_center().changed({"calendar.days": days, "calendar.warm_up_h": 24}))
    for replication in (0, 1, 4, 9, 127):
        assert differences(world, Sample(2, replication, scheme)) == []


@pytest.mark.parametrize("scheme", GROUPED)
def test_workers_change_nothing(scheme):
    asked = Asked(4, 40, by_interval=True, scheme=scheme)
    alone = list(run(busy_center(), asked).rows(intervals=True))
    with worker_pool(2) as pool:
        assert list(run(busy_center(), asked, executor=pool).rows(intervals=True)) == alone


def half_width(influences: list[float]) -> float:
    """T · s / √n."""
    n = len(influences)
    squares = sum((each - sum(influences) / n) ** 2 for each in influences)
    return special.stdtrit(n - 1, 0.975) * math.sqrt(squares / (n - 1) / n)


def service_sums(result: Result) -> tuple[list[float], list[float]]:
    """Answered in time, and offered, of each pair or block: sums over its replications."""
    size, sums = GROUP_SIZE[result.scheme], [one.attempts.sum(axis=(0, 1)) for one in result.totals]
    groups = [sum(sums[i : i + size]) for i in range(0, len(sums), size)]
    return [g[AttemptSum.ANSWERED_WITHIN_AWT] for g in groups], [g[AttemptSum.OFFERED] for g in groups]


def influences_of(result: Result) -> tuple[float, list[float]]:
    """(N − r D) / mean D of each pair or block."""
    within, offered = service_sums(result)
    level, mean = sum(within) / sum(offered), sum(offered) / len(offered)
    return level, [(n - level * d) / mean for n, d in zip(within, offered, strict=True)]


def assert_equal(found: Estimate, value: float, width: float) -> None:
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.half_width == pytest.approx(width, rel=1e-9)


@pytest.mark.parametrize("scheme", GROUPED)
def test_ratios_equal_the_loop_over_pairs_and_blocks(scheme):
    result = run(busy_center(), Asked(4, 40, scheme=scheme))
    level, influences = influences_of(result)
    assert_equal(result.estimate("service_level"), level, half_width(influences))


@pytest.mark.parametrize("scheme", GROUPED)
def test_differences_equal_the_loop_over_pairs_and_blocks(scheme):
    more = busy_center().changed({"agent_group.team.agents": {"present": 11}})
    ours, theirs = (run(each, Asked(4, 40, scheme=scheme)) for each in (more, busy_center()))
    (level, of_ours), (other, of_theirs) = influences_of(ours), influences_of(theirs)
    width = half_width([a - b for a, b in zip(of_ours, of_theirs, strict=True)])
    assert_equal(difference(ours, theirs, "service_level"), level - other, width)


@pytest.mark.parametrize("scheme", GROUPED)
def test_percentiles_leave_out_a_pair_or_a_block_at_a_time(scheme):
    """The jackknife: half-width = t √( (n − 1) / n · Σ (left out − their mean)² )."""
    result = run(busy_center(), Asked(4, 60, scheme=scheme))
    size, n = GROUP_SIZE[scheme], result.observations
    counts = [one.waits.sum(axis=0) for one in result.totals]
    left_out = [
        percentile_s(np.sum(counts[: i * size] + counts[(i + 1) * size :], axis=0), 0.9) for i in range(n)
    ]
    squares = sum((each - sum(left_out) / n) ** 2 for each in left_out)
    width = special.stdtrit(n - 1, 0.975) * math.sqrt((n - 1) / n * squares)
    assert_equal(result.estimate("wait_p90_s"), percentile_s(np.sum(counts, axis=0), 0.9), width)
