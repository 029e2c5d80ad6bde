"""Shares of days: each day counts once, whatever the scheme; a share is between 0 and 1, and follows the promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.held_days import held, share_estimate
from optimizer.targets import checks_of, share_held
from scenarios import Scenario, load
from sim.chance.sample import Scheme
from sim.replicate import Asked, run


def two_days() -> Scenario:
    return load("n-design").changed(
        {
            "calendar.days": 2,
            "busyness.day_cv": 0.3,
            "plan.target_probability": 0.9,
            "contact_type.a.service_target": {"share": 0.8, "awt_s": 20, "over": "day"},
            "contact_type.b.service_target": {
                "share": 0.7,
                "awt_s": 20,
                "max_abandonment_rate": 0.1,
                "over": "day",
            },
        }
    )


@pytest.mark.parametrize("scheme", ["independent", "antithetic", "stratified"])
def test_share_counts_the_days_of_each_replication(scheme: Scheme) -> None:
    """Counted once more by hand: contacts of each replication, pairs or blocks never averaged."""
    scenario = two_days()
    result = run(scenario, Asked(replications=20, by_interval=True, scheme=scheme))
    check = next(c for c in checks_of(scenario, result) if c.promise.name == "a")
    days = check.period.intervals
    each = result.each_by_itself.series("service_level", "contact_type", "a", days)
    assert each.denominator is not None
    assert len(each.numerator) == 20
    n_held = int((each.numerator >= 0.8 * each.denominator).sum())
    assert check.found.value == pytest.approx(n_held / 20)
    assert result.observations == {"independent": 20, "antithetic": 10, "stratified": 2}[scheme]


def test_share_of_all_promises_is_the_mean_of_theirs() -> None:
    scenario = two_days()
    result = run(scenario, Asked(replications=20, by_interval=True))
    shares = [check.found.value for check in checks_of(scenario, result)]
    assert len(shares) == 2 * 3
    assert share_held(scenario, result).value == pytest.approx(np.mean([s for s in shares if s is not None]))


@given(
    sums=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30),
    wanted=st.floats(0.0, 1.0),
    more=st.floats(0.0, 0.5),
)
def test_who_asks_for_more_gets_it_on_fewer_days(
    sums: list[tuple[int, int]], wanted: float, more: float
) -> None:
    above = np.array([min(a, b) for a, b in sums], dtype=float)
    below = np.array([b for _, b in sums], dtype=float)
    easy, hard = held(above, below, "at least", wanted), held(above, below, "at least", wanted + more)
    assert (easy >= hard).all()
    assert (held(above, below, "at most", wanted + more) >= held(above, below, "at most", wanted)).all()
    assert easy[below == 0].all()  # nobody came
    found = share_estimate(easy.astype(float))
    assert 0.0 <= (found.value or 0.0) <= 1.0
    assert (found.half_width or 0.0) > 0.0
