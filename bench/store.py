"""What was measured, in one JSON file: a section a measurement, under the machine that all of them were made on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE = "benchmarks.json"


@dataclass(frozen=True)
class Section:
    """One measurement: when, by which command, how busy the machine was before it, and what came out."""

    date: str
    command: str
    load_average: float
    data: Any


@dataclass
class Store:
    """Everything on the page. Sections of another machine or other versions are dropped, never mixed."""

    machine: dict[str, str]
    sections: dict[str, Section] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write the file."""
        text = json.dumps(asdict(self), indent=1)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def load(folder: Path, machine: dict[str, str]) -> Store:
    """What this machine has measured before; nothing else."""
    path = folder / FILE
    if not path.exists():
        return Store(machine)
    told = json.loads(path.read_text(encoding="utf-8"))
    if told["machine"] != machine:
        return Store(machine)
    return Store(machine, {name: Section(**section) for name, section in told["sections"].items()})
