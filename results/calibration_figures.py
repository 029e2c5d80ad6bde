"""Pictures of a calibration: what the records hold in gray, what was fitted in slate, what would be wrong in red."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, NullFormatter

from results.calibration_data import DayProfile, FloatArray, LawFit, PatienceCurves, Presence, Spread
from results.colors import AS_IS, LESS, NEEDED, PLANNED
from results.figures import WIDTH_IN, axes_of, svg_of

_BAND = 0.22  # opacity
_ROW_IN = 2.3


# --- Arrivals ---------------------------------------------------------------------------------------------------------


def plot_profile(profile: DayProfile, ax: Axes | None = None) -> Axes:
    """Mean contacts by interval of the day; the band holds the middle 80 % of the days."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    ax.fill_between(
        profile.starts_h, profile.low, profile.high, step="post", color=AS_IS, alpha=_BAND + 0.1, linewidth=0
    )
    ax.step(profile.starts_h, profile.mean, where="post", color=PLANNED, linewidth=1.6)
    ax.set_title(f"{profile.label}, {profile.n_days} days")
    ax.set_ylabel("contacts an interval")
    _from_zero(ax, profile.high)
    _clock_axis(ax)
    return ax


def plot_day_factors(spread: Spread, ax: Axes | None = None) -> Axes:
    """Each day's contacts ÷ the mean of its class; days set apart in red."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    usual = ~spread.apart
    ax.axhspan(1 - spread.day_cv, 1 + spread.day_cv, color=PLANNED, alpha=_BAND, linewidth=0)
    ax.axhline(1.0, color=NEEDED, linewidth=0.8)
    ax.plot(spread.dates[usual], spread.factors[usual], "o", color=PLANNED, markersize=2.6)
    ax.plot(spread.dates[spread.apart], spread.factors[spread.apart], "x", color=LESS, markersize=4)
    ax.set_title("Busy days: contacts ÷ mean of the day's class")
    ax.set_ylim(bottom=0)
    half_a_week = np.timedelta64(84, "h")
    ax.set_xlim(spread.dates.min() - half_a_week, spread.dates.max() + half_a_week)
    locator = AutoDateLocator(maxticks=6)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    return ax


def plot_dispersion(spread: Spread, ax: Axes | None = None) -> Axes:
    """Variance against mean of the counts of an interval; chance alone (Poisson) lies on the dashed line."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    most = float(spread.interval_mean.max(initial=1.0))
    ax.plot(spread.interval_mean, spread.interval_variance, "o", color=AS_IS, markersize=2.6)
    ax.plot([0, most], [0, most], color=NEEDED, linewidth=1.0, linestyle=(0, (5, 3)))
    ax.plot([0, most], [0, spread.variance_to_mean * most], color=PLANNED, linewidth=1.4)
    ax.set_title(f"Intervals: variance is {spread.variance_to_mean:.1f} times the mean")
    ax.set_xlabel("mean contacts of an interval")
    ax.set_ylabel("variance over the days")
    ax.set_ylim(bottom=0)
    return ax


def profiles_svg(profiles: Sequence[DayProfile]) -> str:
    """A small picture for each class of weekdays, on one scale."""
    n_rows = (len(profiles) + 1) // 2

    def draw(figure: Figure) -> None:
        grid = figure.subplots(n_rows, 2, sharex=True, sharey=True, squeeze=False)
        for ax, profile in zip(grid.flat, profiles, strict=False):
            plot_profile(profile, ax)
            ax.label_outer()
        _from_zero(grid.flat[0], *(profile.high for profile in profiles))
        for ax in grid.flat[len(profiles) :]:
            ax.set_visible(False)

    return svg_of(draw, 0.3 + 1.95 * n_rows, "Contacts through the day")


def spread_svg(spread: Spread) -> str:
    """Days and intervals beside each other."""

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        plot_day_factors(spread, left)
        plot_dispersion(spread, right)

    return svg_of(draw, 2.6, "How much busier some days and intervals are")


# --- Talk -------------------------------------------------------------------------------------------------------------


def plot_density(fit: LawFit, ax: Axes | None = None) -> Axes:
    """Density of times on a logarithmic axis: the record in gray, the law as a line."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    middle_s = np.sqrt(fit.edges_s[1:] * fit.edges_s[:-1])
    ax.bar(
        fit.edges_s[:-1],
        fit.density * middle_s,
        width=np.diff(fit.edges_s),
        align="edge",
        color=AS_IS,
        alpha=0.5,
    )
    ax.plot(fit.at_s, fit.fitted * fit.at_s, color=PLANNED, linewidth=1.6)
    ax.set_xscale("log")
    _plain_numbers(ax.xaxis)
    ax.set_title(f"{fit.label}: {fit.n:,} talks")
    ax.set_xlabel("talk, s (logarithmic)")
    ax.set_ylabel("density of ln s")
    return ax


def plot_quantiles(fit: LawFit, ax: Axes | None = None) -> Axes:
    """Quantiles of the record against those of the law; on the line they agree."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    shown = (fit.expected_s > 0.0) & (fit.observed_s > 0.0)
    if shown.sum() < 2:  # too few times for a picture
        ax.set_axis_off()
        return ax
    ends = fit.expected_s[shown][[0, -1]]
    ax.plot(ends, ends, color=NEEDED, linewidth=1.0, linestyle=(0, (5, 3)))
    ax.plot(fit.expected_s[shown], fit.observed_s[shown], "o", color=PLANNED, markersize=2.6)
    ax.set(xscale="log", yscale="log")
    for axis in (ax.xaxis, ax.yaxis):
        _plain_numbers(axis)
    ax.set_title("Quantiles, 1 % to 99 %")
    ax.set_xlabel("law, s")
    ax.set_ylabel("record, s")
    return ax


