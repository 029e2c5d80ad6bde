"""What the format has and this version has not: one table, from which a new feature deletes its lines.

A key in this table is a fault that says so, unlike a key that nobody knows. `*` stands for any name or entry.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from scenarios.faults import Finding, Path

KEYS = {
    "business_case": "the business case is",
}


def not_built(data: Any, path: Path = ()) -> Iterator[Finding]:
    """Every key that this version does not know how to run; nothing is sought inside them."""
    subject = _subject(path)
    if subject:
        yield Finding(path, f"{subject} not built yet")
        return
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        if path[:1] != ("sources",):
            yield from not_built(value, (*path, step))


def _subject(path: Path) -> str:
    for pattern, subject in KEYS.items():
        if matches(path, pattern):
            return subject
    return ""


def matches(path: Path, pattern: str) -> bool:
    """Compare a path with a dotted pattern, step by step."""
    steps = pattern.split(".")
    return len(path) == len(steps) and all(
        fnmatchcase(str(step), wanted) for step, wanted in zip(path, steps, strict=True)
    )


def keys_at(path: Path) -> list[str]:
    """Keys of the table at a path that the format has and this version has not."""
    return [
        pattern.rpartition(".")[2]
        for pattern in KEYS
        if "." in pattern and matches(path, pattern.rpartition(".")[0])
    ] + [pattern for pattern in KEYS if not path and "." not in pattern]
