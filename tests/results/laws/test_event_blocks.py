"""Laws: every attempt and every moment is in the log once, and no part of it is larger than its buffer."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from results import event_log
from results.event_log import EventLog
from scenarios import load
from sim.engines import engine_of
from sim.kernel.record import Records
from sim.replicate import Asked, run
from sim.world.world import world_of
from tests.results.events import FIRST, lines_of, rows_of
from tests.sim.random_centers import random_centers
from tests.sim.steady import steady


@pytest.mark.parametrize("scheme", ["independent", "antithetic"])
def test_an_arrival_for_each_contact_simulated(scheme):
    found = Counter[tuple[int, str]]()
    scenario = load("n-design")
    log = EventLog(world_of(scenario))

    def count(replication: int, attempts: Records) -> None:
        lines = b"".join(log.lines(replication, attempts)).decode().splitlines()
        found.update((int(row["replication"]), row["event"]) for row in rows_of(lines))

    result = run(scenario, Asked(replications=4, scheme=scheme), log=count)
    assert sum(n for (_, event), n in found.items() if event == "arrival") == result.contacts
    assert {replication for replication, _ in found} == {0, 1, 2, 3}


@steady(30)
@given(random_centers())
def test_what_begins_ends_and_time_goes_on(scenario):
    """Within an attempt; only what was under way when the run ended has no end."""
    attempts: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows_of(lines_of(scenario, "compiled")):
        attempts.setdefault((row["entity"], row["attempt"]), []).append(row)
    for rows in attempts.values():
        times = [float(row["time_s"]) for row in rows]
        events = [row["event"] for row in rows]
        kinds = Counter(row["event_type"] for row in rows)
        assert times == sorted(times)
        assert events[0] == "arrival"
        assert len(events) == len(set(events))
        over = events[-1] == "depart"
        assert kinds["arrival_departure"] == 1 + over
        assert kinds["resource_use"] - kinds["resource_use_end"] in ((0,) if over else (0, 1))


def test_blocks_do_not_grow_with_the_run(monkeypatch):
    """A center of sixty under way fits the first slots, so that the buffer alone decides."""
    monkeypatch.setattr("sim.compiled.arrays.LOG_BLOCK", 2000)
    sizes: dict[int, list[int]] = {}
    for days in (1, 3):
        scenario = load("erlang-a").changed({"calendar.days": days})
        replication = engine_of("compiled", world_of(scenario)).logged(FIRST, by_interval=False)
        sizes[days] = [len(block.attempts) for block in replication.blocks()]
        assert sum(sizes[days]) == replication.totals().n_attempts
    assert max(sizes[1] + sizes[3]) <= 2000
    assert len(sizes[3]) > 2 * len(sizes[1]) > 10


def test_lines_come_a_few_thousand_attempts_at_once(monkeypatch):
    """Whatever the block: the readable engine's is the whole replication."""
    monkeypatch.setattr(event_log, "_ATTEMPTS_AT_ONCE", 100)
    world = world_of(load("n-design"))
    (block,) = engine_of("simpy", world).logged(FIRST, by_interval=False).blocks()
    parts = list(EventLog(world).lines(0, block.attempts))
    arrivals = [part.count(b",arrival,") for part in parts]
    assert sum(arrivals) == len(block.attempts) > 1000
    assert max(arrivals) == 100