def talk_svg(fit: LawFit) -> str:
    """Density and quantiles beside each other."""

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        plot_density(fit, left)
        plot_quantiles(fit, right)

    return svg_of(draw, _ROW_IN + 0.2, f"Talk: {fit.label}")


# --- Patience ---------------------------------------------------------------------------------------------------------


def plot_survival(curves: PatienceCurves, ax: Axes | None = None) -> Axes:
    """Share whose patience lasts longer: Kaplan-Meier, the fitted law, and what the naive mean would say."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    percent = 100.0
    ax.fill_between(
        curves.at_s,
        percent * curves.low,
        percent * curves.high,
        step="post",
        color=AS_IS,
        alpha=0.4,
        linewidth=0,
    )
    ax.step(
        curves.at_s,
        percent * curves.share,
        where="post",
        color=AS_IS,
        linewidth=1.4,
        label="Kaplan-Meier, 95 %",
    )
    ax.plot(curves.at_s, percent * curves.fitted, color=PLANNED, linewidth=1.6, label="law of the scenario")
    naive = np.exp(-curves.at_s / max(curves.naive_mean_s, 0.5))  # all may have left at once
    ax.plot(
        curves.at_s,
        percent * naive,
        color=LESS,
        linewidth=1.2,
        linestyle=(0, (5, 3)),
        label=f"wrong: mean wait of those who left, {curves.naive_mean_s:.0f} s",
    )
    ax.set_ylim(0, 103)
    ax.set_title(f"{curves.label}: still waiting, %")
    ax.set_xlabel("waited, s")
    ax.legend(frameon=False, fontsize=7.5)
    return ax


def plot_hazard(curves: PatienceCurves, ax: Axes | None = None) -> Axes:
    """Of those still waiting, the share that leaves per minute."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    middle_s = (curves.edges_s[1:] + curves.edges_s[:-1]) / 2
    reach = np.array([curves.hazard_per_min - curves.hazard_low, curves.hazard_high - curves.hazard_per_min])
    ax.errorbar(
        middle_s, 100 * curves.hazard_per_min, 100 * reach, fmt="o", color=AS_IS, markersize=3, linewidth=1.0
    )
    ax.plot(middle_s, 100 * curves.fitted_hazard_per_min, color=PLANNED, linewidth=1.6)
    ax.set_ylim(bottom=0)
    ax.set_title("Hazard: % a minute of those still waiting")
    ax.set_xlabel("waited, s")
    return ax


def patience_svg(curves: PatienceCurves) -> str:
    """Survival and hazard beside each other."""

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        plot_survival(curves, left)
        plot_hazard(curves, right)

    return svg_of(draw, _ROW_IN + 0.3, f"Patience: {curves.label}")


# --- People -----------------------------------------------------------------------------------------------------------


def plot_presence(presence: Presence, ax: Axes | None = None) -> Axes:
    """People at work through the day: the records' mean in gray, the scenario's whole people as a line."""
    ax = ax or axes_of(WIDTH_IN / 2, _ROW_IN)
    ax.step(presence.starts_h, presence.found, where="post", color=AS_IS, linewidth=2.4)
    ax.step(presence.starts_h, presence.stated, where="post", color=PLANNED, linewidth=1.2)
    ax.set_title(presence.label)
    ax.set_ylabel("people present")
    _from_zero(ax, presence.found, presence.stated)
    _clock_axis(ax)
    return ax


def presence_svg(days: Sequence[Presence]) -> str:
    """A small picture for each class of weekdays, on one scale."""
    n_rows = (len(days) + 1) // 2

    def draw(figure: Figure) -> None:
        grid = figure.subplots(n_rows, 2, sharex=True, sharey=True, squeeze=False)
        for ax, presence in zip(grid.flat, days, strict=False):
            plot_presence(presence, ax)
            ax.label_outer()
        _from_zero(grid.flat[0], *(one for day in days for one in (day.found, day.stated)))
        for ax in grid.flat[len(days) :]:
            ax.set_visible(False)

    return svg_of(draw, 0.3 + 1.95 * n_rows, "People present")


def _plain_numbers(axis: Axis) -> None:
    """10, 100, 1,000 in place of powers of ten."""
    axis.set_major_formatter(lambda value, _: f"{value:,g}")
    axis.set_minor_formatter(NullFormatter())


def _from_zero(ax: Axes, *columns: FloatArray) -> None:
    """From 0 to a little above the largest; axes that share the scale follow."""
    most = max((float(column.max(initial=0.0)) for column in columns), default=0.0)
    ax.set_ylim(0.0, 1.06 * most or 1.0)


def _clock_axis(ax: Axes) -> None:
    ax.xaxis.set_major_locator(MultipleLocator(3))
    ax.xaxis.set_major_formatter(lambda hours, _: f"{hours:.0f}:00")
    ax.set_xlabel("time of day")
