"""The shipped scenario is what the calibration makes of the record, and the record says what is known of it.

Snapshot: scenarios/catalog/bank-1999.toml, remade by `python -m calibration.bank_1999`. Skipped without the record.
"""

import pytest

from calibration.bank_1999 import SCENARIO, scenario_text
from calibration.bank_calls import Calls, read_calls
from calibration.bank_figures import BankFigures, figures
from calibration.bank_presence import read_present
from calibration.service.hang_ups import told_apart
from scenarios import load
from tests.calibration.records import DATA, needs_data

pytestmark = needs_data


@pytest.fixture(scope="module")
def calls() -> Calls:
    return read_calls(DATA)


@pytest.fixture(scope="module")
def found(calls: Calls) -> BankFigures:
    return figures(calls, read_present(DATA))


def test_the_committed_file_is_what_the_calibration_writes(found: BankFigures):
    assert SCENARIO.read_text("utf-8") == scenario_text(found)


def test_talk_is_lognormal_of_cv_1_2_with_a_spike_of_hang_ups(calls: Calls):
    talk = told_apart(calls.talk_s[calls.answered])
    assert talk.cv == pytest.approx(1.2, abs=0.05)
    assert found_spike(calls) == pytest.approx(0.05, abs=0.005)


def found_spike(calls: Calls) -> float:
    """Of regular customers' services, those under ten seconds."""
    return told_apart(calls.talk_s[calls.answered & (calls.contact_type == "PS")]).hang_up_share


def test_the_median_patience_is_four_times_the_mean_wait_of_those_who_left(found: BankFigures):
    assert found.survival.median_s == pytest.approx(346.0, rel=0.10)  # 346 s over more months
    assert found.mean_wait_of_those_who_left_s == pytest.approx(76.0, abs=1.0)


@pytest.mark.parametrize("name", ["PS", "NE", "NW", "IN"])
def test_the_law_of_patience_keeps_to_kaplan_meier_where_the_waits_are(
    name: str, calls: Calls, found: BankFigures
):
    import numpy as np

    from calibration.service.survival import kaplan_meier

    queued = calls.queued & (calls.contact_type == name)
    survival = kaplan_meier(calls.waited_s[queued], calls.abandoned[queued])
    times = np.arange(5.0, np.percentile(calls.waited_s[queued], 95), 5.0)
    seen = np.array([survival.at(t_s) for t_s in times])
    assert np.abs(found.patience[name].survival(times) - seen).max() < 0.04


def test_half_hours_vary_three_times_as_much_as_chance(found: BankFigures):
    assert found.variance_to_mean == pytest.approx(3.4, abs=0.4)


def test_days_vary_by_about_15_percent(found: BankFigures):
    assert found.busy_days.cv == pytest.approx(0.15, abs=0.015)


def test_half_of_those_cut_off_ring_again_within_minutes(found: BankFigures):
    within_five_minutes = found.reconnect.seen_share * found.reconnect.cdf(found.reconnect.times_s[10:11])[0]
    assert found.reconnect.times_s[10] == 300.0
    assert within_five_minutes == pytest.approx(0.50, abs=0.05)


def test_menu_and_returns_add_up_to_the_calls_of_the_record(found: BankFigures):
    """First calls of the file × 0.35 + returns = offered, type by type."""
    scenario = load("bank-1999")
    for column, name in enumerate(("ps", "pe", "in", "ne", "nw")):
        declared = scenario.contact_type[name]
        week = sum(sum(declared.arrivals.per_interval[k]) * n for k, n in DAYS_OF.items())  # type: ignore[index]
        assert 0.35 * week == pytest.approx(found.fresh_per_week[column], rel=0.005)
        assert found.fresh_per_week[column] < found.offered_per_week[column]


DAYS_OF = {"sun": 1, "mon-thu": 4, "fri": 1, "sat": 1}
