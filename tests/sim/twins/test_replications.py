"""Twins: any number of workers, any blocks, one by one or all at once: the same bytes."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.engines import CompiledEngine, EngineName
from sim.measures.result import Result
from sim.records.totals import Totals
from sim.replicate import BLOCK, CHECK_EVERY, Asked, run
from sim.workers import worker_pool
from sim.world.world import world_of
from tests.sim.worlds import center, team


def small() -> Scenario:
    """Everything at once, on a morning: bot, redial, reconnect, lines, two groups, shifts, absence."""
    types = {
        "call": {
            "channel": "voice",
            "arrivals": {"per_day": 200, "shape": [1, 3, 2]},
            "talk_s": {"law": "gamma", "mean": 240, "cv": 0.8},
            "wrap_up_s": 30,
            "patience_s": {"law": "exponential", "mean": 60, "balk_share": 0.05},
            "redial": {"share": 0.5, "delay_s": 600},
            "resolution_rate": 0.8,
            "reconnect": {"share": 0.5, "delay_h": 1.0},
            "service_target": "80/20",
        }
    }
    shifts = [{"start": "08:00", "hours": 4, "people": 3, "breaks": [{"after_h": 2, "min": 15}]}]
    groups = {
        "team": team(2, ["call"], cost_per_h=20.0),
        "late": team(agents={"shifts": shifts}, shrinkage={"absent": 0.1, "planned": 0.1}),
    }
    part = {"of_100": {"solved": 30, "wrongly_closed": 5, "handed_over": 60, "left": 5}, "session_s": 45}
    bot = {"menu": {"selectivity": 0.5, "max_sessions": 6, "contact_type": {"call": part}}}
    calendar = {"hours": {"mon-sun": "08:00-12:00"}, "warm_up_h": 24, "run_out_h": 24}
    busyness = {"day_cv": 0.2}
    return center(types, groups, calendar, bot=bot, lines={"n": 9}, busyness=busyness)


def as_json(result: Result) -> str:
    return json.dumps(list(result.rows(intervals=True)), allow_nan=False)


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_one_and_two_workers_give_the_same_bytes(engine: EngineName):
    asked = Asked(seed=5, replications=2 * BLOCK + 2, by_interval=True, engine=engine)
    alone = as_json(run(small(), asked))
    with worker_pool(2, engine) as pool:
        together = as_json(run(small(), asked, executor=pool))
    assert alone.encode() == together.encode()
    assert len(json.loads(alone)) > 1000


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_sequential_stopping_does_not_depend_on_workers(engine: EngineName):
    asked = Asked(seed=5, precision=0.035, engine=engine)
    alone = run(small(), asked)
    with worker_pool(2, engine) as pool:
        together = run(small(), asked, executor=pool)
    assert alone.replications == together.replications
    assert as_json(alone) == as_json(together)


def test_stops_at_the_first_check_that_is_precise_enough():
    result = run(small(), Asked(seed=5, precision=0.035))
    n = result.replications
    assert n % CHECK_EVERY == 0
    assert n > CHECK_EVERY, "too easy a precision for a test of stopping"
    assert result.estimate("service_level").half_width <= 0.035
    before = run(small(), Asked(seed=5, replications=n - CHECK_EVERY))
    assert before.estimate("service_level").half_width > 0.035


def same(ours: Totals, theirs: Totals) -> bool:
    return all(
        np.array_equal(getattr(ours, field.name), getattr(theirs, field.name)) for field in fields(Totals)
    )


def test_a_replication_is_the_same_alone_in_a_batch_and_in_a_later_batch():
    engine = CompiledEngine(world_of(small()))
    alone = [engine.totals(Sample(5, r), False) for r in range(8)]
    batch = run(small(), Asked(seed=5, replications=8)).totals
    later = run(small(), Asked(seed=5, replications=5, first_replication=3)).totals
    assert all(same(a, b) for a, b in zip(alone, batch, strict=True))
    assert all(same(a, b) for a, b in zip(alone[3:], later, strict=True))


def test_replications_and_seeds_differ():
    engine = CompiledEngine(world_of(small()))
    arrivals = [
        tuple(engine.records(Sample(seed, r)).attempts.arrived_s) for seed in (1, 2, -1) for r in (0, 1)
    ]
    assert len(set(arrivals)) == 6


class Shelf(dict[int, list[Totals]]):
    """Blocks that were kept, and which were asked for again."""

    def load(self, block: int) -> list[Totals] | None:
        return self.get(block)

    def save(self, block: int, totals: list[Totals]) -> None:
        assert block not in self, "a kept block was run again"
        self[block] = totals


def test_an_interrupted_run_goes_on_from_the_blocks_that_were_kept():
    asked = Asked(seed=5, replications=3 * BLOCK)
    shelf = Shelf()
    whole = run(small(), asked, kept=shelf)
    assert sorted(shelf) == [0, BLOCK, 2 * BLOCK]
    half = Shelf({0: shelf[0], 2 * BLOCK: shelf[2 * BLOCK]})
    assert as_json(run(small(), asked, kept=half)) == as_json(whole)
    assert sorted(half) == [0, BLOCK, 2 * BLOCK]


def test_a_kept_block_that_is_too_short_is_run_again():
    """12 replications leave a block of two; 20 replications want that block whole."""

    class Overwriting(Shelf):
        def save(self, block: int, totals: list[Totals]) -> None:
            self[block] = totals

    shelf = Overwriting()
    run(small(), Asked(seed=5, replications=2 * BLOCK + 2), kept=shelf)
    assert [len(shelf[first]) for first in sorted(shelf)] == [BLOCK, BLOCK, 2]
    more = Asked(seed=5, replications=3 * BLOCK)
    assert as_json(run(small(), more, kept=shelf)) == as_json(run(small(), more))
    fewer = Asked(seed=5, replications=2 * BLOCK + 1)
    assert as_json(run(small(), fewer, kept=shelf)) == as_json(run(small(), fewer))


def test_progress_counts_replications():
    told: list[tuple[int, int | None]] = []
    run(small(), Asked(seed=5, replications=12), progress=lambda done, of: told.append((done, of)))
    assert told == [(5, 12), (10, 12), (12, 12)]


@pytest.mark.parametrize(
    "measure", ["offered", "answered", "abandoned", "fresh", "lost", "present_h", "paid_h"]
)
def test_intervals_add_up_to_the_horizon(measure):
    by_interval = run(small(), Asked(seed=5, replications=3, by_interval=True))
    whole = run(small(), Asked(seed=5, replications=3))
    in_parts = sum(by_interval.value(measure, interval=i) for i in range(48))
    assert in_parts == pytest.approx(whole.value(measure), rel=1e-12)
    assert by_interval.value(measure) == pytest.approx(whole.value(measure), rel=1e-12)
