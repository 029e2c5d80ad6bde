"""Interval reports of every shipped layout, and the traps of reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from calibration.records.intervals import Intervals
from calibration.records.mapping import IntervalsMapping
from calibration.records.reading import Reading, read
from tests.calibration.exports import write
from tests.calibration.records import DATA, needs_data

VANCOUVER = DATA.parent / "vancouver_311"
GENESYS = """Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,\
Total Handle Time (Seconds)
2024-03-04T09:00:00Z,care,Voice,a|||b,en,10,9,1800
2024-03-04T09:00:00Z,care,Voice,a,en,10,9,1800
2024-03-04T09:15:00Z,care,chat,a,en,4,4,2400
"""
VIEW = """Interval Start,Interval End,Interval Complete,Filters,Media Type,Queue Name,Offered,Answered,Answer %,\
Abandoned,Abandon %,ASA,Service Level %,Avg Handle,Avg ACW
3/4/24 9:00 AM,3/4/24 9:30 AM,true,,voice,care,20,18,90%,2,10%,00:00:21,"81.5%",00:05:10,00:00:40
3/4/24 9:30 AM,3/4/24 10:00 AM,true,,voice,care,0,0,,0,,,,,
"""
AVAYA = """row_date,starttime,intrvl,split,callsoffered,acdcalls,abncalls,acceptable,anstime,abntime,acdtime,acwtime,\
holdtime,i_stafftime
03/04/2024,900,30,1,20,18,2,15,378,90,4000,900,100,9000
03/04/2024,930,30,1,12,12,0,12,60,0,3000,600,0,7200
"""
CONNECT = """Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,\
Average queue answer time,Average handle time,Service level 60 seconds
care,2024-03-04T09:00:00.000Z,2024-03-04T09:30:00.000Z,20,18,2,00:00:21,00:05:10,85.00%
care,2024-03-04T09:30:00.000Z,2024-03-04T10:00:00.000Z,3,3,0,00:00:05,1:00:00,100.00%
"""


def intervals(
    text: str, folder: Path, mapping: str | IntervalsMapping | None = None
) -> tuple[Reading, Intervals]:
    """A report of this text, read."""
    reading = read(write(folder / "report.csv", text), mapping)
    assert reading.intervals is not None
    assert reading.rows_read == reading.rows_used + sum(tally.n for tally in reading.left_out)
    return reading, reading.intervals


def test_genesys_import_adds_skill_sets_and_keeps_media_apart(tmp_path: Path):
    reading, report = intervals(GENESYS, tmp_path)
    assert reading.mapping == "genesys-intervals"
    assert report.interval_s == 900
    assert report.queues == ("care / Voice", "care / chat")
    assert report.offered[0, 36].tolist()[0] == 20
    assert report.handle_s[0, 37, 1] == 2400
    assert np.isnan(report.offered[0, 36, 1])
    assert (reading.left_out, reading.corrected) == ((), ())


def test_genesys_view_multiplies_means_by_their_counts(tmp_path: Path):
    reading, report = intervals(VIEW, tmp_path)
    assert reading.mapping == "genesys-queue-view"
    assert "documentation" in reading.lines()[0]
    assert report.answered_wait_s[0, 18:20, 0].tolist() == [18 * 21, 0]
    assert report.handle_s[0, 18:20, 0].tolist() == [18 * 310, 0]
    assert report.service_level[0, 18, 0] == pytest.approx(0.815)


def test_avaya_adds_its_times_and_makes_people_of_staffed_time(tmp_path: Path):
    reading, report = intervals(AVAYA, tmp_path)
    assert reading.mapping == "avaya-hsplit"
    assert (report.first_day, report.interval_s) == (date(2024, 3, 4), 1800)
    assert report.within[0, 18:20, 0].tolist() == [15, 12]
    assert report.handle_s[0, 18:20, 0].tolist() == [5000, 3600]
    assert report.present[0, 18:20, 0].tolist() == [5, 4]
    assert np.isnan(report.busy).all()


def test_connect_reads_spans_and_percent(tmp_path: Path):
    reading, report = intervals(CONNECT, tmp_path)
    assert reading.mapping == "amazon-connect"
    assert report.mean_handle_s[0, 18:20, 0].tolist() == [310, 3600]
    assert report.mean_answer_s[0, 18:20, 0].tolist() == [21, 5]
    assert report.service_level[0, 18:20, 0].tolist() == pytest.approx([0.85, 1.0])
    assert "moments are in UTC or another zone" in " ".join(reading.notes)


def test_a_workbook_keeps_percent_as_shares(tmp_path: Path):
    _, report = intervals(CONNECT.replace("85.00%", "0.85").replace("100.00%", "1"), tmp_path)
    assert report.service_level[0, 18:20, 0].tolist() == pytest.approx([0.85, 1.0])


def test_of_two_mappings_that_fit_the_one_with_more_columns_is_meant(tmp_path: Path):
    both = AVAYA.replace("row_date", "interval_start,agents_present,agents_busy,row_date", 1)
    both = both.replace("03/04/2024", "2024-03-04 09:00,4,3,03/04/2024")
    reading, _ = intervals(both, tmp_path)
    assert reading.mapping == "avaya-hsplit"


# --- Traps -----------------------------------------------------------------------------------------------------------


def ours(**keys: object) -> IntervalsMapping:
    base: dict[str, object] = {"kind": "intervals", "start": "Start", "queue": "Queue", "offered": "Offered"}
    return IntervalsMapping.model_validate(base | {"answered": "Answered", "abandoned": "Abandoned"} | keys)


def test_the_night_in_autumn_has_an_hour_twice(tmp_path: Path):
    rows = [
        f"2023-10-29T{hour:02}:{minute:02}:00Z,q,{hour + 1},1,0\n" for hour in range(3) for minute in (0, 30)
    ]
    zones = {"time_zone": "UTC", "local_time_zone": "Europe/Berlin"}
    text = "Start,Queue,Offered,Answered,Abandoned\n" + "".join(rows)
    reading, report = intervals(text, tmp_path, ours(file=zones))
    # 00:00Z and 01:00Z are both 2 o'clock in Berlin, 02:00Z is 3 o'clock
    assert report.offered[0, 4:8, 0].tolist() == [1 + 2, 1 + 2, 3, 3]
    assert [(tally.n, tally.line) for tally in reading.corrected] == [(2, 4)]
    assert (
        "4 rows fall in the hour that the clock repeats in autumn: both hours are one on it" in reading.notes
    )


def test_a_file_read_twice_counts_once(tmp_path: Path):
    first = write(tmp_path / "a.csv", AVAYA)
    second = write(tmp_path / "b.csv", AVAYA)
    once, twice = read(first), read([first, second])
    assert once.intervals is not None
    assert twice.intervals is not None
    np.testing.assert_array_equal(once.intervals.offered, twice.intervals.offered)
    assert [(tally.n, tally.file) for tally in twice.left_out] == [(2, "b.csv")]


def test_offered_that_is_not_answered_and_abandoned_is_said(tmp_path: Path):
    text = "Start,Queue,Offered,Answered,Abandoned\n2024-03-04 09:00,q,10,8,1\n2024-03-04 09:30,q,10,9,1\n"
    reading, report = intervals(text, tmp_path, ours())
    mismatch = report.mismatch()
    assert mismatch is not None
    assert (mismatch.n, mismatch.n_compared, mismatch.by, mismatch.at_most) == (1, 2, 1, 1)
    assert mismatch.share == pytest.approx(1 / 20)
    assert str(mismatch) in reading.notes


def test_a_row_between_two_intervals_is_left_out(tmp_path: Path):
    rows = [f"2024-03-04 {hour:02}:{minute},q,5,5,0\n" for hour in range(24) for minute in ("00", "30")] * 3
    days = [row.replace("-04 ", f"-{4 + at // 48:02} ") for at, row in enumerate(rows)]
    text = "Start,Queue,Offered,Answered,Abandoned\n" + "".join(days) + "2024-03-04 09:07,q,5,5,0\n"
    reading, report = intervals(text, tmp_path, ours())
    assert report.interval_s == 1800
    assert [(tally.n, tally.value) for tally in reading.left_out] == [(1, "2024-03-04 09:07")]


def test_a_line_of_totals_is_left_out(tmp_path: Path):
    text = "Start;Queue;Offered;Answered;Abandoned\n2024-03-04 09:00;q;1.000;998;2\n;Total;1.000;998;2\n"
    reading, report = intervals(text, tmp_path, ours(file={"decimal": ","}))
    assert float(np.nansum(report.offered)) == 1000
    assert [(tally.n, tally.reason) for tally in reading.left_out] == [(1, "Start is empty: no time")]


@needs_data
def test_the_banks_own_report_and_staffing():
    report = read(DATA / "interval_report_30min.csv.gz").intervals
    calls = read(DATA.glob("calls_*.xz")).contacts
    people = read(DATA / "staffing_30min.csv.gz").intervals
    assert report is not None
    assert calls is not None
    assert people is not None
    assert report.offered.shape == (*people.offered.shape[:2], 6)
    # the two were made apart: they differ in a handful of calls
    assert np.nansum(report.answered) == pytest.approx(calls.answered.sum(), abs=5)
    assert np.nansum(report.offered) == pytest.approx(calls.offered.sum(), abs=5)
    assert 3 < np.nanmean(people.present) < 7


@pytest.mark.skipif(not VANCOUVER.is_dir(), reason="Vancouver's record is not beside the repository")
def test_vancouver_has_two_days_missing_and_offered_of_its_own():
    reading = read(VANCOUVER)
    report = reading.intervals
    assert reading.mapping == "vancouver-311"
    assert report is not None
    assert (reading.rows_read, reading.rows_used, report.n_days, report.interval_s) == (
        5555,
        5555,
        5557,
        86_400,
    )
    assert "days without a row: 2 of 5,557 (2010-03-07, 2013-03-08)" in reading.notes
    mismatch = report.mismatch()
    assert mismatch is not None
    assert mismatch.n / mismatch.n_compared == pytest.approx(0.97, abs=0.005)
