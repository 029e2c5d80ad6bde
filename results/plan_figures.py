"""Pictures of plans: people present against people needed, and the price of certainty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from results.case_tables import numbered
from results.colors import DESIGNS, LESS, NEEDED, PLANNED, colors_of
from results.figures import WIDTH_IN, axes_of, svg_of
from results.formats import MONEY, value_text
from results.plan_tables import day_text
from results.study import CaseData, Horizon, PlannedGroup, StudyData

if TYPE_CHECKING:
    from optimizer.uncertain.certainty import Certainty, Priced
    from scenarios import Scenario


# --- Staffing against requirement -----------------------------------------------------------------


def plot_staffing(
    group: PlannedGroup, horizon: Horizon, color: str = PLANNED, title: str = "", ax: Axes | None = None
) -> Axes:
    """People present (filled) and needed (line) over the horizon; red where fewer are present than needed.

    Days are named; a single day has its hours.
    """
    ax = ax or axes_of(WIDTH_IN, 1.9)
    days = [i / horizon.n_per_day for i in range(len(group.people) + 1)]
    present, needed = _stepped(group.people), _stepped([float(n) for n in group.requirement])
    ax.fill_between(days, present, step="post", color=color, alpha=0.45, linewidth=0, label="present")
    short = [there < needs - 1e-9 for there, needs in zip(present, needed, strict=True)]
    ax.fill_between(days, present, needed, where=short, step="post", color=LESS, linewidth=0, label="short")
    ax.step(days, needed, where="post", color=NEEDED, linewidth=0.9, label="needed")
    ax.set_xlim(0, horizon.days)
    ax.set_ylim(0, None)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    if horizon.days == 1:
        _name_hours(ax)
    else:
        _name_days(ax, horizon)
    ax.set_ylabel("people")
    ax.set_title(title or group.label)
    return ax


def _name_hours(ax: Axes) -> None:
    """Ticks every three hours of a single day."""
    ax.set_xticks([hour / 24 for hour in range(0, 25, 3)], [f"{hour}:00" for hour in range(0, 25, 3)])


def _name_days(ax: Axes, horizon: Horizon) -> None:
    """The names of days below their middle, and lines between them."""
    days = range(horizon.days)
    ax.set_xticks([day + 0.5 for day in days], [day_text(horizon, day) for day in days])
    ax.tick_params(axis="x", length=0)
    ax.grid(axis="x", visible=False)
    for day in days[1:]:
        ax.axvline(day, color="#c9cfd6", linewidth=0.7)


def staffing_svg(data: StudyData, case: CaseData) -> str:
    """One picture a group of a planned case."""
    groups = case.plan.groups if case.plan else ()
    color = colors_of(data)[case.key]

    def draw(figure: Figure) -> None:
        axes = figure.subplots(len(groups), 1, squeeze=False)
        for ax, group in zip(axes.flat, groups, strict=True):
            title = group.label if len(data.cases) == 1 else f"{numbered(data, case)}: {group.label}"
            plot_staffing(group, data.horizon, color, title, ax)
        axes.flat[0].legend(loc="upper right", ncols=3, frameon=False, fontsize=8, bbox_to_anchor=(1.0, 1.22))

    return svg_of(draw, 0.25 + 1.75 * len(groups), f"Staffing against requirement: {case.label}")


def _stepped(values: Sequence[float]) -> list[float]:
    """With the last value once more, so that the last step has its width."""
    return [*values, values[-1]]


# --- The price of certainty -----------------------------------------------------------------------


def plot_certainty(curve: Sequence[Certainty], currency: str = "", ax: Axes | None = None) -> Axes:
    """Cost of people against the share of days on target: as promised (filled, joined), and on fresh days (hollow)."""
    ax = ax or axes_of(WIDTH_IN, 3.4)
    promised = [100.0 * one.promised for one in curve]
    _draw_priced(ax, promised, [one.without for one in curve], PLANNED, "shifts stay as they are")
    changed = [one.with_actions for one in curve if one.with_actions is not None]
    if len(changed) == len(curve):
        _draw_priced(ax, promised, changed, DESIGNS[2], "with changes on the day (expected cost)")
    ax.set_xlabel("days on target, %: filled as promised, hollow on fresh days with their interval")
    ax.set_ylabel(f"cost of people, {currency}".rstrip(", "))
    ax.yaxis.set_major_formatter(lambda value, _: value_text(value, MONEY))
    ax.legend(frameon=False, loc="upper left")
    return ax


def certainty_svg(scenario: Scenario, curve: Sequence[Certainty]) -> str:
    """The price of certainty of one scenario."""

    def draw(figure: Figure) -> None:
        ax = plot_certainty(curve, scenario.money.currency, figure.subplots())
        ax.set_title(scenario.label)

    return svg_of(draw, 3.4, f"The price of certainty: {scenario.label}")


def _draw_priced(ax: Axes, promised: list[float], plans: Sequence[Priced], color: str, label: str) -> None:
    costs = [one.cost for one in plans]
    ax.plot(promised, costs, color=color, linewidth=1.6, marker="o", markersize=4, label=label)
    for one in plans:
        found = one.on_fresh_days
        if found.value is not None:
            half = 100.0 * (found.half_width or 0.0)
            place = (100.0 * found.value, one.cost)
            ax.errorbar(*place, xerr=half, color=color, linewidth=0.9, capsize=2, alpha=0.7)
            ax.plot(*place, color=color, marker="o", markersize=4, markerfacecolor="white", linewidth=0)
