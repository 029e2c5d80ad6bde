"""Tables of the validation page: lines of Markdown, and how long it took to make them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Found = TypeVar("Found")


def line(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def section(found_by: Callable[[], Found], told: Callable[[Found], Sequence[str]]) -> str:
    """What was found, told in lines, with the time it took."""
    began = time.perf_counter()
    lines = told(found_by())
    return "\n".join([*lines, "", f"Made in {time.perf_counter() - began:.0f} s.", ""])
