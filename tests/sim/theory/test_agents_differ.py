"""Theory: agents who differ. Their speeds, their ramp-up and their staying against the laws that they are drawn from,
and what contacts feel of it.

Twelve tests of Kolmogorov and Smirnov or of counts, each false once in 10,000; figures of simulations within four
standard errors (`nearness`).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from scenarios import from_data
from sim.chance.sample import Sample
from sim.engines import SimpyEngine
from sim.records.records import Attempts
from sim.replicate import Asked, run
from sim.world.traits import Ramp, Traits
from sim.world.world import World, world_of
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import call, center, constant, team

ALARM = 1e-4
MANY = 4000
PER_YEAR = 365.25


def of(spread: float = 0.0, ramp: Ramp | None = None, leavers_per_year: float = 0.0, n: int = MANY) -> Traits:
    return Traits(0, n, spread, ramp, leavers_per_year / PER_YEAR)


def ramp(share: float | None, weeks: float = 8.0, **factors: float) -> Ramp:
    return Ramp(7.0 * weeks, **{"talk_factor": 1.4, "resolution_factor": 0.9, "share": share, **factors})


# --- Whoever sits there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spread", [0.1, 0.185, 0.6])
def test_speeds_are_lognormal_with_mean_one(spread):
    speed = of(spread).factors(Sample(1, 0), 0).talk
    assert stats.kstest(np.log(speed), stats.norm(-(spread**2) / 2, spread).cdf).pvalue > ALARM
    assert abs(speed.mean() - 1.0) < 4.0 * speed.std() / math.sqrt(MANY)


def test_speeds_stay_through_the_days_and_differ_between_replications():
    first = of(0.3).factors(Sample(1, 0), 0).talk
    assert (of(0.3).factors(Sample(1, 0), 200).talk == first).all()
    assert (of(0.3, n=10).factors(Sample(1, 0), 0).talk == first[:10]).all()
    assert not np.isclose(of(0.3).factors(Sample(1, 1), 0).talk, first).any()


def test_the_stated_share_is_new_and_anywhere_in_ramp_up():
    """Of 4000 seats about 800 (binomial), their talk factors evenly between 1.4 and 1, and at last all have learned."""
    of_team = of(ramp=ramp(0.2))
    factors = of_team.factors(Sample(1, 0), 0)
    new = factors.talk > 1.0
    assert stats.binomtest(int(new.sum()), MANY, 0.2).pvalue > ALARM
    assert stats.kstest((factors.talk[new] - 1.0) / 0.4, "uniform").pvalue > ALARM
    assert factors.resolution == pytest.approx(1.0 - (factors.talk - 1.0) / 4.0, rel=1e-12)
    week_later = of_team.factors(Sample(1, 0), 7).talk
    assert week_later == pytest.approx(np.maximum(factors.talk - 0.4 / 8, 1.0), rel=1e-12)
    assert (of_team.factors(Sample(1, 0), 56).talk == 1.0).all()
    assert (of_team.factors(Sample(1, 0), -5).talk == factors.talk).all()


@pytest.mark.parametrize("day", [0, 30, 400])
def test_attrition_keeps_as_many_in_ramp_up_on_any_day(day):
    """With 0.6 leavers a year the share with less than 8 weeks is 1 − exp(−0.6 · 56 / 365.25), on any day."""
    talk = of(ramp=ramp(None), leavers_per_year=0.6).factors(Sample(1, 0), day).talk
    share = -math.expm1(-0.6 * 56 / PER_YEAR)
    assert stats.binomtest(int((talk > 1.0).sum()), MANY, share).pvalue > ALARM
    days_there = (1.4 - talk[talk > 1.0]) / 0.4 * 56
    stays = stats.truncexpon(56 * 0.6 / PER_YEAR, scale=PER_YEAR / 0.6)
    assert stats.kstest(days_there, stays.cdf).pvalue > ALARM


def test_a_newcomer_has_a_speed_of_their_own():
    """After a year with 0.7 leavers a head about half the seats have changed hands: 1 − exp(−0.7)."""
    of_team = of(0.3, leavers_per_year=0.7)
    before, after = (of_team.factors(Sample(1, 0), day).talk for day in (0, 365))
    changed = int((before != after).sum())
    assert stats.binomtest(changed, MANY, -math.expm1(-0.7 * 365 / PER_YEAR)).pvalue > ALARM
    assert stats.kstest(np.log(after), stats.norm(-0.045, 0.3).cdf).pvalue > ALARM


def test_assist_helps_newcomers_in_its_own_measure():
    """Assist makes everybody's talk 0.9 and a beginner's 0.75: 1.4 · 0.75 / 0.9 on top of 0.9 on the first day."""
    factors = ramp(1.0, assist_factor=0.75 / 0.9).factors(np.array([0.0, 28.0, 56.0, 90.0]))
    assert factors.talk == pytest.approx([1.4 * 0.75 / 0.9, 1.2 * 0.825 / 0.9, 1.0, 1.0], rel=1e-12)


# --- What contacts feel ---------------------------------------------------------------------------------------------


def quiet(agent_group: dict[str, Any], **keys: Any) -> Any:
    """A center in which everybody gets the same number of calls: people take turns, and somebody is always free."""
    kind = call(arrivals={"per_h": 120}, talk_s={"law": "lognormal", "mean": 60, "cv": 0.5}, **keys)
    return from_data(
        {
            "name": "quiet",
            "calendar": {"days": 1, "warm_up_h": 0, "run_out_h": 0},
            "contact_type": {"call": kind},
            "agent_group": {"team": {"skills": ["call"], "agents": {"present": 25}, **agent_group}},
        }
    )


def attempts(world: World, replication: int) -> Attempts:
    return SimpyEngine(world).records(Sample(1, replication)).attempts


def test_spread_moves_no_mean_but_the_variance():
    """Talk is a product of two independent factors with mean 1: 1 + cv² = (1 + 0.5²) exp(0.4²)."""
    result = run(quiet({"talk_spread": 0.4}), Asked(replications=200))
    assert_near(result, "mean_handle_s", 60.0)
    world = world_of(quiet({"talk_spread": 0.4}))
    talks = [attempts(world, replication).talk_s for replication in range(40)]
    squares = np.array([np.mean((talk / 60.0) ** 2) for talk in talks])
    error = squares.std(ddof=1) / math.sqrt(len(squares))
    assert error < 0.05
    assert abs(squares.mean() - 1.25 * math.exp(0.16)) < 4.0 * error


def test_newcomers_talk_longer_and_resolve_less():
    """A fifth is new, and halfway on average: talk 60 · (1 + 0.2 · 0.2), resolved 0.8 · (1 − 0.2 · 0.15)."""
    new = {"share": 0.2, "weeks": 1000, "talk_factor": 1.4, "resolution_factor": 0.7}
    result = run(quiet({"newcomers": new}, resolution_rate=0.8), Asked(replications=200))
    assert_near(result, "mean_handle_s", 60.0 * 1.04)
    assert_near(result, "need_resolution_rate", 0.8 * 0.97)


def test_newcomers_with_assist_start_at_its_factor_for_them():
    """All are new, evenly along x from 0 to 1: a talk is 60 · ∫ (1.4 − 0.4 x)(0.75 + 0.15 x) dx = 60 · 0.985."""
    new = {"share": 1.0, "weeks": 1000, "talk_factor": 1.4}
    assist = {"groups": ["team"], "talk_factor": 0.9, "newcomer_talk_factor": 0.75}
    result = run(quiet({"newcomers": new}).changed({"assist": assist}), Asked(replications=200))
    assert_near(result, "mean_handle_s", 60.0 * 0.985)


def test_a_talk_is_its_draw_times_the_factor_of_whoever_answers():
    """On the second day, in seats that change hands."""
    people = {"talk_spread": 0.2, "attrition_per_year": 200.0, "newcomers": {"weeks": 1, "talk_factor": 2.0}}
    kind = call(arrivals={"per_h": 30}, talk_s=constant(100))
    world = world_of(center({"call": kind}, {"team": team(5, **people)}, {"days": 2}))
    a, traits = attempts(world, 0), world.groups[0].traits
    assert traits is not None
    served = a.agent >= 0
    for day in (0, 1):
        mine = served & (a.answered_s // 86400 == day)
        assert mine.sum() > 500
        assert a.talk_s[mine] == pytest.approx(100 * traits.factors(Sample(1, 0), day).talk[a.agent[mine]])
