"""What a missed target says, and when a miss is more than chance."""

import pytest

from optimizer.targets import Check, Period, Promise, checks_of, periods_of
from scenarios import load
from sim.measures.estimates import Estimate
from sim.replicate import Asked, run


def missed(value: float, half_width: float) -> Check:
    promise = Promise("call", "service_level", "at least", 0.8)
    return Check(promise, Period("mon (day 1) 09:00", range(18, 19)), Estimate(value, half_width))


def test_the_sentence() -> None:
    assert str(missed(0.71, 0.03)) == "call, mon (day 1) 09:00: service level 71 ± 3 %, wanted at least 80 %"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("days", "call, mon (day 1): service level at least 80 % on 87 ± 2 % of days, wanted 90 %"),
        ("weeks", "call, mon (day 1): service level at least 80 % on 87 ± 2 % of weeks, wanted 90 %"),
    ],
)
def test_the_sentence_of_a_share_of_days(days: str, sentence: str) -> None:
    promise = Promise("call", "service_level", "at least", 0.8)
    check = Check(promise, Period("mon (day 1)", range(48), days), Estimate(0.87, 0.02), 0.9)
    assert str(check) == sentence
    assert check.margin == pytest.approx(-0.03)
    assert check.clearly_missed()
    assert not check.clearly_missed(n_checks=50)


@pytest.mark.parametrize(
    ("half_width", "n_checks", "clear"),
    [
        (0.03, 1, True),  # 0.05 below, chance explains 0.03
        (0.06, 1, False),
        (0.03, 48, True),  # with 48 checks chance explains 0.03 · 3.28 / 1.96 = 0.0502 … just not 0.05
        (0.031, 480, False),
    ],
)
def test_many_checks_need_a_clearer_miss(half_width: float, n_checks: int, clear: bool) -> None:
    value = 0.7499 if n_checks == 1 else 0.7495
    assert missed(value, half_width).clearly_missed(n_checks) is clear


def test_periods_of_the_bank() -> None:
    bank = load("bank-1999")
    assert [period.label for period in periods_of(bank, "day")][:2] == ["sun (day 1)", "mon (day 2)"]
    assert len(periods_of(bank, "interval")) == 5 * 34 + 14 + 8
    assert len(periods_of(bank, "horizon")) == len(periods_of(bank, "week")) == 1


def test_every_promise_is_checked_over_every_period() -> None:
    center = load("n-design").changed(
        {
            "contact_type.a.service_target": {
                "share": 0.8,
                "awt_s": 20,
                "max_mean_wait_s": 30,
                "over": "horizon",
            }
        }
    )
    result = run(center, Asked(replications=2, by_interval=True))
    measures = [(c.promise.name, c.promise.measure) for c in checks_of(center, result)]
    assert measures.count(("a", "service_level")) == 1
    assert measures.count(("a", "mean_wait_s")) == 1
    assert measures.count(("b", "service_level")) == 48
