"""Simulation as commands run it: on workers, with a progress line, keeping finished blocks."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

import click

from ccplan.progress import ProgressLine
from results.store import KeptBlocks, kept_blocks
from scenarios import Scenario
from sim.engines import EngineName
from sim.measures.result import Result
from sim.replicate import Asked, run
from sim.workers import default_workers, worker_pool


def pool_of(workers: int | None, engine: EngineName = "compiled") -> AbstractContextManager[Executor | None]:
    """As many workers as asked for, else one a core; for the compiled engine, compiled before they start."""
    if engine == "compiled":
        compile_engine()
    return worker_pool(default_workers() if workers is None else workers, engine)


def compile_engine() -> None:
    """Load the compiled engine; where it has to be compiled, say so, as it takes a while and happens once."""
    from sim.kernel.machine_code import is_at_hand, kernel

    if not is_at_hand():
        click.echo("compiling the simulation engine for this machine, once: about half a minute", err=True)
    kernel()


def simulated(
    scenario: Scenario,
    asked: Asked,
    folder: Path,
    executor: Executor | None,
    streams: Mapping[str, int] | None = None,
    line: ProgressLine | None = None,
) -> tuple[Result, KeptBlocks]:
    """A scenario's result, and the blocks kept on the way: discard them once the run folder is written.

    line: of the search that asks for it; else the simulation has a line of its own
    """
    about = (
        asked.by_interval,
        asked.first_replication,
        asked.engine,
        asked.scheme,
        sorted((streams or {}).items()),
    )
    kept = kept_blocks(folder, scenario, asked.seed, *about)
    shown = line or ProgressLine(f"simulating {scenario.name}")
    try:
        result = run(scenario, asked, streams=streams, executor=executor, progress=shown, kept=kept)
    finally:
        if line is None:
            shown.close()
    return result, kept
