"""Seconds and memory of reading a million rows of calls, by our reader and by a few lines of polars or pandas."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from bench.peers.records_reader import WAYS
from bench.progress import Progress
from bench.records_files import months, write_rows
from bench.running import REFUSED, ROOT

N_ROWS = 1_000_000
_MB = 1_048_576
READER = "bench.peers.records_reader"


@dataclass(frozen=True)
class Read:
    """One reading: CPU and wall seconds, memory in MB before it and at most, and the totals that all must share."""

    way: str
    wall_s: float
    cpu_s: float
    before_mb: float
    peak_mb: float
    totals: tuple[int, int, float]


def measure(progress: Progress, n_runs: int, size: float) -> dict[str, Any]:
    """Every way in turn, a process each; a way that gives other totals is an error."""
    if not months():
        return {"unable": "the bank's record is not beside the checkout", "rows": 0, "reads": []}
    n_rows = round(size * N_ROWS)
    with tempfile.TemporaryDirectory() as folder:
        path = write_rows(Path(folder) / "calls.csv", n_rows)
        write_rows(path.with_suffix(".small"), 1000)
        reads = []
        for run in range(n_runs):
            for way in WAYS:
                progress(f"records: {way}, run {run + 1} of {n_runs}")
                found = _read(way, path)
                reads += [] if found is None else [found]
        file_mb = path.stat().st_size / _MB
    agree(reads)
    return {
        "rows": n_rows,
        "file_mb": file_mb,
        "versions": _versions(),
        "reads": [asdict(read) for read in reads],
    }


def _read(way: str, path: Path) -> Read | None:
    """One reading in a process of its own; None where the library is not installed."""
    command = [sys.executable, "-m", READER, way, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == REFUSED:
        return None
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return read_of(json.loads(done.stdout.splitlines()[-1]))


def read_of(data: dict[str, Any]) -> Read:
    """From JSON, which has lists."""
    contacts, answered, talk_s = data["totals"]
    return Read(**{**data, "totals": (contacts, answered, talk_s)})


def agree(reads: list[Read]) -> None:
    """Raise where two ways of reading the same file do not give the same calls."""
    different = {read.totals for read in reads}
    if len(different) > 1:
        raise RuntimeError(f"the ways of reading do not agree: {sorted(different)}")


def _versions() -> dict[str, str]:
    found = {}
    for name in ("polars", "pandas"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def by_way(reads: list[Read]) -> dict[str, list[Read]]:
    """Readings by way, in the order of the first ones."""
    ways = dict.fromkeys(read.way for read in reads)
    return {way: [read for read in reads if read.way == way] for way in ways}


def beyond_mb(reads: list[Read]) -> float:
    """Most memory of a reading beyond what was resident before it: median of the runs."""
    return median(read.peak_mb - read.before_mb for read in reads)
