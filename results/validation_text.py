"""A validation for the terminal, as its page has it too."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from calibration.validating.validation import Validation
from results.tables import WIDTH
from results.tabling import text_of
from results.validation_grids import hours_grid, totals_grid, tried_grid, types_grid
from results.validation_words import MISFIT, coverage_lines, opening, part_title, surge_sentence, verdict

STAR = "*: history lies outside the limits of its line."


def validation_table(found: Validation, interval_min: int, read: Sequence[str] = ()) -> str:
    """Totals, hours of the day, contact types, coverage of intervals, and what hurts most; `read`: of the records."""
    parts = list(_parts(found, interval_min))
    records = ["\n".join(_wrapped(line) for line in read)] if read else []
    return "\n\n".join([parts[0], *records, *parts[1:]])


def _parts(found: Validation, interval_min: int) -> Iterator[str]:
    yield "\n".join(_wrapped(line) for line in opening(found))
    yield text_of(totals_grid(found, found.whole))
    if found.usual is not None:
        yield text_of(totals_grid(found, found.usual))
        yield _wrapped(surge_sentence(found))
    yield f"By hour of the day: {part_title(found, found.main)}\n\n{text_of(hours_grid(found))}"
    if len(found.awt_s) > 1:
        yield f"By contact type, all days\n\n{text_of(types_grid(found))}"
    yield STAR
    yield "\n".join(_wrapped(line) for line in coverage_lines(found.main, interval_min))
    yield _wrapped(verdict(found.main))
    if found.usual is not None:
        yield _wrapped(f"All days: {verdict(found.whole)}")
    if found.main.blame.tried:
        yield text_of(tried_grid(found.main))
        yield _wrapped(MISFIT)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)
