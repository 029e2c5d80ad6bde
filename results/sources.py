"""Where every figure of the scenarios comes from, and which of them rest on nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from results.study import SourceRow
from scenarios import Scenario, Source
from scenarios.sources import figures, is_under, value_at

# Names and structure are choices, not figures that need a source.
_NO_FIGURE = ("name", "label", "summary", "calendar", "sources")
_NO_FIGURE_ENDS = (
    "channel",
    "label",
    "skills",
    "policy",
    "groups",
    "currency",
    "routed_to",
    "like",
    "present",
)
_LONGEST = 140


def source_rows(scenarios: Iterable[Scenario]) -> tuple[SourceRow, ...]:
    """A row a source, scenario by scenario; of later ones only what differs from those before."""
    rows: list[SourceRow] = []
    seen: set[tuple[str, str, str | None]] = set()
    for scenario in scenarios:
        for row in _rows(scenario):
            if (row.key, row.value, row.source) not in seen:
                seen.add((row.key, row.value, row.source))
                rows.append(row)
    return tuple(rows)


def _rows(scenario: Scenario) -> Iterator[SourceRow]:
    data = scenario.as_dict()
    for key, source in scenario.sources.items():
        yield _row(scenario, key, value_at(data, key), source)
    for key, value in figures(data).items():
        if _needs_source(key) and not any(is_under(key, given) for given in scenario.sources):
            yield _row(scenario, key, value, None)


def _row(scenario: Scenario, key: str, value: Any, source: Source | None) -> SourceRow:
    return SourceRow(
        scenario=scenario.label,
        key=key,
        value=_value_text(value),
        source=None if source is None else source.told,
        grade=None if source is None else source.grade,
        url=None if source is None else source.url,
        assumed=source is None or "assumed" in source.says.lower(),
    )


def _needs_source(key: str) -> bool:
    return key.partition(".")[0] not in _NO_FIGURE and key.rpartition(".")[2] not in _NO_FIGURE_ENDS


def _value_text(value: Any) -> str:
    """A value in a line: laws as "lognormal, mean 205, cv 1.11", long lists by their length."""
    if isinstance(value, dict):
        text = ", ".join(_pair_text(key, inner) for key, inner in value.items())
    elif isinstance(value, list | tuple) and len(value) > 8:
        text = f"{len(value)} values"
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(_value_text(inner) for inner in value)}]"
    else:
        text = _leaf_text(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip(' ,')}…"


def _leaf_text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _pair_text(key: str, value: Any) -> str:
    if key == "law" and isinstance(value, str):
        return value
    inner = _value_text(value)
    return f"{key} ({inner})" if isinstance(value, dict) else f"{key} {inner}"
