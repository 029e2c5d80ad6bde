"""The pictures, each with its table as CSV beside it; in the project's style."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.pairing import Pairing
from bench.scaling import SizePoint
from bench.schemes import MEASURES, SchemeRow
from results.colors import AS_IS, DESIGNS, PLANNED
from results.figures import STYLE

WIDTH_IN = 7.0
SIZE_PICTURE, PAIRING_PICTURE = "cost-against-size", "paired-against-independent"
SCHEMES_PICTURE = "steadier-draws"


def save_sizes(points: Sequence[SizePoint], folder: Path) -> None:
    """Cost against size."""
    head = ("agents", "contacts", "cpu_ns_per_contact_median", "least", "most")
    rows = [(p.n_agents, p.contacts, p.median_ns, p.least_ns, p.most_ns) for p in points]
    _save_table(folder / f"{SIZE_PICTURE}.csv", head, rows)
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_IN, 3.0), layout="constrained")
        plot_sizes(points, figure.subplots())
        _save_picture(figure, folder / f"{SIZE_PICTURE}.svg")


def save_pairings(pairings: Sequence[Pairing], folder: Path) -> None:
    """Paired against independent."""
    head = (
        "comparison",
        "replications",
        "paired",
        "half_width_paired",
        "independent",
        "half_width_independent",
    )
    rows = [
        (
            p.title,
            len(p.paired),
            p.change,
            p.paired_half_width,
            p.independent_change,
            p.independent_half_width,
            p.variance_ratio,
            *p.interval,
        )
        for p in pairings
    ]
    _save_table(folder / f"{PAIRING_PICTURE}.csv", (*head, "variance_ratio", "ratio_low", "ratio_high"), rows)
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_IN, 0.6 + 1.5 * len(pairings)), layout="constrained")
        for pairing, ax in zip(pairings, figure.subplots(len(pairings), 1, squeeze=False).flat, strict=True):
            plot_pairing(pairing, ax)
        _save_picture(figure, folder / f"{PAIRING_PICTURE}.svg")


def save_schemes(rows: Sequence[SchemeRow], folder: Path) -> None:
    """Antithetic and stratified replications against independent ones."""
    head = (
        "system",
        "measure",
        "draws",
        "replications",
        "value",
        "variance_ratio",
        "ratio_low",
        "ratio_high",
    )
    of_runs = [
        f"{what}_of_{run.replications}" for run in rows[0].runs for what in ("runs", "held", "half_width")
    ]
    cells = [
        (
            *(row.system, row.measure, row.scheme, row.replications, row.value, row.ratio, row.low, row.high),
            *(cell for run in row.runs for cell in (run.n, run.n_held, run.half_width)),
        )
        for row in rows
    ]
    _save_table(folder / f"{SCHEMES_PICTURE}.csv", (*head, *of_runs), cells)
    systems = list(dict.fromkeys(row.system for row in rows))
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_IN, 0.7 + 1.3 * len(systems)), layout="constrained")
        axes = figure.subplots(len(systems), 1, sharex=True, squeeze=False).flat
        for system, ax in zip(systems, axes, strict=True):
            plot_schemes([row for row in rows if row.system == system], ax)
        ax.set_xlim(0.0, 1.05 * max(row.high for row in rows))  # of both, once everything is drawn
        ax.set_xlabel("variance of independent replications ÷ of the scheme's (bars: 95 % interval)")
        _save_picture(figure, folder / f"{SCHEMES_PICTURE}.svg")


def plot_sizes(points: Sequence[SizePoint], ax: Axes) -> Axes:
    """CPU time per contact over the number of agents, from the fastest run to the slowest."""
    agents = [p.n_agents for p in points]
    middle = np.array([p.median_ns for p in points])
    below, above = middle - [p.least_ns for p in points], [p.most_ns for p in points] - middle
    ax.errorbar(agents, middle, yerr=np.vstack((below, above)), color=PLANNED, marker="o", capsize=3)
    ax.set_xscale("log")
    ax.set_xticks(agents, [f"{n:,}" for n in agents])
    ax.minorticks_off()
    ax.set_ylim(0.0, 1.25 * max(p.most_ns for p in points))
    ax.set_xlabel("agents")
    ax.set_ylabel("CPU ns per contact")
    ax.set_title("Cost of a contact against the size of the center")
    return ax


def plot_pairing(pairing: Pairing, ax: Axes) -> Axes:
    """The difference in each replication, in percentage points, and the interval of the mean."""
    rows = (
        ("paired", pairing.change, pairing.paired, pairing.paired_half_width, DESIGNS[2]),
        (
            "independent",
            pairing.independent_change,
            pairing.independent,
            pairing.independent_half_width,
            AS_IS,
        ),
    )
    heights = np.random.default_rng(1).uniform(
        -0.28, 0.28, len(pairing.paired)
    )  # so that dots are told apart
    for y, (_, change, deviations, half_width, color) in enumerate(rows):
        each = 100.0 * (change + np.array(deviations))
        ax.plot(each, y + heights, ".", color=color, markersize=3.5, alpha=0.6, markeredgewidth=0)
        ax.errorbar(100.0 * change, y, xerr=100.0 * half_width, color="black", capsize=4, marker="|")
    low, high = pairing.interval
    ax.set_title(f"{pairing.title}: variance ratio {pairing.variance_ratio:.1f} ({low:.1f} to {high:.1f})")
    ax.set_yticks(range(len(rows)), [row[0] for row in rows])
    ax.set_ylim(1.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("difference in service level, percentage points (dots: days; bars: 95 % interval)")
    return ax


def plot_schemes(rows: Sequence[SchemeRow], ax: Axes) -> Axes:
    """One system: the variance ratio of each measure and scheme; 1 is what independent replications have."""
    told = [row for row in rows if row.scheme != "independent"]
    for y, row in enumerate(told):
        color = DESIGNS[2 if row.scheme == "antithetic" else 0]
        error = [[row.ratio - row.low], [row.high - row.ratio]]
        ax.errorbar(row.ratio, y, xerr=error, color=color, marker="o", capsize=3)
    ax.axvline(1.0, color=AS_IS, linestyle="--")
    ax.set_yticks(range(len(told)), [f"{MEASURES[row.measure]}, {row.scheme}" for row in told])
    ax.set_ylim(len(told) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    ax.set_title(rows[0].system)
    return ax


def _save_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _save_picture(figure: Figure, path: Path) -> None:
    """The same picture gives the same bytes: no date is written."""
    page = io.StringIO()
    figure.savefig(page, format="svg", metadata={"Date": None}, facecolor="white")
    path.write_text(
        "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n", encoding="utf-8"
    )
