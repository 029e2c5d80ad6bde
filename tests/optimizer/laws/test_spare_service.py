"""Laws of what service above the promises is worth: no more than the tightest promise of a period lets go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.people import Effort
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.promised import Masses, promised_by
from optimizer.together.rounds import Rounds
from optimizer.together.trials import Verdict
from tests.optimizer.together_worlds import EFFORT, frame, n_center, trials

PRICES = np.array([20.0, 28.0])
SLOPES = np.array([[2.0, 4.0], [1.0, 0.0]])  # of a and b over the day
SIZES = (100.0, 50.0)


def rounds(margins: list[float], slopes: Any = SLOPES, sizes: tuple[float, float] = SIZES) -> Rounds:
    """A search whose best people are above their promises by so much."""
    center = n_center()
    of, first = frame(center), trials(center)
    found = Master(of, EFFORT.solver).solve(0.0, 10.0)
    assert isinstance(found, Proposal)
    n_intervals = center.calendar.n_intervals_per_day
    below = np.zeros((2, n_intervals))
    below[:, 9] = sizes
    verdict = Verdict(Masses(np.zeros((2, 4, n_intervals)), below), np.array(margins), np.zeros(2))
    assert [(row.promise, row.first, row.end) for row in promised_by(center).rows] == [(0, 0, 24), (1, 0, 24)]
    effort = Effort(0.0, 10.0, "highs")
    best = Held(found, center, verdict)
    return Rounds(
        of, first, first, effort, 40, 40, 0.0, lambda _: None, best=best, slope=slopes, prices=PRICES
    )


def test_the_tightest_promise_of_a_period_says_what_may_be_saved() -> None:
    """a: 0.1 · 100 contacts, at 28 ÷ 4 money each; b: 0.05 · 50 contacts at 20 ÷ 1."""
    assert rounds([0.1, 0.05]).spare() == pytest.approx(min(70.0, 50.0))
    assert rounds([0.1, 0.2]).spare() == pytest.approx(70.0)


def test_a_missed_promise_has_nothing_to_spare() -> None:
    assert rounds([0.1, -0.02]).spare() == 0.0


def test_promises_to_nobody_and_those_that_feel_nobody_do_not_count() -> None:
    assert rounds([0.1, 0.01], sizes=(100.0, 0.0)).spare() == pytest.approx(70.0)
    felt_once = np.array([[2.0, 4.0], [0.0, 0.0]])
    assert rounds([0.1, 0.01], slopes=felt_once).spare() == pytest.approx(70.0)


def test_before_anybody_was_tried_there_is_nothing_to_spare() -> None:
    assert replace(rounds([0.1, 0.1]), best=None).spare() == 0.0
