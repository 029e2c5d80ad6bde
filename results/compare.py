"""Designs against their baseline, row by row, as `compare --json` writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from sim.measures.estimates import NOTHING, Estimate
from sim.measures.result import Result
from sim.measures.scopes import Scope
from sim.paired import deflection_rate, difference

_OF_NEEDS: tuple[Scope, ...] = ("total", "contact_type", "channel")


class ComparisonRow(TypedDict):
    """One figure of a design, and its paired difference to the same figure of the baseline."""

    measure: str
    scope: str
    name: str
    interval: int | None
    design: str
    baseline: str
    value: float | None
    half_width: float | None
    difference: float | None
    difference_half_width: float | None


def comparison_data(study: str, results: Sequence[Result]) -> dict[str, Any]:
    """What `compare --json` writes; the first result is the baseline's. `seconds` and `contacts` are of all of them."""
    baseline, *designs = results
    return {
        "study": study,
        "scenario": baseline.scenario.name,
        "baseline": baseline.scenario.name,
        "designs": [design.scenario.name for design in designs],
        "seed": baseline.seed,
        "replications": baseline.replications,
        "engine": baseline.engine,
        "seconds": round(sum(result.seconds for result in results), 3),
        "contacts": sum(result.contacts for result in results),
        "measures": [*_baseline_rows(baseline), *comparison_rows(baseline, designs)],
    }


def comparison_rows(baseline: Result, designs: Sequence[Result]) -> Iterator[ComparisonRow]:
    """Every figure of every design; both sides on the same customers, seed and replications.

    `deflection_rate` speaks of design and baseline together: it is a value and has no difference.
    """
    for design in designs:
        for measure, scope, name in design.figures():
            value = design.estimate(measure, scope, name)
            change = difference(design, baseline, measure, scope, name)
            yield _row(design, baseline, (measure, scope, name), value, change)
        yield from _deflections(design, baseline)


def _baseline_rows(baseline: Result) -> Iterator[ComparisonRow]:
    """The baseline's own figures, which differ from nothing."""
    name = baseline.scenario.name
    for row in baseline.rows():
        yield ComparisonRow(**row, design=name, baseline=name, difference=None, difference_half_width=None)


def _deflections(design: Result, baseline: Result) -> Iterator[ComparisonRow]:
    """In total, by contact type of the need and by channel."""
    for scope in _OF_NEEDS:
        for name in design.names(scope):
            rate = deflection_rate(design, baseline, scope, name)
            yield _row(design, baseline, ("deflection_rate", scope, name), rate, NOTHING)


def _row(
    design: Result, baseline: Result, figure: tuple[str, str, str], value: Estimate, change: Estimate
) -> ComparisonRow:
    """A figure of a design, (measure, scope, name), and its change from the baseline."""
    measure, scope, name = figure
    return ComparisonRow(
        measure=measure,
        scope=scope,
        name=name,
        interval=None,
        design=design.scenario.name,
        baseline=baseline.scenario.name,
        value=value.value,
        half_width=value.half_width,
        difference=change.value,
        difference_half_width=change.half_width,
    )
