"""Days put together class by class, against a plain run of the same people; the factor told beforehand, and drawn."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest

from optimizer.horizon import IntArray
from optimizer.uncertain.day_classes import day_classes, factors_of_days
from optimizer.uncertain.fresh_days import classes_of_days, cost_on_days, samples_of, simulate_days
from optimizer.uncertain.people import DayActions, nothing_done
from scenarios import Scenario
from sim.records.totals import Totals
from sim.replicate import Asked, run
from tests.optimizer.uncertain_worlds import small_center

ASKED = Asked(seed=3, replications=12, by_interval=True)


def people_of(scenario: Scenario, n: int) -> IntArray:
    calendar = scenario.calendar
    people = np.zeros((calendar.days, calendar.n_intervals_per_day), dtype=np.int64)
    people[:, 8:12] = n
    return people


@pytest.mark.parametrize("days", [1, 3])
def test_the_same_people_in_every_class_are_a_plain_run(days: int) -> None:
    """Bit by bit; but waits counted over several days, which cannot be put together, are left out."""
    scenario = small_center().changed({"calendar.days": days})
    people = people_of(scenario, 9)
    class_of = classes_of_days(scenario, day_classes(scenario), ASKED)
    assert len(np.unique(class_of)) == 3
    actions = {"team": nothing_done(people.astype(float), 3)}
    found = simulate_days(scenario, actions, class_of, ASKED)
    plain = run(
        scenario.changed({"agent_group.team.agents": {"present_per_interval": people.ravel().tolist()}}),
        ASKED,
    )
    names = {field.name for field in fields(Totals)} - ({"waits", "n_attempts"} if days > 1 else set())
    for ours, theirs in zip(found.totals, plain.totals, strict=True):
        for name in names:
            assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name


def test_each_day_has_the_people_of_its_class() -> None:
    scenario = small_center().changed({"calendar.days": 2})
    present = np.stack([people_of(scenario, n) for n in (5, 9, 13)])
    nobody = np.zeros_like(present)
    actions = DayActions(nobody, nobody, nobody, present, np.array([[-10.0] * 2, [0.0] * 2, [30.0] * 2]))
    class_of = classes_of_days(scenario, day_classes(scenario), ASKED)
    found = simulate_days(scenario, {"team": actions}, class_of, ASKED)
    due = np.array([one.due_s[0].reshape(2, -1).sum(axis=1) for one in found.totals])
    assert due == pytest.approx(np.array([5, 9, 13])[class_of] * 4 * 3600.0)
    costs = np.array([-10.0, 0.0, 30.0])[class_of].sum(axis=1)
    assert cost_on_days(100.0, {"team": actions}, class_of).value == pytest.approx(100.0 + costs.mean())


def test_classes_are_equally_likely_and_told_by_what_comes() -> None:
    """3.9 standard errors for each class: one false alarm in 10,000 of them. Contacts follow the factor.

    Of a day of 400 expected calls and factor g, the count has mean 400 g and variance 400 g.
    """
    scenario = small_center()
    asked = Asked(seed=8, replications=600, by_interval=True)
    classes = day_classes(scenario)
    factors = factors_of_days(scenario, samples_of(asked))
    shares = np.bincount(classes.of(factors)[:, 0], minlength=3) / 600
    assert shares == pytest.approx(1 / 3, abs=3.9 * math.sqrt(2 / 9 / 600))
    people = people_of(scenario, 9).ravel().tolist()
    result = run(scenario.changed({"agent_group.team.agents": {"present_per_interval": people}}), asked)
    came = result.series("fresh", "contact_type", "call").numerator
    scores = (came - 400.0 * factors[:, 0]) / np.sqrt(400.0 * factors[:, 0])
    assert float(np.abs(scores).max()) < 4.7  # of 600 standard normal scores: one false alarm in 600 or so
    assert float(scores.mean()) == pytest.approx(0.0, abs=3.9 / math.sqrt(600))


def test_levels_end_at_the_promised_share() -> None:
    classes = day_classes(small_center(target_probability=0.5))
    assert classes.n == 3
    assert (np.diff(classes.edges) > 0.0).all()
    assert classes.levels[0] == classes.edges[0]
    assert classes.levels[1] == classes.levels[2] < classes.edges[1]
