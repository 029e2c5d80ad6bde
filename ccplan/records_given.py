"""The records that a command is given: files, folders, patterns, or a shipped sample by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from calibration.people.staffing import Staffing
    from calibration.records.contacts import Contacts
    from calibration.records.reading import Reading

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
DATE = click.DateTime(formats=["%Y-%m-%d"])


def records_options(command: Decorated) -> Decorated:
    """What the columns mean, who was there, and which days to use."""
    options = (
        click.option(
            "--map", "mapping", metavar="NAME-or-FILE", help="What the columns mean.  [default: recognized]"
        ),
        click.option(
            "--staffing",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="People present by interval.  [default: inferred from the records]",
        ),
        click.option("--from", "first", type=DATE, metavar="DATE", help="First day to use."),
        click.option("--to", "last", type=DATE, metavar="DATE", help="Last day to use."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_records(
    command: str,
    calls: tuple[str, ...],
    mapping: str | None,
    staffing: Path | None,
    first: datetime | None,
    last: datetime | None,
) -> tuple[Reading, Contacts, Staffing | None]:
    """Calls and staffing; the faults of both are told together."""
    from calibration.records.reading import read
    from scenarios import Fault, FaultyInput

    faults: list[Fault] = []
    reading, people = None, None
    try:
        reading = read([own_or_shipped(name) for name in calls], mapping)
    except FaultyInput as faulty:
        faults += faulty.faults
    try:
        people = _people(None if staffing is None else own_or_shipped(staffing))
    except FaultyInput as faulty:
        faults += faulty.faults
    if faults or reading is None:
        raise FaultyInput(faults)
    return reading, _contacts(command, reading, _day(first), _day(last)), people


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _people(staffing: Path | None) -> Staffing | None:
    from calibration.people.staffing import StaffingError, read_staffing
    from scenarios import Fault, FaultyInput

    if staffing is None:
        return None
    try:
        return read_staffing(staffing)
    except StaffingError as error:
        told = [line.removeprefix(f"{staffing.name}: ") for line in str(error).splitlines()]
        raise FaultyInput([Fault(str(staffing), "", line) for line in told]) from error
    except OSError as error:
        raise FaultyInput([Fault(str(staffing), "", f"cannot be read ({error.strerror})")]) from error


def _contacts(command: str, reading: Reading, first: date | None, last: date | None) -> Contacts:
    from calibration.composing.spans import between
    from scenarios import Fault, FaultyInput

    if reading.contacts is None:
        expected = "records with a line for each call or event; of interval reports: ccplan forecast"
        raise FaultyInput(
            [Fault(reading.files[0], "", "holds counts by interval, no single calls", expected)]
        )
    contacts = between(reading.contacts, first, last)
    if not len(contacts):
        record = reading.contacts
        days = f"{record.first_day} to {date.fromordinal(record.first_day.toordinal() + record.n_days - 1)}"
        found = f"no contacts from {first or 'the beginning'} to {last or 'the end'}"
        raise FaultyInput([Fault(f"ccplan {command}", "--from, --to", found, f"days within {days}")])
    return contacts


def own_or_shipped(name: str | Path) -> Path:
    """What stands there under this name; else the shipped sample that has it; else the name, whose reader says why."""
    path = Path(name)
    if path.exists() or path.name != str(name):
        return path
    sample = Path(str(files("scenarios"))) / "catalog" / path.name
    return sample if path.suffixes[:1] == [".csv"] and sample.is_file() else path
