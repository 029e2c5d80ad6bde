"""Events of one replication, as the file has them: all lines, or a table of one's own columns."""

from __future__ import annotations

import csv
import io

from results.event_log import EventLog
from scenarios import Scenario
from sim.chance.sample import Sample
from sim.engines import EngineName, engine_of
from sim.world.world import world_of

FIRST = Sample(seed=1, replication=0)


def lines_of(scenario: Scenario, engine: EngineName, sample: Sample = FIRST) -> list[str]:
    """The lines of `events.csv` that a replication adds."""
    world = world_of(scenario)
    log, run = EventLog(world), engine_of(engine, world).logged(sample, by_interval=False)
    parts = [part for block in run.blocks() for part in log.lines(sample.replication, block.attempts)]
    return b"".join(parts).decode().splitlines()


def rows_of(lines: list[str]) -> list[dict[str, str]]:
    """Lines read as CSV, by column."""
    return list(csv.DictReader(io.StringIO("\n".join([EventLog.header.decode().strip(), *lines]))))


def told(lines: list[str], *columns: str) -> list[str]:
    """Each line's values in some columns, in one word each."""
    return [" ".join(row[column] for column in columns) for row in rows_of(lines)]
