"""The share of days on target, against the gamma quantile of the requirement; and the interval of a share of days."""

import math

import numpy as np
import pytest
from scipy.special import gammainc

from optimizer.held_days import share_estimate
from optimizer.requirement.busy_days import busy_factor, pooled_cv
from optimizer.requirement.first_guess import first_guess
from optimizer.targets import checks_of
from scenarios import Scenario, load
from sim.replicate import Asked, run
from sim.theory import Target, fitting_arrival_rate_per_s

CV = 0.2
CALLS_PER_H, TALK_S, PATIENCE_S = 200.0, 300.0, 120.0
DAYS = 300


def center(probability: float | None) -> Scenario:
    """Erlang A through a day whose factor is gamma."""
    plan = {} if probability is None else {"plan.target_probability": probability}
    return load("erlang-a").changed(
        {
            "contact_type.call.arrivals.per_h": CALLS_PER_H,
            "contact_type.call.talk_s": TALK_S,
            "contact_type.call.patience_s": PATIENCE_S,
            "contact_type.call.service_target": {"share": 0.8, "awt_s": 20, "over": "day"},
            "busyness": {"day_cv": CV},
            **plan,
        }
    )


def days_held(n: int) -> float:
    """P(G ≤ x): x times the expected rate is the largest on which n people hold the target by Erlang A."""
    rate = fitting_arrival_rate_per_s(n, TALK_S, PATIENCE_S, Target(share=0.8, awt_s=20.0))
    shape = 1.0 / CV**2
    return float(gammainc(shape, shape * rate / (CALLS_PER_H / 3600.0)))


@pytest.mark.parametrize("probability", [0.5, 0.8, 0.95])
def test_requirement_is_the_quantile_of_the_mixed_requirement(probability: float) -> None:
    required = first_guess(center(probability), "team").required
    n = int(required.max())
    assert (required == n).all()
    assert days_held(n) >= probability > days_held(n - 1)


@pytest.mark.parametrize("n", [17, 20, 23])
def test_simulated_share_of_days_is_the_closed_form(n: int) -> None:
    """False alarms: 3 in 10,000 (3.6 standard errors); 0.01 more for chance within the day, which the form leaves out.

    Within a day of 4,800 calls chance moves the boundary by σ ≈ 1.5 % of the load: ½ σ² times the slope of the
    factor's density, at most 0.002.
    """
    scenario = center(0.9).changed({"agent_group.team.agents": {"present": n}})
    result = run(scenario, Asked(replications=DAYS, by_interval=True))
    (check,) = checks_of(scenario, result)
    expected = days_held(n)
    error = math.sqrt(expected * (1.0 - expected) / DAYS)
    assert check.found.value == pytest.approx(expected, abs=3.6 * error + 0.01)


def test_in_expectation_the_day_is_as_busy_as_expected() -> None:
    assert (
        first_guess(center(None), "team").required == first_guess(center(None), "team", busy=1.0).required
    ).all()


def test_gamma_factor() -> None:
    for share in (0.1, 0.5, 0.9, 0.99):
        shape = 1.0 / CV**2
        assert gammainc(shape, shape * busy_factor(CV, share)) == pytest.approx(share, abs=1e-6)
    assert busy_factor(0.0, 0.9) == 1.0


def test_work_of_two_types_varies_less_than_that_of_one() -> None:
    """Two alike: cv² (1 + ρ) ÷ 2; and an interval's own factor on top."""
    two = load("n-design")
    names = list(two.contact_type)
    alike = {f"contact_type.{name}.arrivals": {"per_h": 60} for name in names} | {
        f"contact_type.{name}.talk_s": 200 for name in names
    }
    two = two.changed({**alike, "busyness": {"day_cv": 0.2, "correlation": 0.5, "interval_cv": 0.1}})
    assert pooled_cv(two, names) ** 2 == pytest.approx(0.04 * 1.5 / 2.0)
    in_interval = 0.04 * 1.5 / 2.0 + 0.01 * 1.04 / 2.0
    assert pooled_cv(two, names, by_interval=True) ** 2 == pytest.approx(in_interval)
    assert pooled_cv(two, names[:1]) == pytest.approx(0.2)


@pytest.mark.parametrize(("share", "n"), [(0.5, 40), (0.9, 40), (0.9, 400), (0.98, 40)])
def test_interval_of_a_share_covers_it(share: float, n: int) -> None:
    """95 % of intervals hold the share: exactly, by the binomial; ours hold it at least 93 % of the time here."""
    held = np.arange(n + 1)
    found = [share_estimate(np.repeat([1.0, 0.0], [k, n - k])) for k in held]
    log_p = [
        math.lgamma(n + 1)
        - math.lgamma(k + 1)
        - math.lgamma(n - k + 1)
        + k * math.log(share)
        + (n - k) * math.log(1.0 - share)
        for k in held
    ]
    covers = [abs((one.value or 0.0) - share) <= (one.half_width or 0.0) for one in found]
    coverage = sum(math.exp(p) for p, inside in zip(log_p, covers, strict=True) if inside)
    assert coverage >= 0.93


def test_an_interval_where_all_days_held_is_not_empty() -> None:
    found = share_estimate(np.ones(40))
    assert found.value == 1.0
    assert 0.04 < (found.half_width or 0.0) < 0.12
    assert share_estimate(np.ones(1)).half_width is None
