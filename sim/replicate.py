"""Replications: blocks of them over workers, reduced in their order, until enough or precise enough.

A block is the unit of work and of what is kept when a run is interrupted. Precision is looked at after every
`CHECK_EVERY` replications, so that the number of workers changes nothing; not before there are `LEAST_OBSERVATIONS`
independent ones, as a spread of two or three is small by chance too often.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scenarios import Fault, FaultyInput, Scenario
from sim.chance.sample import GROUP_SIZE, Sample, Scheme
from sim.engines import Engine, EngineName, engine_of
from sim.induced import induced_demand
from sim.kernel.record import Records
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.records.totals import Totals
from sim.workers import in_order
from sim.world.world import world_of

if TYPE_CHECKING:
    from sim.center.own_routing import Routing

BLOCK = 5
CHECK_EVERY = 10
LEAST_OBSERVATIONS = 10
MOST_REPLICATIONS = 10_000
INDUCED_REPLICATIONS = 20  # of each round on the way to demand that goes with its own waits

Progress = Callable[[int, int | None], None]  # replications done, and of how many (None: until precise)
Log = Callable[[int, Records], None]  # takes a replication's attempts as they end, block by block


class Kept(Protocol):
    """Where finished blocks are kept, so that an interrupted run can go on."""

    def load(self, block: int) -> list[Totals] | None:
        """The totals of a block that was finished before; None if it was not."""

    def save(self, block: int, totals: list[Totals]) -> None:
        """Keep a finished block."""


@dataclass(frozen=True)
class Asked:
    """How much to simulate: this many replications, or until the service level's half-width is small enough."""

    seed: int = 1
    replications: int = 20
    precision: float | None = None
    by_interval: bool = False
    first_replication: int = 0
    engine: EngineName = "compiled"
    scheme: Scheme = "independent"


class _Block(NamedTuple):
    engine: Engine
    first: int
    samples: tuple[Sample, ...]
    by_interval: bool
    log: Log | None


def run(
    scenario: Scenario,
    asked: Asked | None = None,
    *,
    streams: Mapping[str, int] | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
    log: Log | None = None,
    routing: Routing | None = None,
) -> Result:
    """Simulate a scenario. The same scenario, seed and replications give the same bytes for any executor.

    `streams` numbers the contact types as a baseline does, so that designs meet the same customers. A `log` is
    written in order of replications: without an executor, and without blocks kept from before.
    `routing` is a planner's own, for the readable engine.
    Raises FaultyInput where people are still left to the optimizer.
    """
    asked = asked or Asked()
    require_people(scenario)
    if asked.precision is not None:
        _require_target(scenario)
    require_whole_groups(asked)

    def engine_for(center: Scenario) -> Engine:
        engine = engine_of(asked.engine, world_of(center, streams), routing)
        engine.prepare()
        return engine

    mean_waits = partial(_mean_waits, asked=asked, engine_for=engine_for, executor=executor)
    induced = induced_demand(scenario, mean_waits)
    engine = engine_for(scenario if induced is None else induced.applied(scenario))
    begin = time.perf_counter()
    totals: list[Totals] = []
    while True:
        wanted = _wanted(asked, len(totals))
        totals += _simulate(
            engine, asked, range(len(totals), wanted, BLOCK), wanted, executor, progress, kept, log
        )
        result = Result(
            scenario,
            asked.seed,
            tuple(totals),
            asked.by_interval,
            time.perf_counter() - begin,
            asked.engine,
            asked.scheme,
            induced,
        )
        if (
            asked.precision is None
            or len(totals) >= MOST_REPLICATIONS
            or precise_enough(result, asked.precision)
        ):
            return result


def _mean_waits(
    scenario: Scenario, asked: Asked, engine_for: Callable[[Scenario], Engine], executor: Executor | None
) -> dict[str, float | None]:
    """Each contact type's mean wait in a few replications, those with which the run begins."""
    firsts = range(0, INDUCED_REPLICATIONS, BLOCK)
    totals = _simulate(engine_for(scenario), asked, firsts, INDUCED_REPLICATIONS, executor, None, None, None)
    result = Result(scenario, asked.seed, tuple(totals), asked.by_interval, 0.0, asked.engine, asked.scheme)
    return {
        name: result.estimate("mean_wait_s", "contact_type", name).value for name in scenario.contact_type
    }


