"""The records that a command is given: files, folders, patterns, or a shipped sample by its name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def own_or_shipped(name: str | Path) -> Path:
    """What stands there under this name; else the shipped sample that has it; else the name, whose reader says why."""
    path = Path(name)
    if path.exists() or path.name != str(name):
        return path
    sample = Path(str(files("scenarios"))) / "catalog" / path.name
    return sample if path.suffixes[:1] == [".csv"] and sample.is_file() else path
