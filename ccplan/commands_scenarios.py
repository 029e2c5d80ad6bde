"""`ccplan list`, `ccplan show` and `ccplan check`: the shipped catalog, one of it resolved, and a file's faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scenarios import Study


@click.command("check", short_help="All faults of a file at once, or ok.")
@click.argument("file")
def check(file: str) -> None:
    """Check a scenario or a study, with the files that it leads to.

    FILE is a path or a shipped name. Prints "ok", or every fault at once (exit code 2).
    """
    from scenarios import load_any

    load_any(file)
    click.echo("ok")


@click.command("show", short_help="One scenario or study, resolved.")
@click.argument("name")
def show(name: str) -> None:
    """Print a scenario with `extends` and `like` resolved, as TOML; or a study and its parts.

    NAME is a shipped name or a path; `ccplan show NAME > my.toml` is a start for a scenario of your own.
    """
    from scenarios import Scenario, dump, load_any

    shown = load_any(name)
    click.echo(dump(shown) if isinstance(shown, Scenario) else "\n".join(_study_lines(shown)), nl=False)


def _study_lines(study: Study) -> Iterator[str]:
    """A study's question and the scenarios that answer it."""
    yield f"{study.name}: {study.study}"
    if study.summary:
        yield study.summary
    yield ""
    width = max(len(part.name) for part in study.scenarios)
    for n, part in enumerate(study.scenarios):
        yield f"{'design' if n else 'baseline':8}  {part.name:{width}}  {part.summary}"
    yield ""
    yield f"Precision: half-width {study.precision:g} of the service-level difference."
    yield "`ccplan show NAME` prints one of these scenarios.\n"


@click.command("list", short_help="The shipped scenarios and studies.")
def list_() -> None:
    """Print the shipped scenarios and studies: name, kind, summary."""
    from scenarios import catalog_entries

    entries = catalog_entries()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        click.echo(f"{entry.name:{width}}  {entry.kind:8}  {entry.summary}")
