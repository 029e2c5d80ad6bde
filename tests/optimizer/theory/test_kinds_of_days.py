"""Days of one kind are held together, but one that is clearly missed counts alone."""

from __future__ import annotations

import numpy as np

from optimizer.requirement.margins import Margins, of_kinds

KINDS = np.array([0, 0, 0, 1, 1, 2])


def margins(values: list[float], missed: tuple[int, ...] = ()) -> Margins:
    return Margins(np.array(values), np.isin(np.arange(len(values)), missed))


def test_days_of_a_kind_count_by_their_mean() -> None:
    found = of_kinds(margins([0.03, -0.01, 0.01, 0.02, np.inf, np.inf]), KINDS)
    assert np.allclose(found, [0.01, 0.02, np.inf])


def test_a_day_clearly_missed_is_not_made_up_for_by_others() -> None:
    found = of_kinds(margins([0.05, -0.03, 0.05, 0.02, 0.04, np.inf], missed=(1,)), KINDS)
    assert np.allclose(found, [-0.03, 0.03, np.inf])


def test_of_several_the_worst_counts() -> None:
    found = of_kinds(margins([0.05, -0.03, -0.04, 0.02, 0.04, 0.0], missed=(1, 2)), KINDS)
    assert np.allclose(found, [-0.04, 0.03, 0.0])
