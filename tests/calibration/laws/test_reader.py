"""The reader on a small record that has every trap of the large one."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from calibration.bank_calls import Calls, read_calls
from calibration.days import counts
from tests.calibration.records import row, write_calls


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """One call of each kind on Sunday 3 January 1999."""
    return read_calls(
        write_calls(
            tmp_path,
            [
                row(30_000, talk_s=120),  # answered at once
                row(30_010, waited_s=25, talk_s=60, customer="C1"),
                row(30_020, waited_s=40, outcome="HANG", customer="C2"),
                row(30_030, outcome="HANG"),  # hung up in the menu
                row(30_040, waited_s=9, talk_s=5, outcome="PHANTOM"),
                row(30_050, waited_s=9, outcome="HANG", type="AA"),
                row(30_060, talk_s=70, agent=""),  # nobody knows who served
                row(30_070, waited_s=3, talk_s=80, vru_entry=30_400),  # clocks disagree
                row(86_700, talk_s=30, type="NW"),  # past midnight, still this date
                row(
                    30_080, waited_s=4, outcome="HANG", ser_start=30_084, ser_time=3
                ),  # hung up as it was taken
            ],
        )
    )


def test_phantoms_and_unknown_types_are_left_out(calls: Calls):
    assert len(calls.day) == 8


def test_offered_joined_the_queue_or_was_answered_at_once(calls: Calls):
    assert calls.offered.tolist() == [True, True, True, False, True, True, True, True]
    assert calls.abandoned.tolist() == [False, False, True, False, False, False, False, True]


def test_who_hung_up_as_it_was_taken_was_not_served(calls: Calls):
    assert not calls.answered[-1]
    assert np.isnan(calls.served_s[-1])


def test_a_call_answered_at_once_waited_nothing(calls: Calls):
    assert calls.waited_s.tolist() == [0, 25, 40, 0, 0, 3, 0, 4]


def test_menu_times_of_clocks_that_disagree_are_zero_not_negative(calls: Calls):
    assert calls.menu_s.min() == 0.0
    assert calls.menu_s[0] == 6.0


def test_a_service_without_a_name_is_a_service(calls: Calls):
    assert calls.answered[4]
    assert calls.agent[4] == ""


def test_a_call_past_midnight_keeps_its_date_and_is_in_no_half_hour_of_it(calls: Calls):
    assert calls.day[6] == (date(1999, 1, 3) - date(1999, 1, 1)).days
    assert calls.half_hour[6] == 48
    assert counts(calls, calls.offered).sum() == calls.offered.sum() - 1


def test_the_end_of_a_call_is_that_of_its_talk_or_of_its_wait(calls: Calls):
    midnight = 2 * 86_400
    assert calls.ended_s[1] == midnight + 30_010 + 25 + 60
    assert calls.ended_s[2] == midnight + 30_020 + 40


def test_months_follow_each_other_in_the_order_of_their_names(tmp_path: Path):
    write_calls(tmp_path, [row(30_000, talk_s=1, date="1999-02-01")], "1999_02")
    write_calls(tmp_path, [row(30_000, talk_s=2, date="1999-01-31")], "1999_01")
    assert read_calls(tmp_path).month.tolist() == [1, 2]
