"""The page of a calibration: what the records say in pictures and figures, and what they leave open.

Takes `CalibrationData`. Gives HTML that opens from disk and needs nothing from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from results.calibration_data import CalibrationData, FigureRow, LawFit, PatienceCurves
from results.calibration_figures import patience_svg, presence_svg, profiles_svg, spread_svg, talk_svg
from results.calibration_tables import types_table
from results.formats import MISSING
from results.report import MADE_BY, page_html
from results.sections import Block, Section
from results.tabling import Cell, Grid, Row, row
from scenarios.sources import error_text

FOOTER = f"{MADE_BY} The scenario file stands beside this page."
_TITLES = {
    "types": "The contact types",
    "arrivals": "Contacts through the day",
    "busy": "How much busier some days are",
    "talk": "Talk",
    "patience": "Patience",
    "people": "People present",
    "figures": "Figures and their standard errors",
    "assumed": "Assumed: no record tells these",
    "apart": "Days set apart",
    "left_out": "What the files held",
}
_TYPES = "± is a standard error. Patience is told by everybody who waited, those answered included."
_ARRIVALS = (
    "The line is the mean of the usual days of a class, the band holds eight in ten of them. Days that were closed, "
    "had holes in the record or a surge stand apart and are not in it."
)
_BUSY = (
    "Left, a dot a day: its contacts divided by the mean of its class; the band is one coefficient of variation of the "
    "days, with the chance of the counts taken off. Right, a dot an interval of a class: on the dashed line the counts "
    "would differ by chance alone (Poisson); above it, busier days and intervals are real and need people."
)
_TALK = (
    "Gray is the record, the line the law that the scenario states. Of the laws tried, the one with the lowest BIC is "
    "taken (Schwarz 1978: number of parameters times ln n, less twice the log-likelihood); 10 more is strong evidence."
)
_CANDIDATES = (
    "Every law that was tried: its BIC beyond that of the best, and its log-likelihood below. The law in the "
    "scenario is the best whose parameters can be told from the record."
)
_PICTURED = 4  # contact types, the largest; the others are in the tables
_PATIENCE = (
    "Whoever was answered tells only that patience was longer than the wait. Kaplan and Meier (1958) count them for as "
    "long as they waited; the gray band has Greenwood's (1926) limits. The mean wait of those who left, in red, is "
    "what many reports call patience: it leaves out all who would have waited longer, and is wrong."
)
_PEOPLE = (
    "Gray is the mean of the usual days, the line the whole people that the scenario states. What rounding leaves is "
    "carried on to the next interval, so that the day's hours stay."
)
_FIGURES = (
    "The standard error is how far a figure would lie off, typically, in another record of the same length; twice it, "
    "both ways, is an interval that holds the truth 95 times in 100, if the law is the right one."
)


def calibration_html(data: CalibrationData) -> str:
    """The page. The same data give the same bytes."""
    return page_html(data.title, data.summary, data.facts, sections_of(data), FOOTER)


def sections_of(data: CalibrationData) -> tuple[Section, ...]:
    """The sections that the data can fill."""
    found = {
        "types": tuple(_types(data)),
        "arrivals": tuple(_arrivals(data)),
        "busy": tuple(_busy(data)),
        "talk": tuple(_talk(data.talk)),
        "patience": tuple(_patience(data.patience)),
        "people": tuple(_people(data)),
        "figures": tuple(_figures(data)),
        "assumed": tuple(_assumed(data)),
        "apart": tuple(_apart(data)),
        "left_out": tuple(_left_out(data)),
    }
    return tuple(Section(key, _TITLES[key], blocks) for key, blocks in found.items() if blocks)


def _types(data: CalibrationData) -> Iterator[Block]:
    if data.types:
        yield Block(texts=(_TYPES,), table=types_table(data), style="dense")


def _arrivals(data: CalibrationData) -> Iterator[Block]:
    if data.profiles:
        yield Block(texts=(_ARRIVALS,), picture=Markup(profiles_svg(data.profiles)), style="picture")


def _busy(data: CalibrationData) -> Iterator[Block]:
    if data.spread is not None:
        yield Block(texts=(_BUSY,), picture=Markup(spread_svg(data.spread)), style="picture")


def _talk(fits: Sequence[LawFit]) -> Iterator[Block]:
    for i, fit in enumerate(fits[:_PICTURED]):
        yield Block(texts=() if i else (_TALK,), picture=Markup(talk_svg(fit)), style="picture")
    if fits:
        yield Block(texts=(_CANDIDATES,), table=_candidates(fits), style="dense")


def _candidates(fits: Sequence[LawFit]) -> Grid:
    """BIC of every law that was tried beyond the best of its contact type, and the log-likelihood below it."""
    laws = dict.fromkeys(one.law for fit in fits for one in fit.candidates)
    rows = tuple(Row(law, tuple(_candidate(fit, law) for fit in fits)) for law in laws)
    return Grid(tuple(fit.label for fit in fits), rows, corner="Law")


def _candidate(fit: LawFit, law: str) -> Cell:
    best = min(one.bic for one in fit.candidates)
    for one in fit.candidates:
        if one.law == law:
            stated = "in the scenario" if one.chosen else f"{one.bic - best:,.1f}"
            return Cell(stated, f"{one.log_likelihood:,.1f}")
    return Cell(MISSING)


def _patience(curves: Sequence[PatienceCurves]) -> Iterator[Block]:
    for i, one in enumerate(curves[:_PICTURED]):
        yield Block(texts=() if i else (_PATIENCE,), picture=Markup(patience_svg(one)), style="picture")
    if curves:
        rows = tuple(
            row(
                one.label,
                f"{one.n:,}",
                f"{one.n_left:,}",
                f"{one.naive_mean_s:.0f} s",
                MISSING if one.median_s == float("inf") else f"{one.median_s:.0f} s",
            )
            for one in curves
        )
        columns = ("waited", "left", "naive mean", "median patience\n(Kaplan-Meier)")
        yield Block(table=Grid(columns, rows, corner="Contact type"), style="narrow dense")


def _people(data: CalibrationData) -> Iterator[Block]:
    if data.presence:
        yield Block(texts=(_PEOPLE,), picture=Markup(presence_svg(data.presence)), style="picture")


def _figures(data: CalibrationData) -> Iterator[Block]:
    if data.figures:
        keys = dict.fromkeys(one.key for one in data.figures)
        rows = tuple(_figure(key, [one for one in data.figures if one.key == key]) for key in keys)
        columns = ("", "value", "standard error", "n", "from")
        grid = Grid(columns, rows, corner="Figure", left=(0, 4))
        yield Block(texts=(_FIGURES,), table=grid, style="definitions")


def _figure(key: str, found: Sequence[FigureRow]) -> Row:
    """A row a key, a line a parameter."""
    errors = [MISSING if one.standard_error is None else error_text(one.standard_error) for one in found]
    columns = ([one.name for one in found], [one.value_text for one in found], errors)
    n = max((one.n for one in found if one.n is not None), default=None)
    return row(
        key, *("\n".join(column) for column in columns), MISSING if n is None else f"{n:,}", found[0].says
    )


def _assumed(data: CalibrationData) -> Iterator[Block]:
    if data.assumed:
        rows = tuple(Row(key, (Cell(why, mark="assumed"),)) for key, why in data.assumed)
        yield Block(table=Grid(("why",), rows, corner="Key", left=(0,)), style="sources")


def _apart(data: CalibrationData) -> Iterator[Block]:
    if data.days_apart:
        rows = tuple(row(day, why) for day, why in data.days_apart)
        yield Block(table=Grid(("why",), rows, corner="Day", left=(0,)), style="narrow dense")


def _left_out(data: CalibrationData) -> Iterator[Block]:
    if data.left_out or data.notes:
        rows = tuple(row(reason, f"{n:,}") for reason, n in data.left_out)
        table = Grid(("rows",), rows, corner="Reason") if rows else None
        yield Block(texts=data.notes, table=table, style="narrow dense")
