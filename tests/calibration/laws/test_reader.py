"""The bank's calls, with its types in their order and its days from 1 January on."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from calibration.bank_calls import TYPES, Calls, read_calls
from calibration.days import counts
from tests.calibration.records import row, write_calls


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """A few calls on Sunday 3 January 1999, not in order."""
    rows = [
        row(86_700, talk_s=30, type="NW"),  # past midnight
        row(30_010, waited_s=25, talk_s=60),
        row(30_020, waited_s=40, outcome="HANG"),
        row(30_030, outcome="HANG", type="IN"),  # hung up in the menu
        row(30_060, talk_s=70, agent=""),  # nobody knows who served
        row(30_080, waited_s=4, outcome="HANG", ser_start=30_084, ser_time=3),  # hung up as it was taken
    ]
    return read_calls(write_calls(tmp_path, rows))


def test_types_keep_their_order_though_some_have_no_call(calls: Calls):
    assert calls.contacts.queues == TYPES
    assert calls.contact_type.tolist() == ["PS", "PS", "IN", "PS", "PS", "NW"]


def test_days_count_from_the_first_of_january(calls: Calls):
    sunday = (date(1999, 1, 3) - date(1999, 1, 1)).days
    assert calls.day.tolist() == [sunday] * 5 + [sunday + 1]
    assert calls.clock_s[0] == sunday * 86_400 + 30_010


def test_a_call_past_midnight_is_in_the_first_half_hour_of_the_next_day(calls: Calls):
    assert calls.half_hour[-1] == 0
    assert calls.joined_s[-1] == 300
    assert counts(calls, calls.offered).sum() == calls.offered.sum()


def test_offered_joined_the_queue_or_was_answered_at_once(calls: Calls):
    assert calls.offered.tolist() == [True, True, False, True, True, True]
    assert calls.abandoned.tolist() == [False, True, False, False, True, False]
    assert calls.queued.tolist() == [True, True, False, False, True, False]


def test_who_hung_up_as_it_was_taken_was_not_served(calls: Calls):
    assert not calls.answered[4]
    assert calls.talk_s.tolist() == [60, 0, 0, 70, 0, 30]


def test_a_service_without_a_name_is_a_service(calls: Calls):
    assert calls.answered[3]
    assert calls.agent.tolist() == ["A01", "", "", "", "", "A01"]


def test_the_end_of_a_call_is_that_of_its_talk_or_of_its_wait(calls: Calls):
    midnight = 2 * 86_400
    assert calls.ended_s[:2].tolist() == [midnight + 30_010 + 25 + 60, midnight + 30_020 + 40]


def test_a_talk_begins_by_the_agents_own_clock(tmp_path: Path):
    calls = read_calls(write_calls(tmp_path, [row(30_010, waited_s=25, talk_s=60, ser_start=30_033)]))
    assert calls.waited_s.tolist() == [25]
    assert calls.ended_s.tolist() == [2 * 86_400 + 30_033 + 60]


def test_the_chosen_calls_keep_their_days_and_types(calls: Calls):
    chosen = calls.of(calls.contact_type == "NW")
    assert chosen.contact_type.tolist() == ["NW"]
    assert chosen.day.tolist() == [3]
    np.testing.assert_array_equal(chosen.talk_s, [30])


def test_months_follow_each_other(tmp_path: Path):
    write_calls(tmp_path, [row(30_000, talk_s=1, date="1999-02-01")], "1999_02")
    write_calls(tmp_path, [row(30_000, talk_s=2, date="1999-01-31")], "1999_01")
    assert read_calls(tmp_path).month.tolist() == [1, 2]
