"""The pictures of a study, and how all pictures look. Every figure function takes `ax=None` and returns the axes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from results.case_tables import numbered
from results.colors import LESS, MORE, NEEDED, PLANNED, colors_of
from results.formats import MONEY, PEOPLE, Unit, number_text, places_of, value_text
from results.study import Bar, CaseData, Span, StudyData, Waterfall
from results.svg import inline_svg
from results.texts.waterfall import BARS, FULL_TIME_H

WIDTH_IN = 9.4
STYLE: Any = {
    "svg.fonttype": "none",  # letters stay letters: the page's font, searchable, and small
    "svg.hashsalt": "ccplan",
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#9aa3ad",
    "axes.linewidth": 0.7,
    "axes.axisbelow": True,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#e3e7eb",
    "grid.linewidth": 0.6,
    "xtick.color": "#4a545e",
    "ytick.color": "#4a545e",
}
Draw = Callable[[Figure], None]


# --- Waterfall ------------------------------------------------------------------------------------


def plot_waterfall(
    waterfall: Waterfall,
    unit: str = "money",
    currency: str = "",
    color: str = PLANNED,
    ax: Axes | None = None,
) -> Axes:
    """Bars from claim to net with their intervals, in "people" (40 paid hours a week) or "money" a year."""
    ax = ax or axes_of(WIDTH_IN, 3.6)
    before = 0.0
    for i, bar in enumerate(waterfall.bars):
        span = _of_unit(bar, unit)
        if span is None:
            continue
        start = before if bar.kind == "step" else 0.0
        before = start + span.value
        _draw_bar(ax, i, start, span, color if bar.kind == "level" else None)
        _write_value(ax, i, start, span, PEOPLE if unit == "people" else MONEY, bar.kind == "step")
    ax.axvline(0.0, color=NEEDED, linewidth=0.8)
    ax.set_yticks(range(len(waterfall.bars)), [BARS[bar.key] for bar in waterfall.bars])
    ax.set_ylim(len(waterfall.bars) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    ax.margins(x=0.16)
    if unit == "people":
        ax.set_xlabel(f"people saved ({FULL_TIME_H:g} paid hours a week each)")
    else:
        ax.set_xlabel(f"{currency} saved a year".strip())
        ax.xaxis.set_major_formatter(lambda value, _: value_text(value, MONEY))
    return ax


def waterfall_svg(data: StudyData, waterfall: Waterfall) -> str:
    """People and money beside each other."""
    color = colors_of(data)[waterfall.case]

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharey=True, gridspec_kw={"wspace": 0.06})
        plot_waterfall(waterfall, "people", "", color, left)
        plot_waterfall(waterfall, "money", data.currency, color, right)

    return svg_of(draw, 0.9 + 0.3 * len(waterfall.bars), f"From the claim to the net: {waterfall.label}")


def _of_unit(bar: Bar, unit: str) -> Span | None:
    if unit == "money":
        return bar.money
    if bar.key in ("price", "net"):
        return None
    hours = bar.paid_h
    ends = (None if end is None else end / FULL_TIME_H for end in (hours.low, hours.high))
    return Span(hours.value / FULL_TIME_H, *ends)


def _draw_bar(ax: Axes, i: int, start: float, span: Span, color: str | None) -> None:
    """A level in the design's color, a step red or green."""
    of_step = LESS if span.value < 0.0 else MORE
    ax.barh(i, span.value, left=start, height=0.62, color=color or of_step, alpha=0.9)
    if span.low is not None and span.high is not None and span.high > span.low:
        ends = [start + span.low, start + span.high]
        ax.plot(ends, [i, i], color=NEEDED, linewidth=1.1)
        ax.plot(ends, [i, i], color=NEEDED, marker="|", markersize=5, linewidth=0)


def _write_value(ax: Axes, i: int, start: float, span: Span, unit: Unit, signed: bool) -> None:
    """The value right of all that is drawn for its bar."""
    right = max(start, start + span.value, start + (span.high if span.high is not None else span.value))
    low, high = (span.value if end is None else end for end in (span.low, span.high))
    text = number_text(span.value, places_of((high - low) / 2.0, unit.decimals), signed)
    ax.annotate(text, (right, i), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5)


# --- Service through the day ----------------------------------------------------------------------


def plot_service_through_day(
    case: CaseData,
    target_share: float | None = None,
    color: str = PLANNED,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Service level by the time of day, % of offered, with its 95 % band; the promise dashed."""
    ax = ax or axes_of(WIDTH_IN / 2, 2.2)
    if case.day is not None:
        for hours, levels, half_widths in _runs_of(case):
            low = [100 * max(0.0, level - h) for level, h in zip(levels, half_widths, strict=True)]
            high = [100 * min(1.0, level + h) for level, h in zip(levels, half_widths, strict=True)]
            ax.fill_between(hours, low, high, color=color, alpha=0.22, linewidth=0)
            ax.plot(
                hours, [100 * level for level in levels], color=color, linewidth=1.6, marker="o", markersize=2
            )
    if target_share is not None:
        ax.axhline(100 * target_share, color=NEEDED, linewidth=1.0, linestyle=(0, (5, 3)))
    ax.set_ylim(0, 103)
    ax.set_title(title or case.label)
    ax.set_ylabel("answered in time, %")
    ax.xaxis.set_major_locator(MultipleLocator(3))
    ax.xaxis.set_major_formatter(lambda hours, _: f"{hours:.0f}:00")
    ax.set_xlabel("time of day")
    return ax


def service_svg(data: StudyData, cases: Sequence[CaseData]) -> str:
    """A small picture for each case, all on the same scales."""
    colors = colors_of(data)
    n_rows = (len(cases) + 1) // 2

    def draw(figure: Figure) -> None:
        grid = figure.subplots(n_rows, min(len(cases), 2), sharex=True, sharey=True, squeeze=False)
        for i, (ax, case) in enumerate(zip(grid.flat, cases, strict=False)):
            plot_service_through_day(case, data.target_share, colors[case.key], numbered(data, case), ax)
            ax.label_outer()
            ax.xaxis.set_tick_params(labelbottom=i + 2 >= len(cases))
        for ax in grid.flat[len(cases) :]:
            ax.set_visible(False)

    return svg_of(draw, 0.3 + 1.95 * n_rows, "Service through the day")


def _runs_of(case: CaseData) -> list[tuple[list[float], list[float], list[float]]]:
    """Hours, levels and half-widths of each stretch of the day without a hole."""
    day = case.day
    if day is None:
        return []
    step = min((b - a for a, b in pairwise(day.starts_min)), default=30)
    runs: list[tuple[list[float], list[float], list[float]]] = []
    before = None
    for start, level in zip(day.starts_min, day.service_level, strict=True):
        if before is None or start - before > step:
            runs.append(([], [], []))
        before = start
        for column, value in zip(
            runs[-1], ((start + step / 2) / 60, level.value, level.half_width), strict=True
        ):
            column.append(value or 0.0)
    return runs


# --- From figure to page --------------------------------------------------------------------------


def axes_of(width_in: float, height_in: float) -> Axes:
    """Axes of a figure of their own, in our style."""
    with rc_context(STYLE):
        return Figure(figsize=(width_in, height_in), layout="constrained").subplots()


def svg_of(draw: Draw, height_in: float, name: str) -> str:
    """The same picture gives the same bytes: ids are salted with its name, and no date is written."""
    with rc_context({**STYLE, "svg.hashsalt": name}):
        figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
        draw(figure)
        page = io.StringIO()
        figure.savefig(page, format="svg", metadata={"Date": None}, transparent=True)
    return inline_svg(page.getvalue(), name)
