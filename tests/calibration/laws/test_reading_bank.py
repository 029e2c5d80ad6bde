"""The bank's layout, read by its shipped mapping: every trap of the real record in a small one."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from calibration.records.contacts import Outcome
from calibration.records.reading import Reading, read
from tests.calibration.records import DATA, needs_data, row, write_calls


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """One call of each kind on Sunday 3 January 1999, not in order of time."""
    rows = [
        row(30_000, talk_s=120, call=1),  # answered at once
        row(30_010, waited_s=25, talk_s=60, customer="C1", call=2),
        row(30_020, waited_s=40, outcome="HANG", customer="C2", call=3),
        row(30_030, outcome="HANG", call=4),  # hung up in the menu
        row(30_040, waited_s=9, talk_s=5, outcome="PHANTOM", call=5),
        row(30_050, waited_s=9, outcome="HANG", type="AA", call=6),
        row(86_700, talk_s=30, type="NW", call=7),  # past midnight of its date
        row(30_060, talk_s=70, agent="", call=8),  # nobody knows who served
        row(30_070, waited_s=3, talk_s=80, vru_entry=30_400, call=9),  # clocks disagree
        row(30_080, q_time=7, talk_s=11, call=10),  # a waiting time of one who did not wait
    ]
    return read(write_calls(tmp_path, rows), "bank-1999")


def test_every_row_is_used_or_left_out_for_a_reason(reading: Reading):
    assert (reading.rows_read, reading.rows_used) == (10, 8)
    assert [(tally.n, tally.line) for tally in reading.left_out] == [(1, 6), (1, 7)]
    assert "phantom" in reading.left_out[0].reason
    assert "AA" in reading.left_out[1].reason


def test_contacts_come_in_order_of_joining(reading: Reading):
    assert reading.contacts is not None
    assert reading.contacts.joined_s.tolist() == [
        30_000,
        30_010,
        30_020,
        30_030,
        30_060,
        30_070,
        30_080,
        86_700,
    ]
    assert reading.contacts.first_day == date(1999, 1, 3)
    assert reading.contacts.day.tolist() == [0] * 7 + [1]


def test_outcomes_tell_the_queue_from_the_menu(reading: Reading):
    assert reading.contacts is not None
    answered, abandoned, early = Outcome.ANSWERED, Outcome.ABANDONED, Outcome.LEFT_EARLY
    expected = [answered, answered, abandoned, early, answered, answered, answered, answered]
    assert reading.contacts.outcome.tolist() == expected


def test_waits_and_talks_are_those_of_the_queue_and_of_service(reading: Reading):
    assert reading.contacts is not None
    assert reading.contacts.waited_s.tolist() == [0, 25, 40, 0, 0, 3, 0, 0]
    np.testing.assert_array_equal(reading.contacts.talk_s, [120, 60, np.nan, np.nan, 70, 80, 11, 30])


def test_a_negative_menu_time_is_zero_and_counted(reading: Reading):
    assert reading.contacts is not None
    assert reading.contacts.menu_s.min() == 0.0
    (corrected,) = reading.corrected
    assert (corrected.n, corrected.line) == (1, 10)
    assert "menu is negative" in corrected.reason


def test_nobody_knows_is_minus_one(reading: Reading):
    assert reading.contacts is not None
    assert reading.contacts.agent.tolist() == [0, 0, -1, -1, -1, 0, 0, 0]
    assert reading.contacts.customer.tolist() == [-1, 0, 1, -1, -1, -1, -1, -1]
    assert "answered, and nobody knows by whom: 1 (kept)" in reading.notes


def test_the_layout_is_recognized_from_its_columns(tmp_path: Path):
    reading = read(write_calls(tmp_path, [row(30_000, talk_s=5)]))
    assert (reading.mapping, reading.recognized) == ("bank-1999", True)


@needs_data
def test_the_bank_of_five_months():
    reading = read(DATA.glob("calls_*.csv.xz"))
    assert reading.rows_read == 175_333
    assert reading.rows_read == reading.rows_used + sum(tally.n for tally in reading.left_out)
    assert reading.contacts is not None
    assert int(reading.contacts.answered.sum()) == 135_575
    assert (np.diff(reading.contacts.joined_s) >= 0).all()
    assert "days without a contact: 2 of 151 (1999-01-11, 1999-01-12)" in reading.notes
