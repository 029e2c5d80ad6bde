"""The sections on skills and shifts planned together: against planning in turn, and by the size of the center."""

from __future__ import annotations

from bench.large_center import CLOSES_H, GROUPS_PER_TYPE, OPENS_H
from bench.markdown import markdown_table
from bench.sizes import SizeRow
from bench.store import Section
from bench.together import TOGETHER, TWO_STEP, CenterRow, Way


def together(section: Section) -> list[str]:
    """Five centers, three ways."""
    rows = [CenterRow.of(data) for data in section.data["rows"]]
    days = section.data["fresh_days"]
    head = (
        *("center", "way", "cost, EUR a day", "× together", "lower bound", "gap, %"),
        *("targets missed", "worst margin, points", "seconds"),
    )
    cells = [_way_cells(row, name) for row in rows for name in row.ways]
    return [
        "## Skills and shifts together, or one after the other",
        "",
        *_INTRODUCTION,
        f"Every plan is judged on the same {days:,} fresh days, which no search has seen: targets missed by more than",
        "chance explains (Bonferroni, 95 %), and by how many points the worst of them is above its target or below it.",
        "",
        *[f"- {row.title}: {_described(row)}" for row in rows],
        "",
        *markdown_table(head, cells),
    ]


_INTRODUCTION = [
    "One day in half hours; an hour of people who know more costs more. *Two-step*: people needed for each group by",
    "formula, then the cheapest shifts that cover them, each once. *In turn*: the same, with the simulation moving the",
    "requirement until the targets hold (`--method in_turn`). *Together*: `--method together`. The lower bound is that",
    "of any people who hold the targets, as if everybody knew everything; the other two ways have none. Seconds are",
    "wall time on two threads, confirmation included.",
]


def large(section: Section) -> list[str]:
    """By the number of types."""
    rows = [SizeRow(**data) for data in section.data["rows"]]
    head = (
        *("types", "groups", "intervals", "shifts", "variables", "of them whole"),
        *("cost a day", "lower bound", "gap, %", "status", "confirmed", "missed on fresh days"),
        *("worst margin, points", "rounds", "seconds"),
    )
    return [
        "## Planning together, by the size of the center",
        "",
        f"Open from {OPENS_H:g} to {CLOSES_H:g} in quarter hours, {GROUPS_PER_TYPE:g} groups a type of two to five",
        "skills each, 120 shifts of 5 to 9 hours for every group, 80 % within 20 s over the day for each type. The",
        f"search is to start nothing new after {section.data['search_s']:g} s. Variables: of the joint model before",
        f"any cut. Missed: on {section.data['fresh_days']:,} days that no search has seen, by more than chance",
        "explains. Seconds:",
        "wall time on two threads, from the scenario to the confirmed plan.",
        "",
        *markdown_table(head, [_size_cells(row) for row in rows]),
    ]


def _described(row: CenterRow) -> str:
    return f"{row.n_types} types, {row.n_groups} groups, {row.n_shifts} shifts"


def _way_cells(row: CenterRow, name: str) -> list[str]:
    way: Way = row.ways[name]
    return [
        row.title if name == TWO_STEP else "",
        name,
        f"{way.cost:,.0f}",
        f"{way.cost / row.ways[TOGETHER].cost:.3f}",
        "" if way.lower_bound is None else f"{way.lower_bound:,.0f}",
        "" if way.gap is None else f"{100 * way.gap:.1f}",
        f"{way.missed} of {way.promised}",
        f"{100 * way.worst:+.1f}",
        f"{way.seconds:.1f}",
    ]


def _size_cells(row: SizeRow) -> list[str]:
    return [
        *(str(row.n_types), str(row.n_groups), str(row.n_intervals), str(row.n_shifts)),
        *(f"{row.n_variables:,}", f"{row.n_whole:,}"),
        *(f"{row.cost:,.0f}", f"{row.lower_bound:,.0f}", f"{100 * row.gap:.1f}", row.status),
        "yes" if row.holds else "no",
        f"{row.missed} of {row.promised}",
        f"{100 * row.worst:+.1f}",
        str(row.rounds),
        f"{row.seconds:.0f}",
    ]
