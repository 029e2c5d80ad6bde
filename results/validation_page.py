"""The page of a validation: pictures and tables of history and model side by side, and what hurts most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from calibration.validating.validation import Validation
from results.report import MADE_BY, page_html
from results.sections import Block, Section
from results.validation_figures import days_svg, hours_svg
from results.validation_grids import days_grid, hours_grid, totals_grid, tried_grid, types_grid
from results.validation_text import STAR
from results.validation_words import MISFIT, coverage_lines, opening, part_title, surge_sentence, verdict

FOOTER = f"{MADE_BY} Every figure is in validation.json and intervals.csv beside this page."


def validation_html(found: Validation, interval_min: int, read: Sequence[str] = ()) -> str:
    """The page; `read`: what reading the records said. The same validation gives the same bytes."""
    title, *facts = opening(found)
    return page_html(title, verdict(found.main), facts, tuple(_sections(found, interval_min, read)), FOOTER)


def _sections(found: Validation, interval_min: int, read: Sequence[str]) -> Iterator[Section]:
    yield Section("totals", "History and model", tuple(_totals(found)))
    hours = Block(texts=(STAR,), picture=Markup(hours_svg(found)), style="picture")
    by_hour = (hours, Block(table=hours_grid(found), style="dense"))
    yield Section("hours", f"By hour of the day: {part_title(found, found.main)}", by_hour)
    if len(found.awt_s) > 1:
        yield Section("types", "By contact type, all days", (Block(table=types_grid(found), style="dense"),))
    days = Block(picture=Markup(days_svg(found)), style="picture")
    yield Section("days", "By day", (days, Block(table=days_grid(found), style="dense")))
    lines = tuple(coverage_lines(found.main, interval_min))
    yield Section("intervals", "Single intervals", (Block(texts=lines),))
    if found.main.blame.tried:
        yield Section("causes", "What hurts most", tuple(_causes(found)))
    if read:
        yield Section("records", "The records", (Block(texts=tuple(read)),))


def _causes(found: Validation) -> Iterator[Block]:
    yield Block(texts=(verdict(found.main), MISFIT), table=tried_grid(found.main), style="narrow dense")
    if found.usual is not None:
        texts = (f"All days: {verdict(found.whole)}",)
        yield Block(texts=texts, table=tried_grid(found.whole), style="narrow dense")


def _totals(found: Validation) -> Iterator[Block]:
    yield Block(table=totals_grid(found, found.whole), style="narrow")
    if found.usual is not None:
        yield Block(texts=(surge_sentence(found),), table=totals_grid(found, found.usual), style="narrow")
