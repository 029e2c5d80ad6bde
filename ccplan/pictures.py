"""Pictures of single measures, for notebooks and scripts. Each takes `ax=None` and returns the axes.

Without axes they are drawn on pyplot's, which a notebook shows at the end of the cell. Intervals are 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccplan.asking import DERIVED
from results import derived
from results.colors import AS_IS, DESIGNS, NEEDED, PLANNED
from results.formats import PERCENT, figure_text
from results.texts.measures import MeasureWords, words_of
from sim.measures.estimates import Estimate, FloatArray, estimate
from sim.measures.result import Result
from sim.measures.scopes import Scope

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccplan.answers import Comparison
    from optimizer.plan import Plan

WIDTH_IN = 8.0


@dataclass(frozen=True)
class _Point:
    """A figure with the words beside it and its color."""

    label: str
    found: Estimate
    color: str
    beside: str = ""


def plot_through_day(result: Result, measure: str, ax: Axes | None = None) -> Axes:
    """One measure of the whole center by the time of day, all days together, with its band; the promise dashed."""
    ax = ax or _axes(3.0)
    words, calendar = words_of(measure), result.scenario.calendar
    hours, found = [], []
    for i in range(calendar.n_intervals_per_day):
        above, below = _of_clock(result, measure, i)
        if below is None or below.sum() > 0.0:
            hours.append((i + 0.5) * calendar.interval_min / 60.0)
            found.append(estimate(above, below))
    value = np.array([one.value for one in found]) * words.unit.factor
    half = np.array([one.half_width or 0.0 for one in found]) * words.unit.factor
    ends = (0.0, 100.0) if words.unit is PERCENT else (-np.inf, np.inf)
    low, high = np.clip(value - half, *ends), np.clip(value + half, *ends)
    ax.fill_between(hours, low, high, color=PLANNED, alpha=0.22, linewidth=0)
    ax.plot(hours, value, color=PLANNED, linewidth=1.6, marker="o", markersize=3)
    _draw_promise(ax, result, measure, vertical=False)
    ax.set_xlabel("time of day, h")
    ax.set_ylabel(axis_label(words, result))
    ax.set_title(result.scenario.label, loc="left", fontsize=10)
    return ax


def plot_by_name(result: Result, measure: str, ax: Axes | None = None) -> Axes:
    """One measure: all together and each contact type (or group, or bot), with intervals."""
    scope = _scope_of(result, measure)
    points = [_Point("all", derived.figure(result, measure), NEEDED)]
    names = result.names(scope) if scope != "total" else []
    points += [
        _Point(result.scenario.label_of(scope, name), result.estimate(measure, scope, name), PLANNED)
        for name in (names if len(names) > 1 else [])
    ]
    ax = _draw_points(points, words_of(measure), result, ax)
    _draw_promise(ax, result, measure, vertical=True)
    ax.set_title(result.scenario.label, loc="left", fontsize=10)
    return ax


def plot_side_by_side(comparison: Comparison, measure: str, ax: Axes | None = None) -> Axes:
    """One measure of baseline and designs with their intervals; beside each design its paired difference."""
    words, baseline = words_of(measure), comparison.baseline
    points = [_Point(baseline.scenario.label, baseline.estimate(measure), AS_IS)]
    for i, (name, design) in enumerate(comparison.designs.items()):
        change = figure_text(comparison.difference(measure, name), words.unit, signed=True)
        color = DESIGNS[i % len(DESIGNS)]
        points.append(_Point(design.scenario.label, design.estimate(measure), color, f"difference {change}"))
    ax = _draw_points(points, words, baseline.result, ax)
    _draw_promise(ax, baseline.result, measure, vertical=True)
    return ax


def plot_plan(plan: Plan, group: str, ax: Axes | None = None) -> Axes:
    """People present (filled) against people needed (line) over the horizon."""
    from results.gathering import gather_plan
    from results.plan_figures import plot_staffing

    data = gather_plan(plan)
    planned = data.cases[0].plan
    if planned is None:
        raise AssertionError("a plan was gathered without its plan")
    chosen = next(one for one in planned.groups if one.name == group)
    ax = plot_staffing(chosen, data.horizon, ax=ax or _axes(2.6))
    ax.legend(loc="upper right", ncols=3, frameon=False, fontsize=8)
    return ax


def axis_label(words: MeasureWords, result: Result) -> str:
    """The label with its unit: "Service level, %"."""
    sign = result.scenario.money.currency if words.unit.sign == "money" else words.unit.sign
    return f"{words.label}, {sign}" if sign else words.label


def _draw_points(points: Sequence[_Point], words: MeasureWords, result: Result, ax: Axes | None) -> Axes:
    ax = ax or _axes(0.8 + 0.4 * len(points))
    for i, point in enumerate(points):
        if point.found.value is None:
            continue
        value = point.found.value * words.unit.factor
        half = (point.found.half_width or 0.0) * words.unit.factor
        ax.errorbar(value, i, xerr=half, fmt="o", color=point.color, capsize=4, markersize=6)
        text = figure_text(point.found, words.unit) + (f"   ({point.beside})" if point.beside else "")
        note = ax.annotate(
            text, (value, i), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8.5
        )
        note.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5})
    ax.set_yticks(range(len(points)), [point.label for point in points])
    ax.set_ylim(len(points) - 0.5, -0.8)
    ax.margins(x=0.35)
    ax.set_xlabel(axis_label(words, result))
    return ax


def _draw_promise(ax: Axes, result: Result, measure: str, vertical: bool) -> None:
    """The promised service level, where all types promise the same."""
    targets = [declared.service_target for declared in result.scenario.contact_type.values()]
    shares = {target.share if target else None for target in targets}
    share = shares.pop() if len(shares) == 1 else None
    if measure == "service_level" and share is not None:
        draw = ax.axvline if vertical else ax.axhline
        draw(100.0 * share, color=NEEDED, linewidth=1.0, linestyle=(0, (5, 3)))


def _scope_of(result: Result, measure: str) -> Scope:
    """Contact types where the measure is told of them, else groups, else bots."""
    if measure in DERIVED:
        return "total"
    told = {scope for name, scope, _ in result.figures() if name == measure}
    scopes: tuple[Scope, ...] = ("contact_type", "agent_group", "bot")
    return next((scope for scope in scopes if scope in told), "total")


def _of_clock(result: Result, measure: str, i: int) -> tuple[FloatArray, FloatArray | None]:
    """Sums of one interval of the day, added up over the days."""
    n_per_day = result.scenario.calendar.n_intervals_per_day
    days = [
        result.series(measure, interval=interval)
        for interval in range(i, result.world.n_intervals, n_per_day)
    ]
    above = np.sum([day.numerator for day in days], axis=0)
    below = [day.denominator for day in days if day.denominator is not None]
    if not below:  # a count: per day, not per horizon
        return above / len(days), None
    return above, np.sum(below, axis=0)


def _axes(height_in: float) -> Axes:
    from matplotlib import pyplot, rc_context

    from results.figures import STYLE

    with rc_context({**STYLE, "figure.dpi": 110}):
        axes: Axes = pyplot.subplots(figsize=(WIDTH_IN, height_in), layout="constrained")[1]
    return axes
