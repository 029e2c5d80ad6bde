"""Running a simulation with its contact log, which is written while it runs and never held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ccplan.exits import NothingKept
from ccplan.output import unwritable
from ccplan.progress import ProgressLine
from ccplan.running import compile_engine
from results.event_log import EVENTS, EventLog
from scenarios import Scenario
from sim.kernel.record import Records
from sim.measures.result import Result
from sim.replicate import Asked, run
from sim.world.world import world_of


@contextmanager
def logged(scenario: Scenario, asked: Asked, folder: Path) -> Iterator[tuple[Result, Path]]:
    """A scenario's result, and its log in a temporary folder beside the run folder, from where it can be moved.

    Replications run one after the other, as the log is in their order. Nothing of an interrupted run is left.
    """
    if asked.engine == "compiled":
        compile_engine()
    try:
        with TemporaryDirectory(prefix=f".{folder.name}-log-", dir=folder.parent) as beside:
            path = Path(beside) / EVENTS
            yield _run(scenario, asked, path), path
    except KeyboardInterrupt as interrupt:
        raise NothingKept("with --log nothing is kept: the same command begins anew") from interrupt
    except OSError as error:
        raise unwritable(folder, error) from error


def _run(scenario: Scenario, asked: Asked, path: Path) -> Result:
    line = ProgressLine(f"simulating {scenario.name}")
    events = EventLog(world_of(scenario))
    with path.open("wb") as file:
        file.write(events.header)

        def write(replication: int, attempts: Records) -> None:
            file.writelines(events.lines(replication, attempts))

        try:
            return run(scenario, asked, progress=line, log=write)
        finally:
            line.close()
