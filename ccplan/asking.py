"""Questions to an answer: a measure or a name that does not exist gets a sentence and the nearest that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from scenarios.faults import nearest, one_of
from sim.measures.result import Result
from sim.measures.scopes import Scope

# Told of the whole center only, by `results.derived`.
DERIVED = ("unmet_needs", "peak_people")


def require_measure(result: Result, measure: str, scope: Scope = "total") -> None:
    """Refuse a measure that the run cannot tell in this scope."""
    if scope not in get_args(Scope):
        raise ValueError(f"scope: got '{scope}', expected {one_of(get_args(Scope))}")
    told = {name for name, known, _ in result.figures() if known == scope}
    if scope == "total":
        told.update(DERIVED)
    if measure not in told:
        of = "" if scope == "total" else f" of one {scope}"
        raise ValueError(f"measure: '{measure}' is not told{of}; {nearest(measure, told) or _all(told)}")


def require_name(result: Result, scope: Scope, name: str) -> None:
    """Refuse a name that the scope does not have."""
    if name not in result.names(scope):
        known = result.names(scope)
        expected = one_of([repr(one) for one in known]) if known else "another scope: there is none here"
        raise ValueError(f"name: got {name!r}, expected {expected}")


def require_one_of(names: Sequence[str], name: str | None, what: str) -> str:
    """The name if it is known; the only one where none is given."""
    if name is None and len(names) == 1:
        return names[0]
    if name is None or name not in names:
        found = "got none" if name is None else f"got '{name}'"
        raise ValueError(f"{what}: {found}, expected {one_of([repr(one) for one in names])}")
    return name


def _all(names: set[str]) -> str:
    return f"expected {one_of(sorted(names))}"
