"""Shifts for a day, ours against pyworkforce's: the same people needed, the same shifts and breaks, the same price."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from bench.days import AWT_S, DAYS, HANDLE_S, SHARE, Day
from bench.peers.covered import Plan, Question
from bench.progress import Progress
from bench.running import ROOT

PEER = "pyworkforce"
OURS, THEIRS = "bench.peers.our_shifts", "bench.peers.pyworkforce_shifts"
# Loads from half an erlang to 200, three handle times, four targets.
QUEUES = [
    (load * 3600.0 / handle_s, handle_s, awt_s, share)
    for load in (0.5, *range(1, 201))
    for handle_s in (120.0, 240.0, 600.0)
    for awt_s, share in ((10.0, 0.9), (20.0, 0.8), (60.0, 0.8), (300.0, 0.5))
]


@dataclass(frozen=True)
class Found:
    """What a planner found: paid hours, people missing summed over the intervals, status, seconds, versions."""

    paid_h: float
    missing: int
    status: str
    seconds: float
    versions: str


@dataclass(frozen=True)
class Row:
    """One day. Plans at the least cost, by run; pyworkforce's of least difference, and ours that covers as much."""

    day: str
    patterns: int
    peak: int
    ours: tuple[Found, ...]
    theirs: tuple[Found, ...]
    difference: Found | None = None
    ours_alike: Found | None = None

    @property
    def times(self) -> float:
        """Their median seconds ÷ ours."""
        return median(plan.seconds for plan in self.theirs) / median(plan.seconds for plan in self.ours)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Row:
        """From JSON."""
        plans = {name: tuple(Found(**each) for each in data[name]) for name in ("ours", "theirs")}
        single = {
            name: None if data[name] is None else Found(**data[name]) for name in ("difference", "ours_alike")
        }
        return cls(data["day"], data["patterns"], data["peak"], **plans, **single)


@dataclass(frozen=True)
class Requirements:
    """People by Erlang C for the same queues: in how many the numbers are equal, or theirs larger or smaller."""

    n: int
    equal: int
    larger: int
    smaller: int
    most_larger: int
    ours_s: float
    theirs_s: float

    @classmethod
    def of(cls, ours: dict[str, Any], theirs: dict[str, Any]) -> Requirements:
        """From the answers of both."""
        more = [there - here for here, there in zip(ours["people"], theirs["people"], strict=True)]
        larger, smaller = sum(each > 0 for each in more), sum(each < 0 for each in more)
        equal = len(more) - larger - smaller
        most = max(0, *more)
        return cls(len(more), equal, larger, smaller, most, ours["seconds"], theirs["seconds"])


def measure(progress: Progress, n_runs: int, size: float) -> dict[str, Any]:
    """The section's data; `size` is the share of the days, the smallest first. Without pyworkforce ours alone."""
    days = DAYS[: max(1, round(size * len(DAYS)))]
    people = requirements()
    return {
        "rows": [asdict(_row(day, progress, n_runs)) for day in days],
        "requirements": None if people is None else asdict(people),
    }


def requirements() -> Requirements | None:
    """None where pyworkforce is not installed."""
    if not is_installed():
        return None
    return Requirements.of(*(ask("bench.peers.requirements", QUEUES, who) for who in ("ours", PEER)))


@cache
def is_installed() -> bool:
    """Whether there is anyone to compare with."""
    return find_spec(PEER) is not None


def ask(module: str, question: Any, *words: str) -> Any:
    """The answer of a module in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        input=json.dumps(question) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def plan_of(data: dict[str, Any]) -> Plan:
    """From JSON."""
    return Plan(**{**data, "staffed": tuple(data["staffed"])})


def _row(day: Day, progress: Progress, n_runs: int) -> Row:
    needed = needed_on(day)
    ours: list[Found] = []
    theirs: list[Found] = []
    for n in range(n_runs):
        progress(f"shifts: {day.title}, run {n + 1} of {n_runs}")
        ours.append(_found(_plan(OURS, Question(day.name, needed)), needed))
        if is_installed():
            theirs.append(_found(_plan(THEIRS, Question(day.name, needed)), needed))
    row = Row(day.name, len(day.coverage()), max(needed), tuple(ours), tuple(theirs))
    if not is_installed():
        return row
    progress(f"shifts: {day.title}, least difference")
    difference = _plan(THEIRS, Question(day.name, needed, "difference"))
    covered = tuple(min(n, there) for n, there in zip(needed, difference.staffed, strict=True))
    alike = _plan(OURS, Question(day.name, covered))
    return replace(row, difference=_found(difference, needed), ours_alike=_found(alike, needed))


def _found(plan: Plan, needed: tuple[int, ...]) -> Found:
    return Found(plan.paid_h, plan.missing(needed), plan.status, plan.seconds, plan.versions)


def _plan(module: str, question: Question) -> Plan:
    return plan_of(ask(module, asdict(question)))


def needed_on(day: Day) -> tuple[int, ...]:
    """Erlang C for each interval's calls."""
    from sim.theory import Target, required_agents

    target = Target(SHARE, AWT_S)
    return tuple(required_agents(calls / 3600.0, HANDLE_S, None, target) for calls in day.calls_per_h())
