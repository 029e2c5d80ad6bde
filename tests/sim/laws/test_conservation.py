"""Laws: nobody is lost and nobody is counted twice, whatever the center looks like."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
from hypothesis import given

from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin, Outcome
from sim.engines import SimpyEngine
from sim.replicate import Asked, run
from sim.world.world import World, world_of
from tests.sim.laws.small_centers import small_centers
from tests.sim.steady import steady
from tests.sim.worlds import Row, records, rows_of

GAVE_UP = {Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.LEFT_BOT}


@steady(40)
@given(small_centers())
def test_attempts_end_once_and_in_one_way(scenario):
    """Of those that arrived in the horizon. Offered = answered + abandoned; the others never joined the queue."""
    world = world_of(scenario)
    for row in rows_of(scenario, records(scenario)):
        if 0.0 <= row.arrived_s < world.horizon_s:
            assert row.outcome is not Outcome.OPEN
            assert row.ended_s >= row.arrived_s
        offered, answered = row.queued_s == row.queued_s, row.answered_s == row.answered_s
        assert answered is (row.group >= 0) is (row.talk_s == row.talk_s)
        assert offered or row.outcome not in {Outcome.SERVED, Outcome.ABANDONED, Outcome.BALKED}
        assert not answered or row.outcome in {Outcome.SERVED, Outcome.OPEN}


@steady(40)
@given(small_centers())
def test_counts_balance(scenario):
    """By type and in total, from the measures themselves."""
    result = run(scenario, Asked(seed=2, replications=2))

    def count(measure: str, name: str = "") -> float:
        return result.value(measure, "contact_type" if name else "total", name)

    for name in ["", *scenario.contact_type]:
        came = sum(count(origin, name) for origin in ("fresh", "redials", "reconnects", "transferred"))
        contained, left = count("contained", name), count("abandoned_in_bot", name)
        assert came == contained + left + count("lost", name) + count("blocked", name) + count(
            "offered", name
        )
        assert count("offered", name) == count("answered", name) + count("abandoned", name)
        assert count("entered_bot", name) == contained + left + count("escalated", name)
        assert count("wrongly_closed", name) <= contained
        assert count("short_abandoned", name) <= count("abandoned", name)


def by_need(rows: list[Row]) -> dict[int, list[Row]]:
    needs: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        needs[row.need].append(row)
    return needs


@steady(40)
@given(small_centers())
def test_needs_are_met_or_given_up_or_open(scenario):
    """Attempts are numbered through and follow one another; the last one tells what became of the need."""
    world, found = world_of(scenario), records(scenario, seed=3)
    for need, attempts in by_need(rows_of(scenario, found)).items():
        assert [row.attempt for row in attempts] == list(range(len(attempts)))
        for before, after in pairwise(attempts):
            assert follows(before, after)
        last = attempts[-1]
        met, is_open = last.met_s == last.met_s, bool(found.needs.open[need])
        assert met is (last.resolved or last.bot is BotOutcome.SOLVED)
        assert not (met and is_open and last.ended_s < world.horizon_s + world.run_out_s)
        assert sum(row.resolved or row.bot is BotOutcome.SOLVED for row in attempts) == met
        if not met and not is_open:
            assert last.outcome in {*GAVE_UP, Outcome.LOST, Outcome.SERVED, Outcome.CLOSED_BY_BOT}


def follows(before: Row, after: Row) -> bool:
    """An attempt of this origin can come of that end."""
    if after.arrived_s < before.ended_s:
        return False
    unresolved = before.outcome is Outcome.SERVED and not before.resolved
    return {
        Origin.REDIAL: before.outcome in GAVE_UP,
        Origin.RECONNECT: unresolved or before.bot is BotOutcome.WRONGLY_CLOSED,
        Origin.TRANSFER: unresolved and after.arrived_s == before.ended_s,
        Origin.FRESH: False,
    }[after.origin]


@steady(40)
@given(small_centers())
def test_needs_are_those_whose_first_contact_came(scenario):
    found = records(scenario, seed=4)
    first = found.attempts.attempt == 0
    assert np.array_equal(np.sort(found.attempts.need[first]), np.arange(len(found.needs.k)))
    assert np.array_equal(found.attempts.arrived_s[first], found.needs.began_s[found.attempts.need[first]])
    assert (np.diff(found.attempts.arrived_s) >= 0).all()


def queue_area(world: World, rows: list[Row]) -> float:
    """Contact-seconds in the queue within the horizon: the number waiting, from each event to the next."""
    steps = sorted(
        step
        for row in rows
        if row.queued_s == row.queued_s
        for step in ((row.queued_s, 1), (left_queue_s(row), -1))
    )
    area, waiting, before = 0.0, 0, -np.inf
    for at_s, change in steps:
        if waiting:
            area += waiting * max(0.0, min(at_s, world.horizon_s) - max(before, 0.0))
        waiting, before = waiting + change, at_s
    return area


def left_queue_s(row: Row) -> float:
    """When it was answered or gave up; those who still waited when the run ended did so after the horizon."""
    if row.answered_s == row.answered_s:
        return row.answered_s
    return row.ended_s if row.ended_s == row.ended_s else np.inf


@steady(40)
@given(small_centers())
def test_littles_law_on_every_path(scenario):
    """Mean queue length · time = the area under the queue; with nobody waiting at the ends, = the sum of waits."""
    world, found = world_of(scenario), SimpyEngine(world_of(scenario)).records(Sample(1, 0))
    rows = rows_of(scenario, found)
    area = run(scenario, Asked(replications=1)).value("mean_queue_length") * world.horizon_s
    assert abs(area - queue_area(world, rows)) < 1e-6 * (1.0 + area)
    waits = [row for row in rows if row.queued_s == row.queued_s and left_queue_s(row) > 0.0]
    if all(row.queued_s >= 0.0 and left_queue_s(row) <= world.horizon_s for row in waits):
        assert abs(area - sum(left_queue_s(row) - row.queued_s for row in waits)) < 1e-6 * (1.0 + area)
