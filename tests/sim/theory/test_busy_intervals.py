"""Theory: intervals against their busyness.

Poisson counts whose mean m is multiplied by a gamma factor of variance v are negative binomial, with variance
m + v m². Every test states its chance of failing a right engine; together they come to 0.0006.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.first_contacts import needs_that_arise
from sim.world.rates import daily_steps
from sim.world.world import world_of
from tests.sim.engines import compiled
from tests.sim.worlds import Table, center, team

ALARM = 1e-4  # of each test
PER_H = 20.0


def busy(interval_cv: float, day_cv: float = 0.0) -> Scenario:
    """Two types, `PER_H` contacts an hour each, in intervals of an hour."""
    call: Table = {"channel": "voice", "arrivals": {"per_h": PER_H}, "talk_s": 1}
    return center(
        {"a": call, "b": call},
        {"team": team(1, ["a", "b"])},
        {"interval_min": 60},
        busyness={"interval_cv": interval_cv, "day_cv": day_cv},
    )


def counts(scenario: Scenario, n_days: int, name: str = "a") -> np.ndarray:
    """Contacts by day (each of a replication of its own) and hour."""
    world = world_of(scenario)
    of = next(one for one in world.types if one.name == name)
    steps = daily_steps(scenario, name, 0)
    moments = [needs_that_arise(of, steps, Sample(3, r), 0).arrived_s for r in range(n_days)]
    return np.array([np.histogram(one, np.arange(25) * 3600.0)[0] for one in moments])


@pytest.mark.parametrize("cv", [0.3, 1.0])
def test_counts_of_intervals_are_negative_binomial(cv):
    """Chi-square over twelve classes of about equal share."""
    found = counts(busy(cv), 150).ravel()
    law = stats.nbinom(1 / cv**2, 1 / (1 + PER_H * cv**2))
    edges = np.unique(law.ppf(np.arange(1, 12) / 12))
    shares = np.diff([0.0, *law.cdf(edges), 1.0])
    seen = np.histogram(found, [-1, *(edges + 0.5), np.inf])[0]
    statistic = float(((seen - len(found) * shares) ** 2 / (len(found) * shares)).sum())
    assert statistic < stats.chi2.isf(ALARM, len(shares) - 1)


def test_variance_to_mean_of_intervals_and_of_days_together():
    """Independent factors of day and interval: (1 + d²)(1 + i²) − 1 = 0.4625. One interval of each of 4000 days."""
    found = counts(busy(0.5, 0.4123105625617661), 4000)[:, 10]
    squares = (found - PER_H) ** 2
    expected = PER_H + (1.25 * 1.17 - 1) * PER_H**2
    error = squares.std(ddof=1) / math.sqrt(len(squares))
    assert error < 0.05 * expected
    assert abs(squares.mean() - expected) < stats.norm.isf(ALARM / 2) * error


def test_intervals_and_types_are_independent():
    """Of an hour the next one, and the same hour of the other type, by Fisher's z."""
    a, b = counts(busy(0.8), 200), counts(busy(0.8), 200, "b")
    limit = stats.norm.isf(ALARM / 4)
    for one, other in ((a[:, :-1], a[:, 1:]), (a, b)):
        seen = float(np.corrcoef(one.ravel(), other.ravel())[0, 1])
        assert abs(math.atanh(seen)) < limit / math.sqrt(one.size - 3)


def test_inside_an_interval_contacts_come_evenly():
    """What is random is how many: given their number, moments within the hour are uniform."""
    scenario = busy(1.0)
    world = world_of(scenario)
    steps = daily_steps(scenario, "a", 0)
    moments = [needs_that_arise(world.types[0], steps, Sample(3, r), 0).arrived_s for r in range(40)]
    assert stats.kstest(np.concatenate(moments) % 3600.0 / 3600.0, "uniform").pvalue > ALARM


def test_the_compiled_engine_s_counts_have_the_variance_too():
    """As above, of 40 days of one replication, all their hours; the talk takes no time."""
    scenario = busy(0.5).changed({"calendar.days": 40})
    found = compiled(world_of(scenario)).totals.attempts[:, :, 0].ravel()
    assert len(found) == 2 * 40 * 24
    squares = (found - PER_H) ** 2
    error = squares.std(ddof=1) / math.sqrt(len(squares))
    assert abs(squares.mean() - (PER_H + 0.25 * PER_H**2)) < stats.norm.isf(ALARM / 2) * error
