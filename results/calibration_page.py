"""The page of a calibration: what the records say in pictures and figures, and what they leave open.

Takes `CalibrationData`. Gives HTML that opens from disk and needs nothing from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from results.calibration_data import CalibrationData, Candidate, FigureRow, LawFit, PatienceCurves
from results.calibration_figures import patience_svg, presence_svg, profiles_svg, spread_svg, talk_svg
from results.formats import MISSING
from results.report import MADE_BY, page_html
from results.sections import Block, Section
from results.tabling import Cell, Grid, Row, row

FOOTER = f"{MADE_BY} The scenario file stands beside this page."
_TITLES = {
    "arrivals": "Contacts through the day",
    "busy": "How much busier some days are",
    "talk": "Talk",
    "patience": "Patience",
    "people": "People present",
    "figures": "Figures and their standard errors",
    "assumed": "Assumed: no record tells these",
    "apart": "Days set apart",
    "left_out": "Rows left out",
}
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


def _arrivals(data: CalibrationData) -> Iterator[Block]:
    if data.profiles:
        yield Block(texts=(_ARRIVALS,), picture=Markup(profiles_svg(data.profiles)), style="picture")


def _busy(data: CalibrationData) -> Iterator[Block]:
    if data.spread is not None:
        yield Block(texts=(_BUSY,), picture=Markup(spread_svg(data.spread)), style="picture")


def _talk(fits: Sequence[LawFit]) -> Iterator[Block]:
    for i, fit in enumerate(fits):
        yield Block(texts=() if i else (_TALK,), picture=Markup(talk_svg(fit)), style="picture")
    if fits:
        yield Block(table=_candidates(fits), style="narrow dense")


def _candidates(fits: Sequence[LawFit]) -> Grid:
    """Log-likelihood and BIC of every law that was tried."""
    rows: list[Row] = []
    for fit in fits:
        rows.append(Row(fit.label, heading=True))
        best = min(one.bic for one in fit.candidates)
        rows += [_candidate(one, best) for one in sorted(fit.candidates, key=lambda one: one.bic)]
    return Grid(("log-likelihood", "BIC beyond the best", ""), tuple(rows), corner="Law", left=(2,))


def _candidate(one: Candidate, best: float) -> Row:
    return row(
        one.law,
        f"{one.log_likelihood:,.1f}",
        f"{one.bic - best:,.1f}",
        "in the scenario" if one.chosen else "",
        strong=one.chosen,
    )


def _patience(curves: Sequence[PatienceCurves]) -> Iterator[Block]:
    for i, one in enumerate(curves):
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
        rows: list[Row] = []
        for key in dict.fromkeys(one.key for one in data.figures):
            mine = [one for one in data.figures if one.key == key]
            rows.append(Row(f"{key}: {mine[0].says}", heading=True))
            rows += [_figure(one) for one in mine]
        columns = ("value", "standard error", "n")
        yield Block(texts=(_FIGURES,), table=Grid(columns, tuple(rows), corner="Figure"), style="dense")


def _figure(one: FigureRow) -> Row:
    error = MISSING if one.standard_error is None else f"{one.standard_error:.2g}"
    return row(one.name, one.value, error, MISSING if one.n is None else f"{one.n:,}")


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
