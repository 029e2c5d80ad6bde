"""The page: machine and versions, a table a system, then what was measured of our engine alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from bench.exact import Exact
from bench.markdown import markdown_table
from bench.own import OwnRow
from bench.page_records import records
from bench.page_shifts import shifts
from bench.page_together import large, together
from bench.pairing import Pairing
from bench.peers.measured import Measured
from bench.pictures import PAIRING_PICTURE, SCHEMES_PICTURE, SIZE_PICTURE
from bench.roster import PEERS
from bench.scaling import MemoryPoint, SizePoint, WorkersRow
from bench.schemes import MEASURES, Runs, SchemeRow
from bench.speed import TOLERANCE_SE, Row, Table
from bench.store import Section, Store
from bench.systems import AWT_S
from bench.weeks import WeekRow

TITLES = {peer.name: peer.title for peer in PEERS}
REFERENCES = ("c", "textbook")


def page(store: Store) -> str:
    """All that is known, as Markdown."""
    lines = ["# Benchmarks", "", "Remade by `make bench`.", ""]
    lines += [f"- {name}: {value}" for name, value in store.machine.items()]
    for name, write in SECTIONS.items():
        if name in store.sections:
            section = store.sections[name]
            lines += ["", *write(section), "", _origin(section)]
    return "\n".join(lines) + "\n"


def _origin(section: Section) -> str:
    busy = f"load average before it {section.load_average:.1f}"
    return f"Measured {section.date} by `{section.command}`; {busy}."


# --- Peers ----------------------------------------------------------------------------------------


def _speed(section: Section) -> list[str]:
    tables = [Table.of(data) for data in section.data]
    lines = ["## Contacts per second, one thread", "", *_how_measured()]
    for table in tables:
        lines += ["", f"### {table.title}", "", *_exact(table), "", *_speed_table(table)]
    lines += ["", "### Who they are", ""]
    shown = {row.peer for table in tables for row in table.rows}
    return lines + [f"- **{peer.title}**: {peer.about}" for peer in PEERS if peer.name in shown]


def _how_measured() -> list[str]:
    return [
        "Every run is a process of its own; the peers take turns. Contacts per second are contacts ÷ CPU seconds of",
        "the simulation, without imports, set-up and compilation: median of the runs, and the slowest and fastest.",
        "Memory is the most resident memory during the simulation less what was resident before it.",
    ]


def _exact(table: Table) -> list[str]:
    return [
        f"Exact abandonment rate, from the Markov chain: {100 * table.exact.total.rate:.3f} %{_of_types(table.exact)}.",
        f"Every peer's must lie within {TOLERANCE_SE:g} standard errors, all runs together, of all contacts and of",
        "each type (a right simulation fails once in 16,000 checks); the last column says how many it is off.",
        f"Service level: answered within {AWT_S:g} s ÷ offered.",
    ]


def _of_types(exact: Exact) -> str:
    return _in_brackets(f"{100 * each.rate:.3f} %" for each in exact.types)


def _in_brackets(of_types: Iterable[str]) -> str:
    """What is said of each type, where there are several."""
    texts = list(of_types)
    return f" ({', '.join(texts)})" if len(texts) > 1 else ""


def _speed_table(table: Table) -> list[str]:
    head = (
        *(
            "peer",
            "contacts/s",
            "slowest to fastest",
            "CPU µs per contact",
            "memory MB",
            "× C",
            "× textbook SimPy",
        ),
        *("contacts a run", "runs", "service level %", "abandoned %", "off by (s.e.)"),
    )
    speeds = {row.peer: _speed_of(row.runs) for row in table.rows if row.runs}
    rows = [_speed_row(table, row, speeds) for row in table.rows]
    return markdown_table(head, rows)


def _speed_row(table: Table, row: Row, speeds: dict[str, float]) -> list[str]:
    if not row.runs:
        return [TITLES[row.peer], f"none: {row.unable}", *[""] * 10]
    each = [run.contacts / run.cpu_s for run in row.runs]
    speed = speeds[row.peer]
    off = row.off_by_se(table.exact)
    mark = "" if table.agrees(row) else " **another system**"
    return [
        TITLES[row.peer],
        _count(speed),
        f"{_count(min(each))} to {_count(max(each))}",
        f"{1e6 / speed:.3g}",
        f"{median(run.peak_mb - run.before_mb for run in row.runs):.1f}",
        *(f"{speed / speeds[name]:.3g}" if name in speeds else "" for name in REFERENCES),
        f"{row.runs[0].contacts:,}",
        str(len(row.runs)),
        f"{100 * row.service_level:.2f}",
        f"{100 * row.abandonment_rate:.3f}",
        f"{off[0]:+.1f}{_in_brackets(f'{each:+.1f}' for each in off[1:])}{mark}",
    ]


def _speed_of(runs: Iterable[Measured]) -> float:
    return median(run.contacts / run.cpu_s for run in runs)


# --- Our engine alone -----------------------------------------------------------------------------


_WHOLE_CENTERS = (
    "Whole centers, with what no peer can state: bots, chats side by side, deferred work, returns, shifts. "
    "Contacts are attempts, warm-up and run-out included; a run is a number of replications one after the other, "
    "and contacts/s those of the median run."
)


def _scenarios(section: Section) -> list[str]:
    rows = [OwnRow(**row) for row in section.data["rows"]]
    head = ("scenario", "contacts of a run", "contacts/s", "slowest to fastest")
    cells = [
        [
            f"{row.label} (`{row.scenario}`)",
            f"{row.contacts:,}",
            _count(row.contacts_per_s),
            f"{_count(row.contacts / max(row.seconds))} to {_count(row.contacts / min(row.seconds))}",
        ]
        for row in rows
    ]
    return [
        f"## Shipped scenarios, one thread ({section.data['engine']} engine)",
        "",
        _WHOLE_CENTERS,
        "",
        *markdown_table(head, cells),
    ]


def _workers(section: Section) -> list[str]:
    rows = [WorkersRow(**row) for row in section.data["rows"]]
    head = ("workers", "contacts/s of wall time", "slowest to fastest", "× one worker")
    cells = [
        [
            str(row.n_workers),
            _count(row.median_per_s),
            f"{_count(row.least_per_s)} to {_count(row.most_per_s)}",
            f"{row.median_per_s / rows[0].median_per_s:.2f}",
        ]
        for row in rows
    ]
    return [
        f"## Two workers against one ({section.data['engine']} engine)",
        "",
        f"M/M/52+M, {rows[0].contacts:,} contacts in {rows[0].replications} replications, the workers' start included.",
        "",
        *markdown_table(head, cells),
    ]


def _size(section: Section) -> list[str]:
    points = [SizePoint(**point) for point in section.data["points"]]
    head = ("agents", "contacts", "CPU ns per contact", "least to most")
    cells = [
        [f"{p.n_agents:,}", f"{p.contacts:,}", f"{p.median_ns:.0f}", f"{p.least_ns:.0f} to {p.most_ns:.0f}"]
        for p in points
    ]
    return [
        f"## Cost of a contact against the size of the center ({section.data['engine']} engine)",
        "",
        "M/M/n+M under the load n − 0.3 √n, handle time and patience 200 s; median of the runs.",
        "",
        *markdown_table(head, cells),
        "",
        f"![Cost against size]({SIZE_PICTURE}.svg)",
    ]


def _memory(section: Section) -> list[str]:
    points = [MemoryPoint(**point) for point in section.data["points"]]
    head = ("contacts", "memory beyond the imports, MB", "resident before, MB", "CPU s")
    cells = [
        [f"{p.contacts:,}", f"{p.beyond_imports_mb:.1f}", f"{p.before_mb:.0f}", f"{p.cpu_s:.1f}"]
        for p in points
    ]
    return [
        f"## Memory ({section.data['engine']} engine)",
        "",
        "M/M/52+M in one process, one replication, no log.",
        "",
        *markdown_table(head, cells),
    ]


def _pairing(section: Section) -> list[str]:
    pairings = [Pairing(**data) for data in section.data["pairings"]]
    head = (
        "comparison",
        "difference, points",
        "± paired",
        "± independent",
        "variance ratio",
        "95 % interval",
    )
    cells = [
        [
            p.title,
            f"{100 * p.change:+.2f} ± {100 * p.paired_half_width:.2f}",
            f"{100 * p.independent_change:+.2f} ± {100 * p.independent_half_width:.2f}",
            f"{p.variance_ratio:.1f}",
            "{:.1f} to {:.1f}".format(*p.interval),
        ]
        for p in pairings
    ]
    return [
        f"## Paired against independent ({section.data['engine']} engine)",
        "",
        f"Difference in service level, {len(pairings[0].paired)} days each. Variance ratio: independent ÷ paired.",
        "",
        *markdown_table(head, cells),
        "",
        f"![Paired against independent]({PAIRING_PICTURE}.svg)",
    ]


def _schemes(section: Section) -> list[str]:
    rows = [SchemeRow.of(row) for row in section.data["rows"]]
    head = (
        *("system", "measure", "draws", "value, %", "variance ratio", "95 % interval"),
        *(text for run in rows[0].runs for text in _scheme_heads(run.replications)),
    )
    return [
        f"## Antithetic and stratified replications against independent ones ({section.data['engine']} engine)",
        "",
        f"{rows[0].replications:,} replications of each. Variance ratio: independent ÷ the scheme's, for an average",
        "over as many replications. Where no day is busier than another, stratified replications are independent",
        "ones, and the ratio is 1 but for chance. ±: the mean half-width of 95 % intervals of so many replications,",
        "in points, and how many of them hold the mean of all, in percent with its own 95 % interval. Twenty",
        "replications are ten pairs, but only two blocks: two tell little of their spread, and the interval says so.",
        *_of_no_help(rows),
        "",
        *markdown_table(head, [_scheme_cells(row) for row in rows]),
        "",
        f"![Variance ratios]({SCHEMES_PICTURE}.svg)",
    ]


def _scheme_heads(replications: int) -> tuple[str, str]:
    return f"± with {replications}", f"hold, with {replications}"


def _scheme_cells(row: SchemeRow) -> list[str]:
    independent = row.scheme == "independent"
    return [
        row.system,
        MEASURES[row.measure],
        row.scheme,
        f"{100 * row.value:.2f}",
        "1" if independent else f"{row.ratio:.2f}",
        "" if independent else f"{row.low:.2f} to {row.high:.2f}",
        *(cell for run in row.runs for cell in (f"{100 * run.half_width:.2f}", _coverage(run))),
    ]


def _coverage(run: Runs) -> str:
    share, low, high = (100 * part for part in run.coverage)
    return f"{share:.1f} ({low:.1f} to {high:.1f}) of {run.n}"


_WEEK_OF_QUARTERS = (
    "`quarter-hours`: 672 quarter hours, open sixteen hours a day, shifts of 6, 7.5 or 9 hours that start at any",
    "quarter of an hour, three breaks in windows. The requirement is the formula's first guess. Explicit: a variable",
    "for every shift with every choice of breaks; implicit: one for every shift, and two for every break and start.",
    "A proven gap of 0.5 % is asked for, on one thread; seconds are CPU time, building included, of the fastest and",
    "the slowest run: on a machine with nothing else to do, those of the clock.",
)


def _weeks(section: Section) -> list[str]:
    rows = [WeekRow(**row) for row in section.data["rows"]]
    head = (
        *("rules", "most people", "shifts with breaks", "variables, explicit", "implicit"),
        *("CPU s", "paid hours", "bound", "gap, %", "status"),
    )
    cells = [
        [
            row.variant,
            str(row.most_needed),
            f"{row.patterns:,}",
            f"{row.explicit:,}",
            f"{row.implicit:,}",
            f"{min(row.seconds):.1f} to {max(row.seconds):.1f}",
            f"{row.paid_h:,.1f}",
            f"{row.lower_bound_h:,.1f}",
            f"{100 * row.gap:.2f}",
            row.status,
        ]
        for row in rows
    ]
    return ["## Shifts for a week of quarter hours", "", *_WEEK_OF_QUARTERS, "", *markdown_table(head, cells)]


def _of_no_help(rows: Iterable[SchemeRow]) -> list[str]:
    """Where a scheme has not been shown to help: its interval holds 1, or lies below."""
    found = [
        f"{row.system}, {MEASURES[row.measure]}, {row.scheme}"
        for row in rows
        if row.scheme != "independent" and row.low <= 1.0
    ]
    return [f"Not shown to help: {'; '.join(found)}."] if found else []


SECTIONS: dict[str, Callable[[Section], list[str]]] = {
    "speed": _speed,
    "scenarios": _scenarios,
    "workers": _workers,
    "size": _size,
    "memory": _memory,
    "pairing": _pairing,
    "schemes": _schemes,
    "weeks": _weeks,
    "shifts": shifts,
    "together": together,
    "large": large,
    "records": records,
}


def _count(value: float) -> str:
    """Three significant digits, with thousands separated."""
    digits = 3 - len(str(int(value)))
    return f"{round(value, digits):,.0f}"
