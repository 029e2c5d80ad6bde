"""Fitted laws against times that we drew: figures within their standard errors, and the right law chosen."""

import numpy as np
import pytest

from calibration.estimate import Estimate
from calibration.service import TooFewError, fit_patience, fit_talk, fit_wrap_up
from calibration.simulated import simulated_contacts
from scenarios import load

RNG = np.random.default_rng


def lognormal(rng: np.random.Generator, mean: float, cv: float, n: int) -> np.ndarray:
    sigma = np.sqrt(np.log1p(cv**2))
    return rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, n)


def with_hang_ups(seed: int, n: int) -> np.ndarray:
    """5 % hang-ups of 4 s, conversations lognormal of 200 s with cv 1.2; whole seconds."""
    rng = RNG(seed)
    talk = lognormal(rng, 200.0, 1.2, n)
    return np.round(np.where(rng.random(n) < 0.05, rng.exponential(4.0, n), talk))


def test_talk_with_hang_ups_is_found_again():
    # 4 standard errors for each of five figures: false alarm 3e-4 for the test.
    fit = fit_talk(with_hang_ups(1, 20_000))
    assert fit.chosen.name == "lognormal, hang-ups exponential"
    truth = {"hang_up_share": 0.05, "hang_up_mean_s": 4.0, "mean_s": 200.0, "cv": 1.2}
    for name, value in truth.items():
        found = fit.figures[name]
        assert found.standard_error is not None
        assert abs(found.value - value) < 4 * found.standard_error, name
    assert fit.mean_s.value == pytest.approx(190.2, abs=4 * fit.mean_s.standard_error)


def test_patience_is_found_again_though_most_are_answered():
    # 4 standard errors for each of two figures, and the 95 % limits of the median widened to 4: false alarm 2e-4.
    rng = RNG(2)
    balks = rng.random(20_000) < 0.02
    patience, offered_wait = rng.exponential(300.0, 20_000), rng.exponential(100.0, 20_000)
    waited = np.round(np.where(balks, 0.0, np.minimum(patience, offered_wait)))
    fit = fit_patience(waited, balks | (patience < offered_wait))
    assert fit.chosen.name == "exponential, with balking"
    for name, value in {"mean_s": 300.0, "balk_share": 0.02}.items():
        found = fit.figures[name]
        assert abs(found.value - value) < 4 * found.standard_error, name
    true_median = -300.0 * np.log(0.5 / 0.98)
    assert abs(fit.median.value_s - true_median) < 4 / 1.96 * (fit.median.high_s - fit.median.low_s) / 2
    assert fit.mean_wait_of_those_who_left_s.value < 80.0


def test_nobody_left_is_said():
    with pytest.raises(TooFewError, match="nobody left while waiting"):
        fit_patience(np.array([10.0, 20.0]), np.array([False, False]))


def test_no_talk_is_said():
    with pytest.raises(TooFewError, match="no time above 0 is recorded"):
        fit_talk(np.array([0.0, np.nan, -3.0]))


def test_balking_that_takes_a_second_is_found_when_that_is_said():
    # Who balks hangs up within two seconds. Those answered by then are left out, which makes the share too large by
    # theirs, some 2.5 s ÷ 100 s; 4 standard errors on top: false alarm 6e-5.
    rng = np.random.default_rng(3)
    balks = rng.random(20_000) < 0.04
    patience = np.where(balks, rng.uniform(0.0, 2.0, 20_000), rng.exponential(300.0, 20_000))
    offered_wait = rng.exponential(100.0, 20_000)
    fit = fit_patience(np.round(np.minimum(patience, offered_wait)), patience < offered_wait, balk_s=2.0)
    assert "with balking" in fit.chosen.name
    assert fit.balk_share.standard_error is not None
    assert fit.balk_share.value + 4 * fit.balk_share.standard_error >= 0.04
    assert fit.balk_share.value - 4 * fit.balk_share.standard_error <= 0.04 / (1 - 0.025)


def test_the_simulation_s_own_record_gives_its_laws_back():
    # 4 standard errors for each of seven figures: false alarm 4e-4. Waits rounded to 0 s tell nothing, which adds 1.5 %
    # of itself to the balking share, far below its error.
    scenario = load("erlang-a").changed(
        {
            "calendar.days": 2,
            "contact_type.call.talk_s": {"law": "gamma", "mean": 290.0, "cv": 0.7},
            "contact_type.call.wrap_up_s": {"law": "lognormal", "mean": 15.0, "cv": 0.5},
            "contact_type.call.patience_s": {
                "law": "lognormal",
                "mean": 200.0,
                "cv": 1.5,
                "balk_share": 0.03,
            },
            "agent_group.team.agents": {"present": 48},
        }
    )
    contacts = simulated_contacts(scenario)
    talk = fit_talk(contacts.talk_s[contacts.answered])
    wrap_up = fit_wrap_up(contacts.wrap_up_s[contacts.answered])
    patience = fit_patience(contacts.waited_s, contacts.abandoned)
    assert talk.chosen.name == "gamma"
    assert wrap_up.chosen.name == "lognormal"
    assert patience.chosen.name == "lognormal, with balking"
    assert_found(talk.figures, {"mean_s": 290.0, "cv": 0.7})
    assert_found(wrap_up.figures, {"mean_s": 15.0, "cv": 0.5})
    assert_found(patience.figures, {"mean_s": 200.0, "cv": 1.5, "balk_share": 0.03})


def assert_found(figures: dict[str, Estimate], truth: dict[str, float]) -> None:
    for name, value in truth.items():
        assert abs(figures[name].value - value) < 4 * (figures[name].standard_error or 0.0), name
