"""The picture of a decision: cost against what customers get, every planned design with its intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimizer.design.answer import Answer
from optimizer.design.frontier import FrontierPoint
from results.colors import AS_IS, LESS, MORE, NEEDED, PLANNED
from results.design_tables import numbered
from results.figures import axes_of, svg_of
from results.formats import MONEY, value_text
from results.texts.measures import words_of
from sim.measures.costs.time import months_of
from sim.measures.estimates import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT_IN = 4.2


def plot_frontier(answer: Answer, ax: Axes | None = None) -> Axes:
    """Designs by number; the frontier a line through those than which none is both cheaper and better.

    Green: chosen; gray: nothing is done; red: breaks a guardrail. Intervals are 95 %.
    """
    ax = ax or axes_of(6.0, _HEIGHT_IN)
    words, numbers = words_of(answer.measure), numbered(answer.choice)
    currency, a_month = answer.study.baseline.money.currency, 1.0 / months_of(answer.study.baseline)
    for point in answer.frontier:
        x, half = _scaled(point.cost, a_month)
        y, half_y = _scaled(point.found, words.unit.factor)
        color = _color(answer, point)
        ax.errorbar(x, y, xerr=half, yerr=half_y, fmt="o", color=color, capsize=3, markersize=5)
        number = str(numbers[point.weighed.candidate.key])
        ax.annotate(number, (x, y), xytext=(5, 5), textcoords="offset points", fontsize=8.5)
    line = [point for point in answer.frontier if point.on_frontier]
    ax.plot(
        [_scaled(point.cost, a_month)[0] for point in line],
        [_scaled(point.found, words.unit.factor)[0] for point in line],
        color=NEEDED,
        linewidth=0.9,
        zorder=0,
    )
    ax.margins(0.12)
    ax.xaxis.set_major_formatter(lambda value, _: value_text(value, MONEY))
    ax.set_xlabel(f"cost, {currency} a month")
    sign = f", {words.unit.sign}" if words.unit.sign else ""
    ax.set_ylabel(f"{words.label.lower()}{sign}")
    return ax


def frontier_svg(answer: Answer) -> str:
    """The same as a file."""

    def draw(figure: Figure) -> None:
        plot_frontier(answer, figure.subplots())

    return svg_of(
        draw, _HEIGHT_IN, f"Cost and {words_of(answer.measure).label.lower()}: {answer.study.label}"
    )


def _scaled(found: Estimate, factor: float) -> tuple[float, float]:
    return (found.value or 0.0) * factor, (found.half_width or 0.0) * factor


def _color(answer: Answer, point: FrontierPoint) -> str:
    best, key = answer.choice.best, point.weighed.candidate.key
    if best is not None and key == best.candidate.key:
        return MORE
    if key == answer.choice.baseline.candidate.key:
        return AS_IS
    return LESS if point.weighed.broken else PLANNED
