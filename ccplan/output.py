"""Where a command's results go: a table on the screen, JSON where asked for, and a run folder."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

import click

from results.store import write_run
from scenarios import Fault, FaultyInput


def command_line() -> str:
    """The command as it was typed, so that it can be typed again."""
    return " ".join(["ccplan", *map(quote, sys.argv[1:])])


def deliver(
    table: str, figures: str, files: Mapping[str, str | Path], folder: Path, json_to: str | None
) -> None:
    """Write the run folder, then the JSON, then the screen; with `--json -` standard output holds the JSON alone."""
    write_folder(folder, files)
    if json_to == "-":
        click.echo(figures, nl=False)
        return
    if json_to is not None:
        write_json(Path(json_to), figures)
    click.echo(table)
    click.echo(f"Run folder: {folder}")


def require_writable(folder: Path) -> None:
    """Fault where a run folder cannot be made: said before hours of work, not after them."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".try-", dir=folder.parent):
            pass
    except OSError as error:
        raise unwritable(folder, error) from error


def write_folder(folder: Path, files: Mapping[str, str | Path]) -> None:
    """`write_run`, with a sentence where the place cannot be written."""
    try:
        write_run(folder, files)
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> FaultyInput:
    """The sentence where a run folder cannot be written."""
    found = f"cannot write '{folder}' ({error.strerror})"
    return FaultyInput([Fault("ccplan", "--out", found, "a folder that can be made")])


def write_json(path: Path, figures: str) -> None:
    """Write the figures, with a sentence where that cannot be."""
    try:
        path.write_text(figures, encoding="utf-8")
    except OSError as error:
        found = f"cannot write '{path}' ({error.strerror})"
        raise FaultyInput([Fault("ccplan", "--json", found, "a file in a folder that exists")]) from error
