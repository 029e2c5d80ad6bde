"""People present: whole heads, wrap-ups and absences, in worlds small enough to count."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.bank_calls import read_calls
from calibration.bank_presence import read_present
from calibration.people.heads import whole_heads
from calibration.people.inferred import Presence, presence, wrap_up_pauses
from calibration.people.services import pauses_between, services_of, waiting_line
from calibration.records.contacts import Contacts
from tests.calibration.records import row, write_calls, write_staffing

SUNDAY = 2  # 3 January, days since the first


@given(st.lists(st.floats(1.0, 12.0), min_size=1, max_size=40))
def test_whole_heads_keep_the_day_s_hours(present: list[float]):
    heads = whole_heads(np.array(present))
    assert np.all(np.abs(np.cumsum(heads) - np.cumsum(present)) <= 0.5 + 1e-9)


@given(st.lists(st.floats(0.5, 12.0), min_size=1, max_size=40))
def test_where_half_a_person_is_there_is_one(present: list[float]):
    heads = whole_heads(np.array(present))
    assert heads.min() >= 1
    assert np.all(np.abs(heads - present) <= 1.0)


def test_nobody_stays_nobody():
    assert whole_heads(np.array([0.0, 0.2, 2.4, 2.4, 0.0])).tolist() == [0, 0, 3, 2, 0]


def test_the_staffing_file_is_read_by_day_and_half_hour(tmp_path: Path):
    write_staffing(tmp_path, ["1999-01-01 07:00,2.151,0.837", "1999-05-31 23:30,1.5,1.0"])
    present = read_present(tmp_path)
    assert present[0, 14] == 2.151
    assert present[150, 47] == 1.5
    assert present.sum() == pytest.approx(3.651)


def regular(folder: Path, rows: list[str]) -> Contacts:
    """The rows as contacts, read from the bank's own layout."""
    return read_calls(write_calls(folder, rows)).contacts


def present_in(contacts: Contacts, wrap_up_s: float) -> Presence:
    """People by half hour of the record's first three days."""
    waiting = waiting_line(contacts, np.ones(len(contacts.queues), dtype=np.bool_))
    return presence(services_of(contacts), waiting, wrap_up_s, 3, 1800, 1200.0)


HALF_HOUR = SUNDAY * 48 + 20

FREE_WHILE_ONE_WAITS = [row(36_000, talk_s=100), row(36_200, waited_s=200, talk_s=50)]
"""Served until 36100, free until 36400 while one waits from 36200 on, then serves him for 50 s."""


def test_a_pause_is_wrap_up_only_while_a_crowd_waits(tmp_path: Path):
    # Three wait from 36005 on; the agent ends at 36100 and takes the next at 36108: 8 s. The long lunch is none.
    rows = [row(36_000, talk_s=100)]
    rows += [row(36_005, waited_s=103 + 200 * i, talk_s=100) for i in range(3)]
    rows += [row(36_010 + i, waited_s=900, outcome="HANG") for i in range(3)]
    contacts = regular(tmp_path, rows)
    pauses = pauses_between(services_of(contacts), 600.0)
    assert pauses.length_s.tolist() == [8.0, 100.0, 100.0]
    waiting = waiting_line(contacts, np.ones(len(contacts.queues), dtype=np.bool_))
    assert wrap_up_pauses(pauses, waiting).tolist() == [8.0, 100.0, 100.0]
    assert len(wrap_up_pauses(pauses, waiting_line(contacts, np.zeros(6, dtype=np.bool_)))) == 0


def test_away_is_the_pause_beyond_wrap_up_in_which_somebody_waited(tmp_path: Path):
    found = present_in(regular(tmp_path, FREE_WHILE_ONE_WAITS), wrap_up_s=10.0)
    assert found.away[HALF_HOUR] * 1800 == pytest.approx(200.0)
    assert found.away.sum() * 1800 == pytest.approx(200.0)


def test_present_are_those_who_serve_or_are_idle_for_want_of_calls(tmp_path: Path):
    # 100 s of service, 100 idle, 50 of service; the 200 idle while somebody waited are not.
    found = present_in(regular(tmp_path, FREE_WHILE_ONE_WAITS), wrap_up_s=10.0)
    assert found.present[HALF_HOUR] * 1800 == pytest.approx(100 + 100 + 50)
    assert found.counted[HALF_HOUR] * 1800 == pytest.approx(450)
    assert found.working[HALF_HOUR] == 0.0


def test_a_brief_pause_before_somebody_who_waits_is_all_wrap_up(tmp_path: Path):
    # One waits from 36050 on; the agent ends at 36100 and takes him at 36190, within two minutes: nobody is away.
    found = present_in(
        regular(tmp_path, [row(36_000, talk_s=100), row(36_050, waited_s=140, talk_s=50)]), wrap_up_s=10.0
    )
    assert found.away.sum() == pytest.approx(0.0)
    assert found.present[HALF_HOUR] * 1800 == pytest.approx(100 + 90 + 50)
    assert found.working[HALF_HOUR] * 1800 == pytest.approx(50 + 90)  # while he waited


def test_a_service_over_the_half_hour_counts_in_both(tmp_path: Path):
    found = present_in(
        regular(tmp_path, [row(37_700, talk_s=200)]), wrap_up_s=0.0
    )  # half hours meet at 37800
    assert (found.present[HALF_HOUR : HALF_HOUR + 2] * 1800).tolist() == pytest.approx([100.0, 100.0])
