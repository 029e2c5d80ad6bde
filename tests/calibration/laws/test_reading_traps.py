"""The same five calls written in every way that real files are written are the same contacts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from calibration.records.contacts import Contacts, Outcome
from calibration.records.mapping import CallsMapping
from calibration.records.reading import Reading, read
from tests.calibration.exports import DATE_STYLE, PACKINGS, SPAN_STYLE, write, write_book

NAMES = ("Start", "Queue", "Result", "Wait", "Talk", "Agent", "Caller")
CALLS = (
    ("2024-03-04 09:00:00", "sales", "ok", "0", "180", "Ann", "c1"),
    ("2024-03-04 09:00:30", "care", "ok", "12", "95", "Bo", "c2"),
    ("2024-03-04 09:01:00", "sales", "left", "41", "", "", "c1"),
    ("2024-03-04 09:02:10", "sales", "voicemail", "60", "", "", ""),
    ("2024-03-05 17:59:59", "care", "ok", "3", "3601", "", "c3"),
)
Write = Callable[[Path], Path]


def mapping(**other: object) -> CallsMapping:
    """The mapping of these calls; keys of it may be others."""
    keys: dict[str, object] = {
        "kind": "calls",
        "joined": "Start",
        "queue": "Queue",
        "waited": "Wait",
        "talk": "Talk",
        "agent": "Agent",
        "customer": "Caller",
        "outcome": [
            {"is": "answered", "where": {"Result": "ok"}},
            {"is": "abandoned", "where": {"Result": "left"}},
            {"is": "sent_away", "where": {"Result": "voicemail"}},
        ],
    }
    return CallsMapping.model_validate(keys | other)


def text(separator: str = ",", end: str = "\n", rows: tuple[tuple[str, ...], ...] = CALLS) -> str:
    return "".join(separator.join(row) + end for row in (NAMES, *rows))


def same(reading: Reading) -> Contacts:
    """The contacts, which must be the five calls."""
    contacts = reading.contacts
    assert contacts is not None
    assert contacts.first_day.isoformat() == "2024-03-04"
    assert contacts.joined_s.tolist() == [32_400, 32_430, 32_460, 32_530, 86_400 + 64_799]
    assert [contacts.queues[at] for at in contacts.queue] == ["sales", "care", "sales", "sales", "care"]
    answered, abandoned, away = Outcome.ANSWERED, Outcome.ABANDONED, Outcome.SENT_AWAY
    assert contacts.outcome.tolist() == [answered, answered, abandoned, away, answered]
    assert contacts.waited_s.tolist() == [0, 12, 41, 60, 3]
    np.testing.assert_array_equal(contacts.talk_s, [180, 95, np.nan, np.nan, 3601])
    assert contacts.agent.tolist() == [0, 1, -1, -1, -1]
    assert contacts.customer.tolist() == [0, 1, 0, -1, 2]
    assert (reading.rows_read, reading.rows_used, reading.left_out) == (5, 5, ())
    return contacts


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_packings(tmp_path: Path, separator: str, packing: str):
    same(read(write(tmp_path / "calls.csv", text(separator), packing), mapping()))


def test_zip(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "calls.zip", "w") as archive:
        archive.writestr("readme", "what this is")
        archive.writestr("export/calls.csv", text())
    same(read(tmp_path / "calls.zip", mapping()))


def test_zstd(tmp_path: Path):
    file = tmp_path / "calls.csv.zst"
    pl.DataFrame({"line": text(";").splitlines()}).lazy().sink_csv(
        file, include_header=False, separator="\x01", quote_style="never", compression="zstd"
    )
    assert file.read_bytes()[:4] == b"\x28\xb5\x2f\xfd"
    same(read(file, mapping()))


@pytest.mark.parametrize(
    "raw",
    [
        text().encode("utf-8-sig"),
        text(end="\r\n").encode(),
        text(end="\r").encode(),
        text(end="\r\n\r\n").encode(),
        text("\t").encode("utf-16"),
        text(";").removesuffix("\n").encode(),
        ("Calls of the week\nprinted on Monday\n\n" + text()).encode(),
        text().replace("Start,Queue", " start , QUEUE ").encode(),
        text(end=",\n").encode(),
        text(end=",\n").replace(",\n", "\n", 1).encode(),
        ('"' + text().replace(",", '","').replace("\n", '"\n"').removesuffix('"')).encode(),
    ],
    ids=[
        "BOM",
        "CRLF",
        "CR",
        "blank lines",
        "UTF-16",
        "no last line end",
        "title",
        "names",
        "trailing",
        "trailing below",
        "quoted",
    ],
)
def test_ways_of_writing_text(tmp_path: Path, raw: bytes):
    same(read(write(tmp_path / "calls.csv", raw), mapping()))


def test_separators_and_line_ends_inside_quotes_are_text(tmp_path: Path):
    rows = text().replace("Ann", '"Ann, ""A""\nof sales"')
    contacts = same(read(write(tmp_path / "calls.csv", rows), mapping()))
    assert contacts.agents[0].startswith("Ann, ")


def test_a_quote_that_is_none_does_not_swallow_the_file(tmp_path: Path):
    same(read(write(tmp_path / "calls.csv", text().replace("Bo", 'Bo 5"')), mapping()))


def test_names_that_are_not_utf8_are_kept_and_said(tmp_path: Path):
    reading = read(
        write(tmp_path / "calls.csv", text().replace("Bo", "Bjørn").encode("windows-1252")), mapping()
    )
    assert same(reading).agents == ("Ann", "Bjørn")
    assert "calls.csv: not UTF-8 (line 3), read as windows-1252: names may be damaged" in reading.notes


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("hh:mm:ss", lambda s: f"{s // 3600:02}:{s % 3600 // 60:02}:{s % 60:02}"),
        ("hh:mm:ss", lambda s: f'"{s // 3600}:{s % 3600 // 60:02}:{s % 60:02}"'),
        ("mm:ss", lambda s: f"{s // 60}:{s % 60:02}"),
        ("ms", lambda s: str(s * 1000)),
        ("s", lambda s: f"{s:,.1f}".join('""')),
    ],
)
def test_units_of_durations(tmp_path: Path, unit: str, shown: Callable[[int], str]):
    rows = tuple(
        (*row[:3], shown(int(row[3])), shown(int(row[4])) if row[4] else "", *row[5:]) for row in CALLS
    )
    units = {"waited": {"column": "Wait", "unit": unit}, "talk": {"column": "Talk", "unit": unit}}
    same(read(write(tmp_path / "calls.csv", text(rows=rows)), mapping(**units)))


def test_a_decimal_comma(tmp_path: Path):
    rows = tuple((*row[:4], f"{row[4]},00" if row[4] else "", *row[5:]) for row in CALLS)
    file = write(tmp_path / "calls.csv", text(";", rows=rows).replace("3601,00", "3.601,00"))
    same(read(file, mapping(file={"decimal": ","})))


@pytest.mark.parametrize(
    ("format_", "shown"),
    [
        ("%d/%m/%Y %H:%M:%S", "{d}/{m}/{y} {t}"),
        ("%m/%d/%Y %I:%M:%S %p", "{m}/{d}/{y} {p}"),
        ("iso", "{y}-{m}-{d}T{t}.000Z"),
        ("iso", "{y}-{m}-{d}T{t}+02:00"),
        ("%Y%m%d%H%M%S", "{y}{m}{d}{c}"),
    ],
)
def test_formats_of_moments(tmp_path: Path, format_: str, shown: str):
    rows = tuple((_moment(shown, row[0]), *row[1:]) for row in CALLS)
    same(
        read(
            write(tmp_path / "calls.csv", text(rows=rows)),
            mapping(joined={"column": "Start", "format": format_}),
        )
    )


def _moment(shown: str, iso: str) -> str:
    (year, month, day), clock = iso[:10].split("-"), iso[11:]
    hour = int(clock[:2])
    twelve = f"{(hour - 1) % 12 + 1:02}{clock[2:]} {'AM' if hour < 12 else 'PM'}"
    return shown.format(y=year, m=month, d=day, t=clock, p=twelve, c=clock.replace(":", ""))


def test_dates_and_times_in_columns_of_their_own(tmp_path: Path):
    rows = text().replace("Start,", "Day,Start,").replace("2024-03-0", "0").replace("4 09", "4.03.2024,09")
    rows = rows.replace("5 17", "5.03.2024,17")
    joined = {"column": "Start", "date": "Day", "date_format": "%d.%m.%Y"}
    same(read(write(tmp_path / "calls.csv", rows), mapping(joined=joined)))


def test_a_workbook_with_its_own_dates_and_spans(tmp_path: Path):
    day = 45_355.0  # 2024-03-04 as workbooks count
    rows = [
        (*(name for name in NAMES),),
        *(
            (
                _day(row[0], day),
                *row[1:3],
                float(row[3]),
                _span(row[4]),
                *(field or None for field in row[5:]),
            )
            for row in CALLS
        ),
    ]
    units = {"talk": {"column": "Talk", "unit": "hh:mm:ss"}}
    file = write_book(tmp_path / "calls.xlsx", rows, {0: DATE_STYLE, 4: SPAN_STYLE})
    same(read(file, mapping(**units)))


def _day(iso: str, first: float) -> float:
    hour, minute, second = (int(part) for part in iso[11:].split(":"))
    return first + int(iso[8:10]) - 4 + (3600 * hour + 60 * minute + second) / 86_400


def _span(seconds: str) -> float | None:
    return int(seconds) / 86_400 if seconds else None


def test_several_files_folders_and_patterns(tmp_path: Path):
    write(tmp_path / "b.csv", text(rows=CALLS[:2]), ".gz")
    write(tmp_path / "a.csv", text(";", rows=CALLS[2:]))
    write(tmp_path / "notes.md", "not a record")
    same(read(tmp_path, mapping()))
    same(read(tmp_path / "*.csv*", mapping()))
    same(read([tmp_path / "a.csv", tmp_path / "b.csv.gz"], mapping()))


def test_none_has_many_words(tmp_path: Path):
    rows = (
        text()
        .replace(",left,41,,,", ",left,41,N/A,NULL,")
        .replace(",voicemail,60,,,", ",voicemail,60,-,0,unknown")
    )
    same(read(write(tmp_path / "calls.csv", rows), mapping()))


def test_a_wait_ends_with_the_moment_of_the_answer_where_no_wait_is_written(tmp_path: Path):
    rows = "Start,Answered,Queue,Result,Talk\n2024-03-04 09:00:00,2024-03-04 09:00:25,care,ok,60\n"
    keys = {"waited": None, "agent": None, "customer": (), "answered_at": "Answered"}
    reading = read(write(tmp_path / "calls.csv", rows + "2024-03-04 09:01:00,,care,left,\n"), mapping(**keys))
    assert reading.contacts is not None
    assert reading.answered_s is not None
    assert reading.contacts.waited_s.tolist() == [25, 0]
    np.testing.assert_array_equal(reading.answered_s, [32_425, np.nan])


def test_a_wait_of_which_nobody_knows_is_said(tmp_path: Path):
    rows = text().replace(",left,41,", ",left,,").replace(",ok,0,", ",ok,,")
    reading = read(write(tmp_path / "calls.csv", rows), mapping())
    (tally,) = reading.corrected
    assert (
        str(tally) == "1: not answered, and no waiting time is written: taken as 0 (first: calls.csv, line 4)"
    )


def test_a_name_that_stands_twice_is_said(tmp_path: Path):
    rows = text().replace("Queue", "Queue,Queue", 1).replace(",sales", ",sales,x").replace(",care", ",care,x")
    reading = read(write(tmp_path / "calls.csv", rows), mapping())
    assert same(reading).queues == ("care", "sales")
    assert "calls.csv: more than one column 'Queue': the first is read" in reading.notes
