"""`ccplan calibrate`: a scenario from a center's own records, and the page that shows what they say."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.exits import NothingKept

if TYPE_CHECKING:
    from calibration.composing.center import Center
    from calibration.people.staffing import Staffing
    from calibration.records.contacts import Contacts
    from calibration.records.reading import Reading
    from calibration.records.spells import Spells

DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.command("calibrate", short_help="A scenario from a center's own records.")
@click.argument("calls", metavar="CALLS...", nargs=-1, required=True)
@click.option(
    "--map", "mapping", metavar="NAME-or-FILE", help="What the columns mean.  [default: recognized]"
)
@click.option(
    "--staffing", type=click.Path(path_type=Path), metavar="FILE", help="People present by interval."
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The scenario file."
)
@click.option("--from", "first", type=DATE, metavar="DATE", help="First day to use.")
@click.option("--to", "last", type=DATE, metavar="DATE", help="Last day to use.")
@click.option("--json", "json_to", metavar="FILE|-", help="Every figure with its standard error, as JSON.")
def calibrate(
    calls: tuple[str, ...],
    mapping: str | None,
    staffing: Path | None,
    out: Path,
    first: datetime | None,
    last: datetime | None,
    json_to: str | None,
) -> None:
    """Make a scenario from call records: what came, how long it took, who gave up, who was there.

    CALLS are files, folders or patterns, or the name of a shipped sample. Every figure's source and standard error
    stand in the scenario; what no record tells is marked as assumed. A page with pictures is written beside it.
    """
    name = _name_of(out)
    try:
        reading, contacts, people = _read(calls, mapping, staffing, (_day(first), _day(last)))
        center = _fitted(contacts, people, reading.spells)
    except KeyboardInterrupt as interrupt:
        raise NothingKept("nothing is written yet: the same command begins anew") from interrupt
    _deliver(center, reading, name, out, json_to)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _name_of(out: Path) -> str:
    """The scenario's name is that of its file; fault where it cannot be written, before the work."""
    from scenarios import Fault, FaultyInput

    faults = []
    if out.suffix != ".toml":
        faults.append(Fault("ccplan calibrate", "--out", f"got '{out}'", "a file such as my-center.toml"))
    if not out.parent.is_dir():
        faults.append(Fault("ccplan calibrate", "--out", f"no folder '{out.parent}'", "a folder that exists"))
    if faults:
        raise FaultyInput(faults)
    return out.stem


def _read(
    calls: tuple[str, ...], mapping: str | None, staffing: Path | None, span: tuple[date | None, date | None]
) -> tuple[Reading, Contacts, Staffing | None]:
    """Calls and staffing; the faults of both are told together."""
    from calibration.records.reading import read
    from ccplan.records_given import own_or_shipped
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
    return reading, _contacts(reading, *span), people


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


def _contacts(reading: Reading, first: date | None, last: date | None) -> Contacts:
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
        raise FaultyInput([Fault("ccplan calibrate", "--from, --to", found, f"days within {days}")])
    return contacts


def _fitted(contacts: Contacts, people: Staffing | None, spells: Spells | None) -> Center:
    from calibration.composing.center import fit_center
    from calibration.composing.spans import spells_between
    from ccplan.progress import ProgressLine

    line = ProgressLine("calibrating")
    logins = spells_between(spells, contacts) if spells is not None and len(spells) else None
    try:
        return fit_center(contacts, people, logins, note=line.note)
    finally:
        line.close()


def _deliver(center: Center, reading: Reading, name: str, out: Path, json_to: str | None) -> None:
    """The scenario, its page, JSON where asked for, and what was found on the screen, the paths last."""
    from calibration.composing.scenario import compose
    from results.calibration_gathering import gather_calibration
    from results.calibration_page import calibration_html
    from results.calibration_tables import calibration_json, calibration_text
    from results.store import as_text

    composed = compose(center, name, reading.files)
    left_out = [(tally.reason, tally.n) for tally in reading.left_out]
    data = gather_calibration(center, composed, left_out, reading.lines())
    page = out.with_name(f"{name}-calibration.html")
    _write(out, composed.text, "--out")
    _write(page, calibration_html(data), "--out")
    figures = as_text(calibration_json(data))
    if json_to == "-":
        click.echo(figures, nl=False)
        return
    if json_to is not None:
        _write(Path(json_to), figures, "--json")
    click.echo(calibration_text(data))
    click.echo(f"Scenario: {out}")
    click.echo(f"Page: {page}")


def _write(path: Path, text: str, option: str) -> None:
    from scenarios import Fault, FaultyInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        found = f"cannot write '{path}' ({error.strerror})"
        raise FaultyInput(
            [Fault("ccplan calibrate", option, found, "a file in a folder that exists")]
        ) from error
