"""`ccplan forecast`: the coming weeks' contacts from a center's own records."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.exits import NothingKept, TargetUnreachable

if TYPE_CHECKING:
    from calibration.forecast import Forecast, History
    from calibration.records.reading import Reading
    from scenarios import Scenario

SHORTEST_DAYS = 7
USUAL_MIN = 30
WORTH_TELLING = 0.005
DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.command("forecast", short_help="The coming weeks' contacts, from your own records.")
@click.argument("calls", metavar="CALLS…", nargs=-1, required=True)
@click.option(
    "--map", "mapping", metavar="NAME-or-FILE", help="What the columns mean.  [default: recognized]"
)
@click.option("--weeks", type=click.IntRange(1, 52), default=4, show_default=True, help="How many weeks.")
@click.option(
    "--same-weekdays",
    type=click.IntRange(1, 52),
    default=4,
    show_default=True,
    metavar="K",
    help="An interval is the mean of that of the last K same weekdays.",
)
@click.option("--level", is_flag=True, help="Scale all to the level of the last two weeks.")
@click.option(
    "--interval", "interval_min", type=click.IntRange(5, 1440), metavar="MIN", help="Length of an interval."
)
@click.option("--from", "first", type=DATE, metavar="DATE", help="First day of the history to use.")
@click.option(
    "--to", "last", type=DATE, metavar="DATE", help="Last day of it; the forecast begins on the next."
)
@click.option(
    "--for", "base", metavar="SCENARIO", help="Forecast by its contact types; needed for a scenario."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A table (.csv), or a scenario (.toml, with its table beside it).",
)
@click.option("--json", "json_to", metavar="FILE", help="Figures as JSON; - is standard output, alone.")
def forecast(
    calls: tuple[str, ...],
    mapping: str | None,
    weeks: int,
    same_weekdays: int,
    level: bool,
    interval_min: int | None,
    first: datetime | None,
    last: datetime | None,
    base: str | None,
    out: Path | None,
    json_to: str | None,
) -> None:
    """Forecast contacts by interval and queue from CALLS: files, folders or patterns, or a shipped sample's name.

    The plain seasonal method, with limits from how far it missed on the records themselves. Days on which the record
    has a hole or something happened are set apart. With --for and --out the forecast becomes a scenario.
    """
    _require_kind(out, base)
    scenario, reading = _given(base, calls, mapping)
    history, notes = _history(reading, scenario, interval_min, (first, last))
    found = _forecast(history, weeks, same_weekdays, level)
    written = _write(found, scenario, base, out)
    _tell(found, reading, [*notes, *written], json_to)


def _require_kind(out: Path | None, base: str | None) -> None:
    """Fault where it is not clear what is to be written."""
    if out is None:
        return
    if out.suffix not in {".csv", ".toml"}:
        raise click.UsageError(f"--out: got '{out}', expected a name that ends with .csv or .toml")
    if out.suffix == ".toml" and base is None:
        raise click.UsageError(
            f"--out: got '{out}', expected --for SCENARIO beside it: the forecast is put in the place of its demand"
        )


def _given(base: str | None, calls: tuple[str, ...], mapping: str | None) -> tuple[Scenario | None, Reading]:
    """Scenario and records; the faults of both are told together."""
    from calibration.records.reading import read
    from ccplan.records_given import own_or_shipped
    from scenarios import Fault, FaultyInput, load

    faults: list[Fault] = []
    scenario, reading = None, None
    try:
        scenario = load(base) if base is not None else None
    except FaultyInput as faulty:
        faults += faulty.faults
    try:
        reading = read([own_or_shipped(name) for name in calls], mapping)
    except FaultyInput as faulty:
        faults += faulty.faults
    if faults or reading is None:
        raise FaultyInput(faults)
    return scenario, reading


def _forecast(history: History, weeks: int, same_weekdays: int, level: bool) -> Forecast:
    """With a line that shows how often the history has been forecast."""
    from calibration.forecast import Method
    from calibration.forecast import forecast as forecast_of
    from ccplan.progress import ProgressLine

    line = ProgressLine("forecasting the history", unit="times")
    try:
        return forecast_of(history, weeks, Method(same_weekdays, level), line)
    except KeyboardInterrupt as interrupt:
        raise NothingKept("nothing is written yet: the same command begins anew") from interrupt
    finally:
        line.close()


def _history(
    reading: Reading,
    scenario: Scenario | None,
    interval_min: int | None,
    span: tuple[datetime | None, datetime | None],
) -> tuple[History, list[str]]:
    """Counts by interval and queue, by the scenario's types where there is one; and what is to be said of it."""
    from calibration.forecast.columns import keyed, matched
    from calibration.forecast.history import history_of

    record = reading.contacts if reading.contacts is not None else reading.intervals
    assert record is not None, "a reading has contacts or intervals"
    wanted = scenario.calendar.interval_min if scenario else None
    minutes = interval_min or wanted or USUAL_MIN
    _require_dividing(minutes, wanted)
    first, last = (None if moment is None else moment.date() for moment in span)
    history = history_of(record, 60 * minutes).between(first, last)
    _require_length(history, minutes if interval_min or wanted else None)
    if scenario is None:
        return keyed(history), []
    found = matched(history, scenario)
    lost = [
        f"Left out, as {scenario.name} has no type for it: {q}, {n:,} contacts"
        for q, n in found.left_out.items()
    ]
    return found.history, lost


