"""What holds of any record: nothing is lost, names and order do not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from calibration.demand import fit_counts
from calibration.demand.found import named
from scenarios.calendar_days import weekdays_of
from tests.calibration.busy_records import MONDAY, busy_counts, hump, weeks


@given(st.sets(st.integers(0, 6), min_size=1))
def test_a_class_s_name_is_its_weekdays(weekdays: set[int]):
    assert set(weekdays_of(named(tuple(weekdays)))) == weekdays


@settings(max_examples=40, deadline=None)
@given(
    hnp.arrays(
        np.int64, st.tuples(st.integers(1, 40), st.just(24), st.integers(1, 3)), elements=st.integers(0, 9)
    )
)
def test_any_record_has_demand(counts: np.ndarray):
    queues = tuple("abc"[: counts.shape[2]])
    demand = fit_counts(counts, MONDAY, queues, 3600)
    on_usual = counts[demand.usual].sum(axis=(0, 1))
    told = sum(one.n_usual * demand.mean[k].sum(axis=0) for k, one in enumerate(demand.classes))
    assert np.all(told <= on_usual + 1e-6)
    if on_usual.sum() > 0:
        assert np.isclose(np.sum(told), (1.0 - demand.outside_share) * on_usual.sum())
    assert sorted(w for one in demand.classes for w in one.weekdays) == [
        w for w in range(7) if w not in demand.unseen_weekdays
    ]
    assert np.isfinite(demand.mean).all()
    assert np.isfinite(demand.standard_error).all()


def test_the_order_of_queues_does_not_matter():
    mean = np.stack([hump(400.0), hump(150.0, 0.7), hump(60.0)], axis=1)
    counts = busy_counts(
        np.random.default_rng(1), weeks(10, dict.fromkeys(range(5), mean)), (0.2, 0.1, 0.3), 0.5
    )
    one = fit_counts(counts, MONDAY, ("a", "b", "c"), 1800)
    other = fit_counts(counts[:, :, ::-1], MONDAY, ("c", "b", "a"), 1800)
    assert np.allclose(one.mean, other.mean[:, :, ::-1])
    assert one.odd_days == other.odd_days
    assert np.isclose(one.busyness.correlation.value, other.busyness.correlation.value)
    assert [e.value for e in one.busyness.day_cv_by_queue] == [
        e.value for e in other.busyness.day_cv_by_queue[::-1]
    ]


def test_daily_reports_have_busyness_of_days():
    """One interval a day: all that a day strays beyond chance is the day factor."""
    counts = busy_counts(np.random.default_rng(2), np.full((140, 1, 1), 400.0), (0.2,))
    found = fit_counts(counts, MONDAY, ("calls",), 86_400).busyness
    assert abs(found.day_cv.value - 0.2) < 4 * float(found.day_cv.standard_error or 0.0)
    assert found.interval_cv.value < 0.02
