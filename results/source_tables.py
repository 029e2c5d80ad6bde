"""Tables of what a report rests on: sources of figures, definitions of measures, and how to remake it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from results.case_tables import lines_told, numbered
from results.formats import MISSING
from results.study import SourceRow, StudyData
from results.tabling import Cell, Grid, Row, row
from results.texts.measures import MEASURES
from results.texts.page import NO_SOURCE, in_groups


def sources_tables(rows: Sequence[SourceRow]) -> Iterator[Grid]:
    """A table a scenario; figures with the same source share a row."""
    for scenario in dict.fromkeys(entry.scenario for entry in rows):
        mine = [entry for entry in rows if entry.scenario == scenario]
        yield Grid(
            columns=("source", "grade"),
            rows=tuple(_source_row(group) for group in _by_source(mine)),
            corner="Figures",
            caption=scenario,
            left=(0, 1),
        )


def _by_source(rows: Iterable[SourceRow]) -> Iterable[list[SourceRow]]:
    groups: dict[tuple[str | None, str | None, str | None], list[SourceRow]] = {}
    for entry in rows:
        groups.setdefault((entry.source, entry.grade, entry.url), []).append(entry)
    return groups.values()


def _source_row(group: Sequence[SourceRow]) -> Row:
    first = group[0]
    source = NO_SOURCE if first.source is None else first.source
    return Row(
        "\n".join(f"{entry.key} = {entry.value}" for entry in group),
        (
            Cell(f"{source} ({first.url})" if first.url else source, mark="assumed" if first.assumed else ""),
            Cell(first.grade or MISSING),
        ),
    )


def measures_table(data: StudyData) -> Grid:
    """Each measure used, with its denominator."""
    used = dict.fromkeys(line.measure for line in lines_told(data.cases))
    rows = tuple(row(MEASURES[measure].label, measure, MEASURES[measure].definition) for measure in used)
    return Grid(columns=("name in files", "what it is"), rows=rows, corner="Measure", left=(0, 1))


def cases_table(data: StudyData) -> Grid:
    """What each case is made of: scenario, its hash, seed, replications, contacts simulated."""
    rows = tuple(
        row(
            numbered(data, case),
            case.scenario,
            case.digest[:16],
            str(case.seed),
            f"{case.replications}{in_groups(case.replications, case.scheme)}",
            f"{case.contacts:,}",
        )
        for case in data.cases
    )
    columns = ("scenario", "hash", "seed", "replications", "contacts\nsimulated")
    return Grid(columns=columns, rows=rows, corner="Case", left=(0, 1))


def manifest_table(manifest: Mapping[str, object]) -> Grid:
    """What the run folder's manifest says, key by key."""
    rows = tuple(row(key.replace("_", " "), "\n".join(_lines(value))) for key, value in manifest.items())
    return Grid(columns=("",), rows=rows, left=(0,))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{key}: {', '.join(_lines(inner))}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lines(inner)
    else:
        yield MISSING if value is None else str(value)
