"""What the experience figures assume: every coefficient in use, scenario by scenario, shown where the figures are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from results.formats import MISSING
from results.study import Assumption
from results.tabling import Grid, row
from results.texts.page import ASSUMES
from scenarios import Scenario
from scenarios.sources import figures

_FOR_ALL = "For all"


def assumptions_of(scenarios: Iterable[Scenario]) -> tuple[Assumption, ...]:
    """The coefficients of all scenarios with an experience model, those at their defaults too."""
    found: dict[str, dict[str, str]] = {}
    for scenario in scenarios:
        for key, value in _coefficients(scenario):
            found.setdefault(key, {})[scenario.label] = f"{value:g}"
    return tuple(Assumption(key, values) for key, values in found.items())


def _coefficients(scenario: Scenario) -> Iterator[tuple[str, float]]:
    if scenario.experience is None:
        return
    yield from figures(scenario.experience.model_dump(exclude_none=True), "experience").items()
    for name, declared in scenario.contact_type.items():
        if declared.expectation is not None:
            key = f"contact_type.{name}.expectation"
            yield from figures(declared.expectation.model_dump(), key).items()


def assumptions_table(assumptions: Sequence[Assumption]) -> Grid:
    """Coefficients × scenarios."""
    labels = _labels(assumptions)
    rows = tuple(row(one.key, *(one.values.get(label, MISSING) for label in labels)) for one in assumptions)
    return Grid(columns=labels, rows=rows, corner="Coefficient")


def assumption_lines(assumptions: Sequence[Assumption]) -> Iterator[str]:
    """The same in words: what all scenarios share, then what each has for itself."""
    labels = _labels(assumptions)
    shared = [one for one in assumptions if _is_shared(one, labels)]
    yield ASSUMES
    yield f"{_FOR_ALL if len(labels) > 1 else labels[0]}: {_listed(shared, labels[0])}."
    for label in labels:
        own = [one for one in assumptions if one not in shared and label in one.values]
        if own:
            yield f"{label}: {_listed(own, label)}."


def _labels(assumptions: Sequence[Assumption]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for one in assumptions for label in one.values))


def _is_shared(one: Assumption, labels: Sequence[str]) -> bool:
    return len(one.values) == len(labels) and len(set(one.values.values())) == 1


def _listed(assumptions: Sequence[Assumption], label: str) -> str:
    return ", ".join(f"{one.key.removeprefix('experience.')} {one.values[label]}" for one in assumptions)
