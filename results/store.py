"""Run folders: written whole or not at all, with a manifest; and the finished blocks of interrupted runs."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import platform
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sim
from scenarios import Scenario, digest
from sim.records.totals import Totals

RUNS = "runs"
MANIFEST = "manifest.json"
STUDY = "study.json"  # what the report is made from
_KEPT = ".kept"
_LIBRARIES = ("numpy", "scipy", "simpy", "pyomo", "highspy", "matplotlib")


def run_folder(name: str, seed: int, out: Path | None) -> Path:
    """Where a run's files go: `out`, or runs/NAME-SEED under the current folder."""
    return out if out is not None else Path(RUNS) / f"{name}-{seed}"


def write_run(folder: Path, files: Mapping[str, str | Path]) -> Path:
    """Write a run folder whole: into a temporary one beside it, then renamed. An older run there is replaced.

    A file is its text, or the path of one that has been written on the same disk, which is moved.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                os.replace(content, partial / name)
            else:
                (partial / name).write_text(content, encoding="utf-8")
        partial.chmod(0o755)
        _put_in_place(partial, folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return folder


def _put_in_place(partial: Path, folder: Path) -> None:
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.replace(folder, old / folder.name)
        os.replace(partial, folder)
        shutil.rmtree(old)
    else:
        os.replace(partial, folder)


def manifest_of(
    command: str, scenarios: Mapping[str, Scenario], began_s: float, **facts: Any
) -> dict[str, Any]:
    """What it takes to remake a run: command, hashes, versions, machine, run time, and the facts given (seed …).

    `began_s` is when the work began, by `time.monotonic`.
    """
    return {
        "command": command,
        "scenarios": {name: digest(scenario) for name, scenario in scenarios.items()},
        **facts,
        "versions": versions(),
        "run_time_s": round(time.monotonic() - began_s, 1),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


def versions() -> dict[str, str]:
    """Versions of this program, of Python, and of the libraries that figures depend on."""
    own = {"contact-center-planner": version("contact-center-planner"), "python": platform.python_version()}
    return own | {library: version(library) for library in _LIBRARIES}


def as_text(data: object) -> str:
    """JSON as files and standard output have it; NaN is a fault."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


@dataclass(frozen=True)
class KeptBlocks:
    """Finished blocks of one run, on disk until the run is whole; a run that is asked for again goes on from them."""

    folder: Path

    def load(self, block: int) -> list[Totals] | None:
        """The totals of a block, or None where it was not finished (or not by this very program)."""
        try:
            totals: list[Totals] = pickle.loads(self._file(block).read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError):
            return None
        return totals

    def save(self, block: int, totals: list[Totals]) -> None:
        """Keep a block; a write that is cut off leaves nothing behind that could be read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self._file(block).with_suffix(".partial")
        partial.write_bytes(pickle.dumps(totals))
        os.replace(partial, self._file(block))

    def discard(self) -> None:
        """Drop everything: the run is whole."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if (
            self.folder.parent.name == _KEPT
            and self.folder.parent.exists()
            and not any(self.folder.parent.iterdir())
        ):
            self.folder.parent.rmdir()

    def _file(self, block: int) -> Path:
        return self.folder / f"{block:06d}.pickle"


def kept_blocks(beside: Path, scenario: Scenario, seed: int, *about: object) -> KeptBlocks:
    """The blocks kept beside a run folder for this scenario, seed and whatever else decides their content.

    The engine's own source is part of the name: a changed program does not go on from another one's blocks.
    """
    words = [digest(scenario), str(seed), _source_digest(), *map(str, about)]
    name = hashlib.sha256("\n".join(words).encode()).hexdigest()[:20]
    return KeptBlocks(beside.parent / _KEPT / name)


def _source_digest() -> str:
    found = hashlib.sha256()
    for file in sorted(Path(sim.__file__).parent.rglob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()
