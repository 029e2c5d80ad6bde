"""The validation page: the simulation against exact values. `python -m tests.sim.theory.validation [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.sim.theory import erlang_a_table, published_day
from tests.sim.theory.markov import checks
from tests.sim.theory.page_table import section

TITLE = "# The simulation against exact values\n"
MADE_BY = "This page is made by `python -m tests.sim.theory.validation`.\n"
SECTIONS = (
    (erlang_a_table.all_checks, erlang_a_table.told),
    (checks.all_checks, checks.told),
    (published_day.comparisons, published_day.told),
)


def page() -> str:
    """Every table, one below the other."""
    return "\n".join((TITLE, *(section(found_by, told) for found_by, told in SECTIONS), MADE_BY))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="file to write; default: print")
    out: Path | None = parser.parse_args(arguments).out
    if out is None:
        print(page())
    else:
        out.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
