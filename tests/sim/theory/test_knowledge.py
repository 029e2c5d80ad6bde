"""Theory: knowledge that is worse than when bot and people were measured. Counts by exact binomial tests, each false
once in 10,000; figures of simulations within four standard errors (`nearness`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.chance.sample import Sample
from sim.codes import BotOutcome
from sim.replicate import Asked, run
from sim.world.world import world_of
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import call, center, constant, records, team

ALARM = 1e-4
OF_100 = {"solved": 40, "wrongly_closed": 10, "handed_over": 45, "left": 5}


def with_bot(knowledge: dict[str, Any], **bot: Any) -> Any:
    kind = call(arrivals={"per_h": 200}, talk_s=constant(1))
    menu = {"contact_type": {"call": {"of_100": OF_100}}, **bot}
    return center({"call": kind}, {"team": team(50)}, bot={"menu": menu}, knowledge=knowledge)


@pytest.mark.parametrize(
    ("knowledge", "solved"),
    [({"quality": 0.8}, 32), ({"quality": 0.5, "bot_effect": 0.4}, 32), ({"quality": 1.25}, 50), ({}, 40)],
)
def test_what_the_bot_no_longer_solves_is_handed_over(knowledge, solved):
    ends = records(with_bot(knowledge)).attempts.bot
    expected = {
        BotOutcome.SOLVED: solved,
        BotOutcome.WRONGLY_CLOSED: 10,
        BotOutcome.ESCALATED: 85 - solved,
        BotOutcome.LEFT: 5,
    }
    for outcome, of_100 in expected.items():
        n = int(np.sum(ends == outcome))
        assert stats.binomtest(n, len(ends), of_100 / 100).pvalue > ALARM, outcome


def test_a_bot_closes_no_more_than_all_who_stay():
    """40 · 1.5 + 10 of 100 would be 70; of those who stay, 55, there are no more."""
    part = {"of_100": {"solved": 40, "wrongly_closed": 10, "handed_over": 5, "left": 45}}
    scenario = with_bot({"quality": 1.5}, contact_type={"call": part})
    ends = records(scenario).attempts.bot
    assert not np.any(ends == BotOutcome.ESCALATED)
    n_wrong = int(np.sum(ends == BotOutcome.WRONGLY_CLOSED))
    assert stats.binomtest(n_wrong, len(ends), 0.10).pvalue > ALARM


def test_people_talk_longer_and_differ_more():
    """A quarter is missing: talk 60 · (1 + 0.2 · 0.25), and its variance between people that of 0.4 · 1.125."""
    kind = call(arrivals={"per_h": 120}, talk_s=constant(60))
    people = team(25, talk_spread=0.4)
    scenario = center({"call": kind}, {"team": people}, knowledge={"quality": 0.75})
    assert_near(run(scenario, Asked(replications=100)), "mean_handle_s", 63.0)
    traits = world_of(
        center({"call": kind}, {"team": team(4000, talk_spread=0.4)}, knowledge={"quality": 0.75})
    )
    speed = traits.groups[0].traits.factors(Sample(1, 0), 0).talk / 1.05
    assert stats.kstest(np.log(speed), stats.norm(-(0.45**2) / 2, 0.45).cdf).pvalue > ALARM


def test_knowledge_decays_day_by_day():
    """By a tenth of what there is each month, from the first day of the horizon on."""
    kind = call(arrivals={"per_h": 1}, talk_s=constant(100))
    knowledge = {"quality": 0.9, "decay_per_month": 0.1, "talk_effect": 0.5}
    calendar = {"days": 62, "warm_up_h": 48}
    a = records(center({"call": kind}, {"team": team(5)}, calendar, knowledge=knowledge)).attempts
    day = np.maximum(a.answered_s // 86400, 0)
    missing = 1 - 0.9 * 0.9 ** (day / (365.25 / 12))
    assert a.talk_s == pytest.approx(100 * (1 + 0.5 * missing), rel=1e-12)


def test_a_bot_forgets_day_by_day():
    """After two months 40 · 0.9² are solved of 100."""
    menu = world_of(with_bot({"decay_per_month": 0.1})).types[0].bot
    assert menu is not None
    closing = menu.closes(61)
    solved = 40 * 0.9 ** (61 / (365.25 / 12))
    assert stats.norm.sf(closing.contains_above) == pytest.approx((solved + 10) / 95, rel=1e-9)
    assert closing.wrong_share == pytest.approx(10 / (solved + 10), rel=1e-12)


def test_knowledge_as_measured_changes_nothing():
    same, plain = with_bot({"quality": 1.0, "upkeep_per_month": 300}), with_bot({})
    assert (records(same).attempts.ended_s == records(plain).attempts.ended_s).all()
    assert world_of(same).groups[0].traits is None
