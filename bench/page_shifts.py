"""The section on shifts: ours against pyworkforce's."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.days import day_named
from bench.markdown import markdown_table
from bench.peers.covered import TIME_LIMIT_S
from bench.shift_days import Found, Requirements, Row
from bench.store import Section


def shifts(section: Section) -> list[str]:
    """Least cost, least difference, and the requirement itself."""
    rows = [Row.of(data) for data in section.data["rows"]]
    told = section.data["requirements"]
    versions = "; ".join(plans[0].versions for plans in (rows[0].ours, rows[0].theirs) if plans)
    lines = ["## Shifts for a day, against pyworkforce", "", *_INTRODUCTION, f"Versions: {versions}."]
    lines += ["", *_least_cost(rows)]
    if any(row.difference is not None for row in rows):
        lines += ["", *_DIFFERENCE, "", *_least_difference(rows)]
    if told is not None:
        lines += ["", *_requirement(Requirements(**told))]
    return lines


_INTRODUCTION = [
    "One team's day: Erlang C's need for calls with two peaks, the same shifts and breaks, a paid hour as the price,",
    "and nobody missing (pyworkforce's `MinRequiredResources`, which is given every shift with every placing of its",
    "breaks as a row of its own; ours has one variable a shift and one a break start). Both are asked for the proven",
    f"optimum, within {TIME_LIMIT_S:g} s. Seconds are wall time with the model's building and without imports: the",
    "median of the runs, the fastest and the slowest. pyworkforce searches on all cores, as it comes; ours on one.",
]
_DIFFERENCE = [
    "pyworkforce's other way, `MinAbsDifference`, has people there as near the need as can be, at any price. Beside it",
    "ours at equal coverage: the least cost of covering, in every interval, as much of the need as that plan does.",
]


def _least_cost(rows: Sequence[Row]) -> list[str]:
    head = (
        *(
            "day",
            "shifts with breaks",
            "people at peak",
            "paid hours, ours",
            "theirs",
            "status, ours",
            "theirs",
        ),
        *("seconds, ours", "theirs", "theirs ÷ ours"),
    )
    return markdown_table(head, [_cost_cells(row) for row in rows])


def _cost_cells(row: Row) -> list[str]:
    cells = [day_named(row.day).title, f"{row.patterns:,}", str(row.peak)]
    if not row.theirs:
        return [
            *cells,
            _hours(row.ours[0]),
            "not installed",
            row.ours[0].status,
            "",
            _seconds(row.ours),
            "",
            "",
        ]
    return [
        *cells,
        *(_hours(plans[0]) for plans in (row.ours, row.theirs)),
        *(plans[0].status for plans in (row.ours, row.theirs)),
        *(_seconds(plans) for plans in (row.ours, row.theirs)),
        f"{row.times:.3g}",
    ]


def _least_difference(rows: Sequence[Row]) -> list[str]:
    head = ("day", "missing in theirs", "paid hours, theirs", "ours", "seconds, theirs", "ours")
    cells = [
        [
            day_named(row.day).title,
            str(row.difference.missing),
            _hours(row.difference),
            _hours(row.ours_alike),
            f"{row.difference.seconds:.2f}",
            f"{row.ours_alike.seconds:.2f}",
        ]
        for row in rows
        if row.difference is not None and row.ours_alike is not None
    ]
    return [*markdown_table(head, cells), "", "Missing: people short, summed over the intervals."]


def _requirement(found: Requirements) -> list[str]:
    return [
        f"Erlang C itself, people for {found.n:,} queues of 0.5 to 200 erlangs, with targets from 50 % within 300 s to",
        f"90 % within 10 s: the same number in {found.equal:,}; theirs is larger in {found.larger:,}, by at most",
        f"{found.most_larger}, and smaller in {found.smaller:,}.{_why_more(found.larger)}",
        f"Time for one: ours {1e6 * found.ours_s / found.n:.0f} µs, theirs {1e6 * found.theirs_s / found.n:.0f} µs.",
    ]


def _why_more(n_more: int) -> str:
    """Pyworkforce begins to look at round(load + 1)."""
    reason = " It looks for the number from round(load + 1) on, which may be more than the target takes."
    return reason if n_more else ""


def _hours(plan: Found) -> str:
    return f"{plan.paid_h:g}"


def _seconds(plans: Sequence[Found]) -> str:
    each = [plan.seconds for plan in plans]
    return f"{median(each):.2f} ({min(each):.2f} to {max(each):.2f})"
