"""What is known of the bank's talk and patience is found in its record. Skipped without the record."""

import numpy as np
import pytest

from calibration.bank_calls import TYPES, Calls, read_calls
from calibration.bank_presence import EVERYBODY_TAKES, SPELL_GAP_S
from calibration.people.inferred import CROWD
from calibration.people.services import pauses_between, services_of, waiting_line
from calibration.service import (
    PatienceFit,
    TalkFit,
    TimesFit,
    fit_patience,
    fit_talk,
    fit_wrap_up_from_pauses,
    talk_by_time,
)
from scenarios import load
from tests.calibration.records import DATA, needs_data

pytestmark = needs_data


@pytest.fixture(scope="module")
def calls() -> Calls:
    return read_calls(DATA)


@pytest.fixture(scope="module")
def talk(calls: Calls) -> TalkFit:
    return fit_talk(calls.talk_s[calls.answered])


@pytest.fixture(scope="module")
def patience(calls: Calls) -> PatienceFit:
    return fit_patience(calls.waited_s[calls.offered], calls.abandoned[calls.offered])


def test_talk_is_lognormal_of_cv_1_2_with_a_spike(talk: TalkFit):
    assert talk.chosen.name == "lognormal, hang-ups gamma"
    assert talk.figures["cv"].value == pytest.approx(1.2, abs=0.05)
    assert talk.goodness.distance < 0.02
    assert talk.left_out == {"longer than 7200 s, taken as not closed": 4}


def test_one_regular_call_in_twenty_is_shorter_than_ten_seconds(calls: Calls):
    regular = fit_talk(calls.talk_s[calls.answered & (calls.contact_type == "PS")])
    assert regular.short_share.value == pytest.approx(0.05, abs=0.005)
    assert regular.figures["hang_up_share"].value == pytest.approx(0.055, abs=0.005)
    assert regular.figures["hang_up_mean_s"].value == pytest.approx(5.0, abs=1.0)


def test_the_median_patience_is_four_times_the_mean_wait_of_those_who_left(patience: PatienceFit):
    assert patience.median.value_s == pytest.approx(346.0, rel=0.10)  # 346 s over more months
    assert patience.median.low_s < patience.median.value_s < patience.median.high_s
    assert patience.mean_wait_of_those_who_left_s.value == pytest.approx(76.0, abs=1.0)
    assert patience.balk_share.value < 0.005


@pytest.mark.parametrize("name", ["PS", "NE", "NW", "IN"])
def test_the_law_keeps_to_kaplan_meier_where_the_waits_are(name: str, calls: Calls):
    queued = calls.queued & (calls.contact_type == name)
    found = fit_patience(calls.waited_s[queued], calls.abandoned[queued])
    times = np.arange(5.0, np.percentile(calls.waited_s[queued], 95), 5.0)
    seen = np.array([found.survival.at(t_s) for t_s in times])
    assert np.abs(found.chosen.survival(times) - seen).max() < 0.04


def test_people_leave_at_ten_seconds_and_at_a_minute(patience: PatienceFit):
    """The rate has its peak at 10 s; a minute in, when a message comes, it is above that of a minute and a half."""
    rate = np.interp([10.0, 30.0, 62.0, 95.0], patience.hazard.times_s, patience.hazard.per_s)
    assert rate[0] > 1.2 * rate[1]
    assert rate[2] > rate[3]


def test_talk_differs_by_time_of_day(calls: Calls):
    of = calls.answered & (calls.contact_type == "PS")
    found = talk_by_time(calls.talk_s[of], calls.joined_s[of], fit_talk(calls.talk_s[of]))
    assert found.differs
    longest = max(found.parts, key=lambda part: part.mean_s)
    assert 7 <= longest.from_h <= 9
    assert 15 <= longest.to_h <= 17


@pytest.fixture(scope="module")
def wrap_up(calls: Calls) -> TimesFit:
    contacts = calls.contacts
    pauses = pauses_between(services_of(contacts), SPELL_GAP_S)
    n_waiting = waiting_line(contacts, np.isin(TYPES, EVERYBODY_TAKES)).at(pauses.from_s)
    return fit_wrap_up_from_pauses(pauses.length_s[n_waiting >= CROWD])


def test_a_pause_before_a_crowd_is_mostly_the_next_call_being_taken(wrap_up: TimesFit):
    assert wrap_up.mean_s.value == pytest.approx(12.5, abs=0.5)
    assert wrap_up.figures["short_pause_share"].value == pytest.approx(0.64, abs=0.03)


def test_the_shipped_scenario_states_what_the_fits_find(calls: Calls, wrap_up: TimesFit):
    """scenarios/catalog/patience-fitted.toml and patience-naive.toml, to four digits."""
    new = calls.contact_type == "NW"
    shipped = load("patience-fitted").as_dict()["contact_type"]["prospect"]
    talk = fit_talk(calls.talk_s[calls.answered & new])
    patience = fit_patience(calls.waited_s[calls.queued & new], calls.abandoned[calls.queued & new])
    for key, fit in {"talk_s": talk, "wrap_up_s": wrap_up}.items():
        for stated, part in zip(shipped[key]["of"], fit.law["of"], strict=True):
            assert stated["share"] == pytest.approx(part["share"], abs=1e-4)
            assert stated["law"]["law"] == part["law"]["law"]
            assert stated["law"]["mean"] == pytest.approx(part["law"]["mean"], rel=1e-3)
            assert stated["law"]["cv"] == pytest.approx(part["law"]["cv"], rel=1e-3)
    for key in ("shares", "means"):
        assert list(shipped["patience_s"][key]) == pytest.approx(patience.law[key], rel=1e-3)
    naive = load("patience-naive").contact_type["prospect"].patience_s
    assert naive is not None
    assert naive.expected == pytest.approx(patience.mean_wait_of_those_who_left_s.value, rel=1e-4)
