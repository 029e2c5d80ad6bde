"""Twins: the experience of needs against the obvious loop, formula by formula as on the page of the feature."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.draws import Owner, Purpose, key_of, uniform
from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin
from sim.engines import SimpyEngine
from sim.records.records import Records
from sim.records.tally import totals_of
from sim.records.totals import NeedSum, Totals
from sim.world.world import World, world_of
from tests.sim.twins.test_totals import busy
from tests.sim.worlds import Row, Table, rows_of

SEED = 5
YEAR_S = 365.25 * 86400
EXPERIENCE: Table = {
    "effort": {"per_wait_min": 0.3, "per_contact": 1.1, "per_transfer": 0.5, "per_bot_loop": 0.7},
    "satisfaction": {"base": 0.6, "above_expectation": 0.2, "below_expectation": -0.3, "resolved": 0.25},
    "churn": {"base": 0.1, "unresolved": 0.3, "stated_to_real": 0.5},
    "delight": {"share": 0.3, "talk_s": 25, "cost": 2.0, "lift": 0.1},
}
EXPECTATION: Table = {"wait_s": 90, "wait_cv": 0.8, "contacts": 1.3, "drift_per_year": 0.4}


def felt() -> Scenario:
    """A busy morning; of experts nothing is expected, of calls a little, with spread and drift."""
    return busy().changed({"experience": EXPERIENCE, "contact_type.call.expectation": EXPECTATION})


@cache
def lived() -> tuple[World, Records, Totals]:
    world = world_of(felt())
    facts = SimpyEngine(world).records(Sample(SEED, 0))
    return world, facts, totals_of(world, facts, Sample(SEED, 0), by_interval=True)


def effort_of(rows: list[Row]) -> float:
    """Minutes in the queue, contacts, transfers, and bots that did not solve the need."""
    of = EXPERIENCE["effort"]
    effort = 0.0
    for row in rows:
        answered = not math.isnan(row.answered_s)
        if not math.isnan(row.queued_s) and (answered or not math.isnan(row.ended_s)):
            effort += of["per_wait_min"] * ((row.answered_s if answered else row.ended_s) - row.queued_s) / 60
        effort += of["per_transfer"] if row.origin == Origin.TRANSFER else of["per_contact"]
        if row.bot in (BotOutcome.WRONGLY_CLOSED, BotOutcome.ESCALATED, BotOutcome.LEFT):
            effort += of["per_bot_loop"]
    return effort


def expected_of(key: int, began_s: float) -> float:
    """A lognormal wait of mean 90 s ÷ 1.4^years and cv 0.8, and 1.3 contacts."""
    sigma = math.sqrt(math.log(1 + EXPECTATION["wait_cv"] ** 2))
    score = NormalDist().inv_cdf(uniform(key, Purpose.EXPECTED_WAIT))
    wait_s = EXPECTATION["wait_s"] * math.exp(sigma * score - sigma**2 / 2) * 1.4 ** (-began_s / YEAR_S)
    of = EXPERIENCE["effort"]
    return of["per_wait_min"] * wait_s / 60 + of["per_contact"] * EXPECTATION["contacts"]


def sums_of(key: int, rows: list[Row]) -> dict[NeedSum, float]:
    """What a need adds."""
    satisfaction, churn = EXPERIENCE["satisfaction"], EXPERIENCE["churn"]
    met, effort = not math.isnan(rows[0].met_s), effort_of(rows)
    n_conversations = sum(not math.isnan(row.answered_s) for row in rows)
    delights = sum(uniform(key, Purpose.DELIGHTS, i) < 0.3 for i in range(n_conversations))
    more = expected_of(key, rows[0].arrived_s) - effort if rows[0].type == "call" else 0.0
    found = satisfaction["base"] + 0.1 * (delights > 0) + satisfaction["resolved"] * met
    found += (
        satisfaction["above_expectation"] * more if more > 0 else satisfaction["below_expectation"] * -more
    )
    found = min(max(found, 0.0), 1.0)
    stated = min(churn["base"] + (0.0 if met else churn["unresolved"]), 1.0) * (1 - found)
    return {
        NeedSum.EFFORT: effort,
        NeedSum.SATISFACTION: found,
        NeedSum.CHURN_RISK: churn["stated_to_real"] * stated,
        NeedSum.DELIGHTED: delights,
    }


def test_sums_equal_the_loop_over_needs():
    world, facts, found = lived()
    expected = np.zeros_like(found.needs)
    of_need = defaultdict(list)
    for row in rows_of(world.scenario, facts):
        of_need[row.need].append(row)
    for i, rows in of_need.items():
        if not 0.0 <= rows[0].arrived_s < world.horizon_s:
            continue
        contact_type = int(facts.needs.contact_type[i])
        day, k = int(facts.needs.day[i]), int(facts.needs.k[i])
        key = key_of(SEED, 0, Owner.NEED, world.types[contact_type].stream, day, k)
        for kind, adds in sums_of(key, rows).items():
            expected[contact_type, int(rows[0].arrived_s // world.interval_s), kind] += adds
    for kind in (NeedSum.EFFORT, NeedSum.SATISFACTION, NeedSum.CHURN_RISK, NeedSum.DELIGHTED):
        assert expected[:, :, kind].sum(axis=1).min() > 0.0
        assert np.allclose(found.needs[:, :, kind], expected[:, :, kind], rtol=1e-9, atol=1e-9), kind


def test_delighted_conversations_talk_longer():
    """By 25 s each, and nobody else by anything, than in the center without delight."""
    world, facts, _ = lived()
    plain = world_of(felt().changed({"experience.delight.share": 0.0}))
    alone = SimpyEngine(plain).records(Sample(SEED, 0))
    first = [
        {
            (row.type, facts_.needs.day[row.need], facts_.needs.k[row.need]): row.talk_s
            for row in rows_of(world.scenario, facts_)
            if row.attempt == 0 and row.bot == BotOutcome.NO_BOT and not math.isnan(row.answered_s)
        }
        for facts_ in (facts, alone)
    ]
    both = set(first[0]) & set(first[1])
    more = np.array([first[0][need] - first[1][need] for need in both])
    assert set(np.round(more, 9)) == {0.0, 25.0}


@pytest.mark.parametrize(
    "kind", [NeedSum.EFFORT, NeedSum.SATISFACTION, NeedSum.CHURN_RISK, NeedSum.DELIGHTED]
)
def test_nothing_is_felt_without_the_model(kind):
    world = world_of(busy())
    facts = SimpyEngine(world).records(Sample(SEED, 0))
    assert not totals_of(world, facts, Sample(SEED, 0), by_interval=True).needs[:, :, kind].any()
