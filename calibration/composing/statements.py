"""Statements: a value for the scenario, with what it rests on; together they are the scenario and its [sources]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from calibration.estimate import Estimate

Grade = Literal["A", "B", "C"]
ASSUMED = "assumed"


@dataclass(frozen=True)
class Statement:
    """The value at a dotted key of the scenario file, and its source.

    estimates: what was fitted, by the names of the law's parameters; their standard errors go into [sources]
    """

    value: Any
    says: str
    grade: Grade | None = None
    estimates: Mapping[str, Estimate] = field(default_factory=dict)

    @property
    def source(self) -> dict[str, Any]:
        """The entry of [sources]."""
        errors = {
            name: rounded(one.standard_error, 2)
            for name, one in self.estimates.items()
            if one.standard_error is not None
        }
        n = max((one.n for one in self.estimates.values()), default=None)
        entry = {"says": self.says, "grade": self.grade, "standard_error": errors or None, "n": n}
        return {key: value for key, value in entry.items() if value is not None}


Statements = Mapping[str, Statement]


def assumed(value: Any, why: str = "") -> Statement:
    """A value that no record tells."""
    return Statement(value, f"{ASSUMED}: {why}" if why else ASSUMED)


def scenario_data(statements: Iterable[tuple[str, Statement]], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data of a scenario: what needs no source (names, labels), the statements, and their sources."""
    data: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    for key, value in plain.items():
        _put(data, key, value)
    for key, statement in statements:
        _put(data, key, statement.value)
        sources[key] = statement.source
    return data | {"sources": sources}


def rounded(value: float, digits: int = 4) -> float:
    """The value to so many significant digits: more would be noise in the file."""
    return float(f"{value:.{digits}g}")


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    *around, last = key.split(".")
    for step in around:
        data = data.setdefault(step, {})
    data[last] = value
