"""`python -m bench`: measure, and write the page, its data and its pictures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import own, pairing, pictures, records, scaling, schemes, shift_days, sizes, speed, together, weeks
from bench.machine import facts, load_average
from bench.page import page
from bench.progress import end_of_line, on_terminal
from bench.roster import PEERS
from bench.running import Runner
from bench.store import Section, load
from optimizer.options import PlanOptions
from sim.engines import EngineName
from sim.workers import default_workers, worker_pool

MEASUREMENTS = (
    *("speed", "scenarios", "workers", "size", "memory", "pairing", "schemes", "weeks", "shifts"),
    *("together", "large", "records"),
)
AGAINST_PEERS = ("speed", "shifts", "records")
PLANNED = ("together", "large")
PAGE = "benchmarks.md"
QUICK_SIZE = 0.1


def main(words: list[str] | None = None) -> int:
    """Exit status: 0, or 1 where a peer simulated another system."""
    asked = _parser().parse_args(words)
    folder = asked.out or Path("runs/bench" if asked.quick else "results/published")
    folder.mkdir(parents=True, exist_ok=True)
    store = load(folder, facts())
    wrong: list[str] = []
    for name in MEASUREMENTS if asked.what == "all" else (asked.what,):
        before = load_average()
        data = _measured(name, asked, folder)
        store.sections[name] = Section(_today(), _command(asked), before, data)
        store.save(folder)
        (folder / PAGE).write_text(page(store), encoding="utf-8")
        wrong += _disagreeing(data) if name == "speed" else []
    end_of_line()
    for text in wrong:
        print(text, file=sys.stderr)
    print(folder / PAGE)
    return 1 if wrong else 0


def _measured(name: str, asked: argparse.Namespace, folder: Path) -> Any:
    """The data of one section; pictures are drawn on the way."""
    n_runs, size = (1, QUICK_SIZE) if asked.quick else (asked.runs, 1.0)
    if name in AGAINST_PEERS:
        return _against_peers(name, asked, n_runs, size)
    if name in PLANNED:
        return _planned(name, asked, size)
    if name in ("scenarios", "workers", "weeks"):
        return {"engine": asked.engine, "rows": _rows(name, asked.engine, n_runs, size)}
    if name == "size":
        points = scaling.sizes(asked.engine, on_terminal, n_runs, size)
        pictures.save_sizes(points, folder)
        return {"engine": asked.engine, "points": [asdict(point) for point in points]}
    if name == "memory":
        kept = scaling.memory(asked.engine, on_terminal, size)
        return {"engine": asked.engine, "points": [asdict(point) for point in kept]}
    return _replicated(name, asked.engine, folder, size)


def _planned(name: str, asked: argparse.Namespace, size: float) -> Any:
    """The data of a section in which whole plans are made."""
    with worker_pool(default_workers()) as executor:
        if name == "together":
            days = together.fresh_days(size)
            rows = [asdict(row) for row in together.measure(on_terminal, size, executor)]
            return {"fresh_days": days, "rows": rows}
        chosen = asked.sizes or (sizes.SIZES if size >= 1.0 else sizes.SIZES[:1])
        search_s = PlanOptions().search_limit_s * size
        found = [asdict(row) for row in sizes.measure(on_terminal, chosen, search_s, executor)]
        return {"search_s": search_s, "fresh_days": sizes.N_FRESH_DAYS, "rows": found}


def _rows(name: str, engine: EngineName, n_runs: int, size: float) -> list[dict[str, Any]]:
    """The rows of a section that is a table alone."""
    if name == "scenarios":
        return [asdict(row) for row in own.measure(engine, on_terminal, n_runs, size)]
    if name == "workers":
        return [asdict(row) for row in scaling.workers(engine, on_terminal, n_runs, size)]
    return [asdict(row) for row in weeks.measure(on_terminal, n_runs, size)]


def _against_peers(name: str, asked: argparse.Namespace, n_runs: int, size: float) -> Any:
    """The data of a section in which others take part."""
    if name == "shifts":
        return shift_days.measure(on_terminal, n_runs, size)
    if name == "records":
        return records.measure(on_terminal, n_runs, size)
    with tempfile.TemporaryDirectory() as compiled:
        tables = speed.measure(Runner(Path(compiled)), on_terminal, n_runs, size, asked.peers)
    return [table.data() for table in tables]


def _replicated(name: str, engine: EngineName, folder: Path, size: float) -> Any:
    """The data of a section that is about replications, with its picture."""
    with worker_pool(default_workers(), engine) as executor:
        if name == "schemes":
            longest = max(schemes.RUNS)
            replications = longest * max(2, round(size * schemes.REPLICATIONS / longest))
            rows = schemes.measure(engine, on_terminal, replications, executor)
        else:
            replications = max(10, round(size * pairing.REPLICATIONS))
            pairings = pairing.measure(engine, on_terminal, replications, executor)
    if name == "schemes":
        pictures.save_schemes(rows, folder)
        return {"engine": engine, "rows": [asdict(row) for row in rows]}
    pictures.save_pairings(pairings, folder)
    return {"engine": engine, "pairings": [asdict(each) for each in pairings]}


def _disagreeing(data: list[dict[str, Any]]) -> list[str]:
    tables = [speed.Table.of(each) for each in data]
    return [
        f"{table.title}: {name} is more than {speed.TOLERANCE_SE:g} standard errors off the exact abandonment rate"
        for table in tables
        for name in table.wrong
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=("all", *MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="one run of a tenth the size, into runs/bench")
    parser.add_argument("--runs", type=int, default=5, help="runs of everything that is timed (default: 5)")
    parser.add_argument("--out", type=Path, help="folder of the page (default: results/published)")
    parser.add_argument(
        "--engine", default="compiled", choices=("compiled", "simpy"), help="of all but speed"
    )
    names = [peer.name for peer in PEERS]
    parser.add_argument("--peers", nargs="+", choices=names, help="only these peers in speed (default: all)")
    parser.add_argument(
        "--sizes", nargs="+", type=int, metavar="N", help="types of the centers in large (default: 2 5 10 20)"
    )
    return parser


def _command(asked: argparse.Namespace) -> str:
    """What to type to measure this again."""
    words = ["python -m bench", asked.what]
    words += ["--quick"] if asked.quick else [f"--runs {asked.runs}"] if asked.runs != 5 else []
    words += [f"--engine {asked.engine}"] if asked.engine != "compiled" else []
    words += [f"--peers {' '.join(asked.peers)}"] if asked.peers else []
    words += [f"--sizes {' '.join(map(str, asked.sizes))}"] if asked.sizes else []
    return " ".join(words)


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


if __name__ == "__main__":
    sys.exit(main())
