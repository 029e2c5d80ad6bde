"""What is known of the bank's people and of callers who come again is found in its record. Skipped without it."""

import pytest

from calibration.bank_calls import read_calls
from calibration.people import Known, People, fit_people, read_staffing
from calibration.records.contacts import Contacts
from calibration.returning import ReturnsFit, fit_returns
from tests.calibration.records import DATA, needs_data

pytestmark = needs_data


@pytest.fixture(scope="module")
def contacts() -> Contacts:
    return read_calls(DATA).contacts


@pytest.fixture(scope="module")
def people(contacts: Contacts) -> People:
    return fit_people(contacts)


@pytest.fixture(scope="module")
def returns(contacts: Contacts) -> ReturnsFit:
    return fit_returns(contacts)


def test_people_inferred_are_those_of_the_staffing_file_but_for_the_rule_of_idle_time(
    contacts: Contacts, people: People
):
    # The file lets ten minutes of idle time count, and counts absences while callers wait; here 20, and not those.
    by_file = fit_people(contacts, read_staffing(DATA / "staffing_30min.csv.gz"))
    assert by_file.known == Known.STAFFING
    assert people.hours == pytest.approx(by_file.hours, rel=0.05)
    assert people.hours_by_others["idle up to 10 minutes"] < by_file.hours < people.hours


def test_a_sixth_of_those_in_a_spell_of_work_let_callers_wait(people: People):
    share = people.working_share.overall
    assert share.value == pytest.approx(0.83, abs=0.02)
    assert share.standard_error == pytest.approx(0.0025, abs=0.001)
    assert all(
        one is None or one.value > 0.75 for one in people.working_share.by_hour
    )  # at every hour of the day


def test_people_of_a_few_skills(people: People):
    assert len(people.groups) == 3
    assert sum(group.share for group in people.groups) == pytest.approx(1.0)
    assert sum(group.n_agents for group in people.groups) == 31


def test_talk_differs_by_a_fifth_between_people(people: People):
    assert people.talk_spread.value == pytest.approx(0.228, abs=0.01)
    assert people.talk_spread.standard_error == pytest.approx(0.031, abs=0.005)


def test_half_of_those_cut_off_ring_again_within_five_minutes(returns: ReturnsFit):
    assert returns.left_out == ("TT",)  # the bank's own calls are recognized
    assert returns.cut_off_share.value == pytest.approx(0.055, abs=0.002)
    assert returns.cut_off is not None
    assert returns.cut_off.within_soon == pytest.approx(0.52, abs=0.05)


def test_three_in_ten_who_gave_up_call_again(returns: ReturnsFit):
    assert returns.redial_of_all is not None
    assert returns.redial_of_all.seen_share.value == pytest.approx(0.26, abs=0.015)
    assert returns.redial_of_all.known_share == pytest.approx(0.86, abs=0.01)
    assert "78 % of those that waited, 0 % of those that did not" in returns.notes[-1]