def precise_enough(result: Result, precision: float) -> bool:
    """Whether the half-width of the total service level is at most `precision`."""
    return is_precise(result.estimate("service_level"), result.observations, precision)


def is_precise(found: Estimate, n_observations: int, precision: float) -> bool:
    """Whether so many independent observations are enough to believe a half-width, and it is at most `precision`."""
    half_width = found.half_width
    return n_observations >= LEAST_OBSERVATIONS and half_width is not None and half_width <= precision


def require_people(scenario: Scenario) -> None:
    """Fault where a group's people are left to the optimizer."""
    faults = [
        Fault(
            file=scenario.name,
            key=f"agent_group.{name}.agents",
            found='"plan"',
            expected="people who are present, or shifts",
            hint=f"run ccplan plan {scenario.name} first",
        )
        for name, group in scenario.agent_group.items()
        if group.agents.plan
    ]
    if faults:
        raise FaultyInput(faults)


def require_whole_groups(asked: Asked) -> None:
    """ValueError where pairs or blocks of a scheme would be cut."""
    size = GROUP_SIZE[asked.scheme]
    wanted = {"first_replication": asked.first_replication}
    if asked.precision is None:
        wanted["replications"] = asked.replications
    for name, n in wanted.items():
        if n % size:
            raise ValueError(f"{name}: got {n}, expected a multiple of {size} ({asked.scheme})")


def _require_target(scenario: Scenario) -> None:
    """Fault where precision is asked of a service level that nobody has promised: it would never be reached."""
    targets = [declared.service_target for declared in scenario.contact_type.values()]
    if all(target is None or target.awt_s is None for target in targets):
        found = "has no service_target with an awt_s"
        raise FaultyInput([Fault(scenario.name, "contact_type", found, "one, where precision is asked for")])


def _wanted(asked: Asked, done: int) -> int:
    return asked.replications if asked.precision is None else done + CHECK_EVERY


def _simulate(
    engine: Engine,
    asked: Asked,
    firsts: range,
    wanted: int,
    executor: Executor | None,
    progress: Progress | None,
    kept: Kept | None,
    log: Log | None,
) -> list[Totals]:
    """The replications that begin the blocks `firsts`, up to `wanted`; kept blocks are not run again."""
    blocks = {first: _kept_block(kept, first, min(BLOCK, wanted - first)) for first in firsts}
    missing = [
        _Block(engine, first, _samples(asked, first, min(BLOCK, wanted - first)), asked.by_interval, log)
        for first, totals in blocks.items()
        if totals is None
    ]
    for block, totals in in_order(executor, _run_block, missing):
        first = block.first
        blocks[first] = totals
        if kept is not None:
            kept.save(first, totals)
        if progress:
            done = sum(len(totals) for totals in blocks.values() if totals is not None)
            progress(firsts.start + done, None if asked.precision else wanted)
    return [one for first in firsts for one in blocks[first] or ()]


def _kept_block(kept: Kept | None, first: int, n: int) -> list[Totals] | None:
    """A block that was finished before, if it holds as many replications as are wanted now."""
    totals = None if kept is None else kept.load(first)
    return None if totals is None or len(totals) < n else totals[:n]


def _samples(asked: Asked, first: int, n: int) -> tuple[Sample, ...]:
    first += asked.first_replication
    return tuple(Sample(asked.seed, replication, asked.scheme) for replication in range(first, first + n))


def _run_block(block: _Block) -> list[Totals]:
    if block.log is None:
        return [block.engine.totals(sample, block.by_interval) for sample in block.samples]
    return [_logged(block.engine, sample, block.by_interval, block.log) for sample in block.samples]


def _logged(engine: Engine, sample: Sample, by_interval: bool, log: Log) -> Totals:
    """A replication's sums, after its log has been handed on."""
    replication = engine.logged(sample, by_interval)
    for rows in replication.blocks():
        log(sample.replication, rows.attempts)
    return replication.totals()