def _require_dividing(minutes: int, wanted: int | None) -> None:
    if 1440 % minutes:
        raise click.UsageError(
            f"--interval: got {minutes}, expected minutes that divide the day, as 15, 30 or 60"
        )
    if wanted is not None and minutes != wanted:
        raise click.UsageError(
            f"--interval: got {minutes}, expected the scenario's own interval_min, {wanted}"
        )


def _require_length(history: History, minutes: int | None) -> None:
    """A report has its own intervals; and a week is the least from which a week can be told."""
    if minutes is not None and history.interval_s != 60 * minutes:
        raise click.UsageError(
            f"--interval: got {minutes}, expected {history.interval_s // 60}, by which the report counts"
        )
    if history.n_days < SHORTEST_DAYS:
        raise TargetUnreachable(
            f"no forecast: the records hold {history.n_days} days, and a week of forecast needs a week of them at least"
        )


def _write(found: Forecast, scenario: Scenario | None, base: str | None, out: Path | None) -> list[str]:
    """The files asked for, and a line for each."""
    if out is None:
        return []
    from calibration.forecast.written import demand_csv, scenario_text

    table = out.with_suffix(".csv")
    _save(table, demand_csv(found))
    written = [f"Table: {table}"]
    if out.suffix == ".toml" and scenario is not None and base is not None:
        from scenarios import load

        _save(out, scenario_text(found, scenario, _extends(base, out), out.stem, table.name))
        load(out)  # what the base says besides may not fit, as a list for other days does not
        written += _lost(found, scenario)
        written.append(f"Scenario: {out}, which extends {scenario.name}; ccplan simulate {out}")
    return written


def _lost(found: Forecast, scenario: Scenario) -> list[str]:
    """What is forecast for hours in which the scenario is closed, where that is worth a sentence."""
    from calibration.forecast.columns import outside_share

    share = outside_share(found.history, found.expected.mean, scenario)
    if share < WORTH_TELLING:
        return []
    return [
        f"{100.0 * share:.1f} % of the forecast falls into hours in which {scenario.name} is closed, and is lost there"
    ]


def _extends(base: str, out: Path) -> str:
    """The base as the file beside it names it: a shipped name, or a path from its folder."""
    import os

    from scenarios.reading import find

    path = find(base)
    return base if not Path(base).is_file() and path.stem == base else os.path.relpath(path, out.parent)


def _save(path: Path, text: str) -> None:
    from ccplan.output import unwritable

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def _tell(found: Forecast, reading: Reading, lines: list[str], json_to: str | None) -> None:
    """JSON where asked for, and the table on the screen; with `--json -` the JSON alone."""
    from ccplan.output import write_json
    from results.forecast_data import forecast_data
    from results.forecast_table import forecast_table
    from results.store import as_text

    if json_to is not None:
        figures = as_text(forecast_data(found))
        if json_to == "-":
            click.echo(figures, nl=False)
            return
        write_json(Path(json_to), figures)
    click.echo("\n".join(reading.lines()) + "\n")
    click.echo(forecast_table(found))
    if lines:
        click.echo("\n" + "\n".join(lines))
