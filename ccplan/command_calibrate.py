"""`ccplan calibrate`: a scenario from a center's own records, and the page that shows what they say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.exits import NothingKept
from ccplan.records_given import read_records, records_options

if TYPE_CHECKING:
    from calibration.composing.center import Center
    from calibration.people.staffing import Staffing
    from calibration.records.contacts import Contacts
    from calibration.records.reading import Reading
    from calibration.records.spells import Spells


@click.command("calibrate", short_help="A scenario from a center's own records.")
@click.argument("calls", metavar="CALLS...", nargs=-1, required=True)
@records_options
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The scenario file."
)
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
        reading, contacts, people = read_records("calibrate", calls, mapping, staffing, first, last)
        center = _fitted(contacts, people, reading.spells)
    except KeyboardInterrupt as interrupt:
        raise NothingKept("nothing is written yet: the same command begins anew") from interrupt
    _deliver(center, reading, name, out, json_to)


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
