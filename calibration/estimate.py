"""A figure found in a record: its value, how sure it is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """value ± standard error, from so many observations.

    standard_error: None where none can be given; note: what it is and what it assumes, in a planner's words
    """

    value: float
    standard_error: float | None
    n: int
    note: str = ""
