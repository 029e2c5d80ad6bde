"""People present: whole heads, wrap-ups and absences, in worlds small enough to count."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.bank_calls import read_calls
from calibration.presence import (
    away,
    pauses,
    people_by_calls,
    read_present,
    regular_queue,
    whole_heads,
    wrap_up,
)
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


def test_a_pause_is_wrap_up_only_while_a_crowd_waits(tmp_path: Path):
    # Three wait from 36005 on; the agent ends at 36100 and takes the next at 36108: 8 s. The long lunch is none.
    rows = [row(36_000, talk_s=100)]
    rows += [row(36_005, waited_s=103 + 200 * i, talk_s=100) for i in range(3)]
    rows += [row(36_010 + i, waited_s=900, outcome="HANG") for i in range(3)]
    calls = read_calls(write_calls(tmp_path, rows))
    found = pauses(calls, regular_queue(calls))
    assert found.length_s.tolist() == [8.0, 100.0, 100.0]
    assert wrap_up(found)[0] == pytest.approx((8 + 100 + 100) / 3)


def test_away_is_the_pause_beyond_wrap_up_in_which_somebody_waited(tmp_path: Path):
    # Free from 36100 to 36400; one caller waits from 36200 on and is taken then. Wrap-up 10 s changes nothing.
    calls = read_calls(
        write_calls(tmp_path, [row(36_000, talk_s=100), row(36_200, waited_s=200, talk_s=50, agent="A01")])
    )
    queue = regular_queue(calls)
    lost = away(pauses(calls, queue), queue, wrap_up_s=10.0)
    assert lost[SUNDAY, 20] * 1800 == pytest.approx(200.0)
    assert lost.sum() * 1800 == pytest.approx(200.0)


def test_people_by_calls_are_those_who_serve_or_are_idle_for_want_of_calls(tmp_path: Path):
    # Serves 36000-36100, free until 36400 with a caller waiting from 36200: 100 + 100 idle + 50 served.
    calls = read_calls(
        write_calls(tmp_path, [row(36_000, talk_s=100), row(36_200, waited_s=200, talk_s=50, agent="A01")])
    )
    people = people_by_calls(calls, regular_queue(calls), wrap_up_s=10.0)
    assert people[SUNDAY, 20] * 1800 == pytest.approx(100 + 100 + 50)


def test_a_service_over_the_half_hour_counts_in_both(tmp_path: Path):
    calls = read_calls(write_calls(tmp_path, [row(37_700, talk_s=200)]))  # half hours meet at 37800
    people = people_by_calls(calls, regular_queue(calls), wrap_up_s=0.0)
    assert (people[SUNDAY, 20:22] * 1800).tolist() == pytest.approx([100.0, 100.0])
