"""Theory: what a selective bot leaves to people, from the engine's own records, against the closed form.

28 figures at four standard errors of independent contacts: a right engine fails somewhere with probability 0.002.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.codes import BotOutcome
from sim.records.records import Attempts
from sim.theory import talk_factor_after_bot
from tests.sim.worlds import Table, center, records, team

SIGMA = 0.9
CV = math.sqrt(math.expm1(SIGMA**2))
MEAN_S = 120.0


def day(of_100: Table, selectivity: float, **served: object) -> Attempts:
    """30,000 contacts of a day, with so many agents that nobody waits."""
    call = {
        "channel": "voice",
        "arrivals": {"per_day": 30_000},
        "talk_s": {"law": "lognormal", "mean": MEAN_S, "cv": CV},
    }
    bot = {"bot": {"selectivity": selectivity, "contact_type": {"call": {"of_100": of_100, **served}}}}
    return records(center({"call": call}, {"team": team(150)}, bot=bot)).attempts


def assert_mean(values: np.ndarray, expected: float) -> None:
    """Within four standard errors, which are at most 1.5 % of the mean."""
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    assert error < 0.015 * expected
    assert abs(float(values.mean()) - expected) < 4 * error


def assert_share(hits: np.ndarray, expected: float) -> None:
    error = math.sqrt(expected * (1 - expected) / len(hits))
    assert abs(float(hits.mean()) - expected) <= 4 * error


# Solved, wrongly closed, handed over, left; and contained ÷ those who did not leave.
KNOWN = [
    ((40, 0, 60, 0), 0.6, 0.4),
    ((36, 0, 54, 10), 0.6, 0.4),
    ((30, 10, 60, 0), 0.6, 0.4),
    ((40, 0, 60, 0), 0.0, 0.4),
    ((60, 5, 30, 5), 1.0, 65 / 95),
]


@pytest.mark.parametrize(("of_100", "selectivity", "contained"), KNOWN)
def test_those_handed_over_talk_longer(of_100, selectivity, contained):
    """E[talk | handed over] ÷ E[talk] = Φ(Φ⁻¹(1 − c′) + s σ) ÷ (1 − c′); 1.310 for c′ = 0.4, s = 0.6, σ = 0.9."""
    shares = dict(zip(("solved", "wrongly_closed", "handed_over", "left"), of_100, strict=True))
    a = day(shares, selectivity)
    factor = talk_factor_after_bot(contained, selectivity, SIGMA)
    assert_mean(a.talk_s[a.bot == BotOutcome.ESCALATED] / MEAN_S, factor)
    for outcome, share in zip(
        (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED, BotOutcome.ESCALATED, BotOutcome.LEFT),
        of_100,
        strict=True,
    ):
        assert_share(a.bot == outcome, share / 100)


def test_the_example_of_the_model():
    assert talk_factor_after_bot(0.4, 0.6, 0.9) == pytest.approx(1.310, abs=5e-4)


def test_hand_over_multiplies_what_selectivity_has_left():
    a = day({"solved": 40, "handed_over": 60}, 0.6, handover={"talk_factor": 0.8})
    assert_mean(
        a.talk_s[a.bot == BotOutcome.ESCALATED] / MEAN_S, 0.8 * talk_factor_after_bot(0.4, 0.6, SIGMA)
    )


def test_who_opts_out_talks_as_long_as_anybody():
    a = day({"solved": 40, "handed_over": 60}, 0.6, entry_share=0.5)
    assert_share(a.bot == BotOutcome.OPTED_OUT, 0.5)
    assert_mean(a.talk_s[a.bot == BotOutcome.OPTED_OUT] / MEAN_S, 1.0)
    assert np.array_equal(
        a.queued_s[a.bot == BotOutcome.OPTED_OUT], a.arrived_s[a.bot == BotOutcome.OPTED_OUT]
    )


def test_the_easy_ones_are_the_same_customers_without_a_bot():
    """At selectivity 1 the bot contains exactly those with the shortest talk: without it they would have talked less
    than anybody whom it hands over."""
    with_bot = day({"solved": 40, "handed_over": 60}, 1.0)
    call = {
        "channel": "voice",
        "arrivals": {"per_day": 30_000},
        "talk_s": {"law": "lognormal", "mean": MEAN_S, "cv": CV},
    }
    without = records(center({"call": call}, {"team": team(150)})).attempts
    assert np.array_equal(with_bot.arrived_s, without.arrived_s)
    escalated = with_bot.bot == BotOutcome.ESCALATED
    assert without.talk_s[~escalated].max() < without.talk_s[escalated].min()
    assert np.array_equal(with_bot.talk_s[escalated], without.talk_s[escalated])
