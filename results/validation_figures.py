"""Pictures of a validation: history as black dots, the model as a slate line with its limits as a band."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from calibration.validating.comparing import Row
from calibration.validating.validation import Validation
from results.colors import AS_IS, LESS, NEEDED, PLANNED
from results.figures import WIDTH_IN, axes_of, svg_of
from results.validation_grids import is_inside
from results.validation_words import LABELS

MEASURES = ("abandonment_rate", "mean_wait_s", "service_level")
FEW = 0.005
"""An hour with a smaller share of the contacts is in the table only: its limits would fill the picture."""
_BAND = 0.35
_ROW_IN = 2.5


def plot_by_hour(rows: Sequence[Row], measure: str, ax: Axes | None = None) -> Axes:
    """One measure by hour of the day; history in red where it lies outside the limits of one history."""
    ax = ax or axes_of(WIDTH_IN / 3, _ROW_IN)
    least = FEW * sum(one.offered for one in rows if one.measure == measure)
    mine = [
        one for one in rows if one.measure == measure and one.predicted is not None and one.offered >= least
    ]
    hours = np.array([int(one.name) + 0.5 for one in mine])
    _draw(ax, hours, mine)
    ax.set_xlabel("hour of the day")
    ax.xaxis.set_major_locator(MultipleLocator(3))
    return ax


def plot_by_day(rows: Sequence[Row], measure: str, ax: Axes | None = None) -> Axes:
    """One measure day after day."""
    ax = ax or axes_of(WIDTH_IN, _ROW_IN)
    mine = [one for one in rows if one.measure == measure and one.predicted is not None]
    _draw(ax, np.arange(len(mine), dtype=np.float64), mine)
    shown = range(0, len(mine), max(1, len(mine) // 15))
    ax.set_xticks(list(shown), [mine[i].name[5:] for i in shown])
    return ax


def _draw(ax: Axes, at: np.ndarray, rows: Sequence[Row]) -> None:
    if not rows:
        return
    factor = 1.0 if rows[0].measure == "mean_wait_s" else 100.0
    low, high, said = (
        factor * np.array([getattr(one, name) for one in rows], dtype=np.float64)
        for name in ("low", "high", "predicted")
    )
    ax.fill_between(at, low, high, color=AS_IS, alpha=_BAND, linewidth=0, label="model, 90 % limits")
    ax.plot(at, said, color=PLANNED, linewidth=1.4, label="model")
    seen = factor * np.array([np.nan if one.observed is None else one.observed for one in rows])
    inside = np.array([is_inside(one) for one in rows])
    ax.plot(at[inside], seen[inside], "o", color=NEEDED, markersize=3.4, label="history")
    ax.plot(at[~inside], seen[~inside], "o", color=LESS, markersize=3.4, label="history, outside")
    ax.set_title(LABELS[rows[0].measure])
    ax.set_ylim(bottom=0)


def hours_svg(found: Validation) -> str:
    """Abandonment, wait and service level by hour of the day."""

    def draw(figure: Figure) -> None:
        for ax, measure in zip(figure.subplots(1, len(MEASURES)), MEASURES, strict=True):
            plot_by_hour(found.hours, measure, ax)
        _legend(figure)

    return svg_of(draw, _ROW_IN + 0.4, "history and model by hour of the day")


def days_svg(found: Validation) -> str:
    """The same day after day, below each other."""
    rows = [one for one in found.rows if one.scope == "day"]

    def draw(figure: Figure) -> None:
        for ax, measure in zip(figure.subplots(len(MEASURES), 1), MEASURES, strict=True):
            plot_by_day(rows, measure, ax)
        _legend(figure)

    return svg_of(draw, 2.0 * len(MEASURES) + 0.4, "history and model by day")


def _legend(figure: Figure) -> None:
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), frameon=False)
