"""What every peer measures alike: CPU and wall time of the simulation alone, and its memory beyond the imports.

Imports, compilation and set-up come before the clock starts; the memory in use at that moment counts as "before".
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.systems import System, system_named

MB = 1024.0
STATUS = Path("/proc/self/status")


class UnableError(RuntimeError):
    """A peer that cannot state a system, or is not installed; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What a simulation tells: contacts answered within the acceptable wait; by type, those who came and abandoned."""

    in_time: int
    offered: tuple[int, ...]
    abandoned: tuple[int, ...]


@dataclass(frozen=True)
class Measured:
    """One run of one peer; memory in MB: before the simulation, and the most during it. Counts as in `Outcome`."""

    cpu_s: float
    wall_s: float
    before_mb: float
    peak_mb: float
    in_time: int
    offered: tuple[int, ...]
    abandoned: tuple[int, ...]

    @property
    def contacts(self) -> int:
        """All that came."""
        return sum(self.offered)

    @property
    def service_level(self) -> float:
        """Answered within the acceptable wait ÷ offered."""
        return self.in_time / self.contacts

    @property
    def abandonment_rate(self) -> float:
        """Abandoned ÷ offered."""
        return sum(self.abandoned) / self.contacts


Simulate = Callable[[], Outcome]
Prepare = Callable[[System, int, int], Simulate]  # system, contacts, seed


def measure(simulate: Simulate) -> Measured:
    """Run once, under the clocks."""
    _forget_peak()
    before_mb = memory_now_mb()
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    outcome = simulate()
    cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
    return Measured(
        cpu_s=cpu_s,
        wall_s=wall_s,
        before_mb=before_mb,
        peak_mb=peak_memory_mb(),
        in_time=outcome.in_time,
        offered=outcome.offered,
        abandoned=outcome.abandoned,
    )


def main(prepare: Prepare) -> None:
    """The command line of a peer in Python. A peer that cannot do what is asked says so and exits with 3."""
    name, contacts, seed = sys.argv[1:4]
    try:
        simulate = prepare(system_named(name), int(contacts), int(seed))
    except UnableError as reason:
        print(json.dumps({"unable": str(reason)}))
        sys.exit(3)
    print(json.dumps(asdict(measure(simulate))))


def memory_now_mb() -> float:
    """Resident memory of this process."""
    found = _status("VmRSS")
    return peak_memory_mb() if found is None else found


def peak_memory_mb() -> float:
    """The most resident memory so far.

    Linux's VmHWM belongs to this program alone; `getrusage` would also count the parent that started it.
    """
    found = _status("VmHWM")
    if found is not None:
        return found
    unit = MB * MB if sys.platform == "darwin" else MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _status(key: str) -> float | None:
    """A figure of Linux's process status, in MB; None on other systems."""
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith(f"{key}:"):
                return float(line.split()[1]) / MB
    return None


def _forget_peak() -> None:
    """Let the peak start anew, so that a high one during the imports hides nothing (Linux; elsewhere it stays)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
