"""The published page of forecasts has our figures as they come out now. Remade by `python -m bench.forecasts`."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from bench.forecasts import PAGE, bank_history, held, holt_winters_by_day, made, ours
from bench.page_forecasts import page
from calibration.forecast import History
from tests.calibration.busy_records import MONDAY, busy_counts, hump, weeks
from tests.calibration.records import DATA, needs_data


@needs_data
def test_our_rows_and_limits_are_those_of_the_page():
    came = bank_history(DATA)
    may = made(came)
    told = page([held(name, ahead, came) for name, ahead in ours().items()], may, may.held_against(came))
    published = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in told.splitlines() if line not in published] == []


@pytest.mark.skipif(find_spec("statsmodels") is None, reason="the library is no part of this installation")
def test_the_library_is_given_the_same_days():
    counts = busy_counts(
        np.random.default_rng(1), weeks(12, dict.fromkeys(range(7), hump(500.0)[:, None])), (0.05,)
    )
    found = holt_winters_by_day(History(MONDAY, 1800, ("calls",), counts), np.arange(84, 91))
    assert found.sum(axis=1) == pytest.approx(np.full(7, 500.0), rel=0.15)
