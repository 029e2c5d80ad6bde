"""`ccplan validate`: a scenario held against a center's own history."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.exits import NothingKept
from ccplan.options import output_options, seed_option, workers_option
from ccplan.records_given import read_records, records_options

if TYPE_CHECKING:
    from calibration.people.staffing import Staffing
    from calibration.records.contacts import Contacts
    from calibration.records.reading import Reading
    from calibration.validating.validation import Validation
    from scenarios import Scenario

USUAL_REPLICATIONS, LEAST_REPLICATIONS = 39, 19


@click.command("validate", short_help="A scenario held against history.")
@click.argument("file", metavar="FILE")
@click.argument("calls", nargs=-1, required=True, metavar="CALLS…")
@records_options
@seed_option
@click.option(
    "--replications",
    type=click.IntRange(min=LEAST_REPLICATIONS),
    default=USUAL_REPLICATIONS,
    show_default=True,
    metavar="N",
    help="Of the history; with fewer than 19 there are no 90 % limits.",
)
@workers_option
@output_options
def validate(
    file: str,
    calls: tuple[str, ...],
    mapping: str | None,
    staffing: Path | None,
    first: datetime | None,
    last: datetime | None,
    seed: int,
    replications: int,
    workers: int | None,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Replay a center's own contacts and people through the laws of a scenario (a file or a shipped name).

    CALLS are records call by call, as the center's system exports them. Customers who called again are in the records
    already: the scenario's redials and returns are left out. Says how far the model is from what happened, and which
    assumption hurts most.
    """
    scenario, reading, contacts, people = _inputs(file, calls, mapping, staffing, first, last)
    from ccplan.output import require_writable
    from results.store import run_folder

    folder = run_folder(f"{scenario.name}-validation", seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    try:
        found = _validated(scenario, (reading, contacts, people), seed, replications, workers)
    except KeyboardInterrupt as interrupt:
        raise NothingKept("of a validation nothing is kept: the same command begins anew") from interrupt
    _deliver(found, scenario, reading.lines(), began_s, folder, json_to)


def _inputs(
    file: str,
    calls: tuple[str, ...],
    mapping: str | None,
    staffing: Path | None,
    first: datetime | None,
    last: datetime | None,
) -> tuple[Scenario, Reading, Contacts, Staffing | None]:
    """Scenario, records and staffing file; the faults of all of them at once."""
    from scenarios import Fault, FaultyInput, load

    faults: list[Fault] = []
    scenario = records = None
    try:
        scenario = load(file)
    except FaultyInput as faulty:
        faults += faulty.faults
    try:
        records = read_records("validate", calls, mapping, staffing, first, last)
    except FaultyInput as faulty:
        faults += faulty.faults
    if faults or scenario is None or records is None:
        raise FaultyInput(faults)
    return scenario, *records


def _validated(
    scenario: Scenario,
    records: tuple[Reading, Contacts, Staffing | None],
    seed: int,
    replications: int,
    workers: int | None,
) -> Validation:
    from calibration.composing.spans import spells_between
    from calibration.validating.validation import Asked
    from calibration.validating.validation import validate as validated
    from ccplan.progress import ProgressLine
    from ccplan.running import pool_of

    reading, contacts, people = records
    logins = None if reading.spells is None else spells_between(reading.spells, contacts)
    line = ProgressLine("replaying")
    noted = ""

    def tell(what: str, done: int, of: int | None) -> None:
        nonlocal noted
        if what != noted:
            line.note(what)
            noted = what
        line(done, of)

    try:
        with pool_of(workers) as pool:
            file = ", ".join(reading.files)
            return validated(scenario, contacts, people, Asked(seed, replications), pool, tell, file, logins)
    finally:
        line.close()


def _deliver(
    found: Validation,
    scenario: Scenario,
    read: list[str],
    began_s: float,
    folder: Path,
    json_to: str | None,
) -> None:
    """The run folder with page, JSON and the intervals as CSV; and the table on the screen."""
    from ccplan.output import command_line, deliver
    from results.store import MANIFEST, as_text, manifest_of
    from results.validation_csv import intervals_csv
    from results.validation_data import validation_data
    from results.validation_page import validation_html
    from results.validation_text import validation_table

    minutes = scenario.calendar.interval_min
    figures = as_text(validation_data(found, time.monotonic() - began_s))
    table = validation_table(found, minutes, read)
    manifest = manifest_of(
        command_line(),
        {scenario.name: scenario},
        began_s,
        seed=found.seed,
        replications=found.replications,
    )
    files: dict[str, str | Path] = {
        "validation.json": figures,
        "validation.html": validation_html(found, minutes, read),
        "intervals.csv": intervals_csv(found),
        "table.txt": table,
        MANIFEST: as_text(manifest),
    }
    deliver(table, figures, files, folder, json_to)
