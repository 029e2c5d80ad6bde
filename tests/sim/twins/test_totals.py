"""Twins: the totals of a replication against the obvious loop over its attempts, and intervals against the whole."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime
from functools import cache

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin, Outcome
from sim.engines import SimpyEngine
from sim.records.records import Records
from sim.records.tally import totals_of
from sim.records.totals import AttemptSum, NeedSum, ServiceSum, Totals
from sim.records.wait_histogram import N_BINS, UPPER_S
from sim.replicate import Asked, run
from sim.world.world import World, world_of
from tests.sim.twins.test_replications import small
from tests.sim.worlds import Row, rows_of

DAY_S = 86400.0
RUSH = datetime(2026, 11, 9, 9, 10), datetime(2026, 11, 9, 10, 40)
RUSH_S = (9 * 3600 + 10 * 60, 10 * 3600 + 40 * 60)
# Needs that are prevented have no rows (`tests/sim/laws/test_prevention.py`); on a morning of calls there are no sums
# of other channels (`tests/sim/laws/test_known_channel_measures.py`, `test_proactive.py`).
OF_ROWS = [kind for kind in AttemptSum if kind < AttemptSum.PREVENTED]


def no_totals(n_types: int, n_groups: int, n_bots: int, n_intervals: int) -> Totals:
    """Sums of nothing yet."""
    return Totals(
        attempts=np.zeros((n_types, n_intervals, len(AttemptSum))),
        services=np.zeros((n_groups, n_intervals, len(ServiceSum))),
        needs=np.zeros((n_types, n_intervals, len(NeedSum))),
        queue_s=np.zeros((n_types, n_intervals)),
        session_s=np.zeros((n_bots, n_intervals)),
        work_s=np.zeros((n_groups, n_intervals)),
        due_s=np.zeros((n_groups, n_intervals)),
        overtime_s=np.zeros((n_groups, n_intervals)),
        deferred_s=np.zeros((n_groups, n_intervals)),
        chatting_s=np.zeros((n_groups, n_intervals)),
        chats_s=np.zeros((n_groups, n_intervals)),
        waits=np.zeros((n_types, N_BINS), dtype=np.int32),
        ages=np.zeros((n_types, N_BINS), dtype=np.int32),
        n_attempts=0,
    )


def busy() -> Scenario:
    """A morning with too few lines and sessions; some calls go on to experts, whose service nobody has promised."""
    expert = {"channel": "voice", "arrivals": {"per_day": 40}, "talk_s": 200, "patience_s": 300}
    return small().changed(
        {
            "lines.n": 4,
            "bot.menu.max_sessions": 1,
            "bot.menu.contact_type.call.of_100": {"solved": 15, "wrongly_closed": 20},
            "contact_type.call.transfer": {"share": 0.2, "to": "expert"},
            "contact_type.call.reconnect.delay_h": {"law": "exponential", "mean": 1.0},
            "contact_type.expert": expert,
            "agent_group.late.skills": ["expert", "call"],
            "agent_group.late.outsourced": {"per_contact": 2.0, "peak_factor": 1.5},
            "calendar.start": date(2026, 11, 9),
            "event": [{"name": "rush", "from": RUSH[0], "to": RUSH[1], "factor": 1.001}],
            "bot.menu.price.refund_window_h": 1.0,
        }
    )


@cache
def lived() -> tuple[World, Records, Totals]:
    """The world of such a morning, its facts, and its totals by interval."""
    world = world_of(busy())
    facts = SimpyEngine(world).records(Sample(5, 0))
    return world, facts, totals_of(world, facts, Sample(5, 0), by_interval=True)


def counted_rows() -> list[Row]:
    world, facts, _ = lived()
    return [row for row in rows_of(world.scenario, facts) if 0.0 <= row.arrived_s < world.horizon_s]


def cell_of(world: World, row: Row) -> tuple[int, int]:
    """Type and interval of an attempt."""
    moment_s = row.arrived_s if np.isnan(row.queued_s) else row.queued_s
    interval = min(int(moment_s // world.interval_s), world.n_intervals - 1)
    return list(world.scenario.contact_type).index(row.type), interval


@cache
def rows_of_needs() -> dict[int, list[Row]]:
    """The attempts of each need, one after the other."""
    world, facts, _ = lived()
    of_need = defaultdict(list)
    for row in rows_of(world.scenario, facts):
        of_need[row.need].append(row)
    return of_need


def is_back_in_an_hour(row: Row) -> bool:
    """Whether the bot has closed the contact, and the customer is back within its refund window of an hour."""
    later = [other for other in rows_of_needs()[row.need] if other.attempt == row.attempt + 1]
    closed = row.bot in (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED)
    return closed and any(other.arrived_s - row.ended_s <= 3600.0 for other in later)


def sums_of(world: World, row: Row) -> dict[AttemptSum, float]:
    """What one attempt adds, in plain words."""
    declared = world.scenario.contact_type[row.type]
    target = declared.service_target
    offered, answered = not np.isnan(row.queued_s), not np.isnan(row.answered_s)
    abandoned = row.outcome in (Outcome.ABANDONED, Outcome.BALKED)
    wait_s = (row.answered_s if answered else row.ended_s) - row.queued_s
    in_time = offered and target is not None and target.awt_s is not None and wait_s <= target.awt_s
    return {
        AttemptSum.FRESH: row.origin == Origin.FRESH,
        AttemptSum.REDIALS: row.origin == Origin.REDIAL,
        AttemptSum.RECONNECTS: row.origin == Origin.RECONNECT,
        AttemptSum.TRANSFERRED: row.origin == Origin.TRANSFER,
        AttemptSum.ENTERED_BOT: row.bot
        in (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED, BotOutcome.ESCALATED, BotOutcome.LEFT),
        AttemptSum.REFUSED_BY_BOT: row.bot == BotOutcome.REFUSED,
        AttemptSum.CONTAINED: row.bot in (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED),
        AttemptSum.WRONGLY_CLOSED: row.bot == BotOutcome.WRONGLY_CLOSED,
        AttemptSum.ESCALATED: row.bot == BotOutcome.ESCALATED,
        AttemptSum.LEFT_BOT: row.bot == BotOutcome.LEFT,
        AttemptSum.LOST: row.outcome == Outcome.LOST,
        AttemptSum.BLOCKED: row.outcome == Outcome.BLOCKED,
        AttemptSum.OFFERED: offered,
        AttemptSum.ANSWERED: answered,
        AttemptSum.ABANDONED: abandoned,
        AttemptSum.SHORT_ABANDONED: abandoned and wait_s < declared.short_abandon_s,
        AttemptSum.ANSWERED_WITHIN_AWT: answered and in_time,
        AttemptSum.ABANDONED_WITHIN_AWT: abandoned and in_time,
        AttemptSum.DELAYED: offered and (wait_s > 0.0 or abandoned),
        AttemptSum.WAIT_S: wait_s if offered else 0.0,
        AttemptSum.ANSWER_S: wait_s if answered else 0.0,
        AttemptSum.TO_PERSON_S: row.answered_s - row.arrived_s if answered else 0.0,
        AttemptSum.TALK_S: row.talk_s if answered else 0.0,
        AttemptSum.WRAP_UP_S: row.wrap_up_s if answered else 0.0,
        AttemptSum.ANSWERED_AT_PEAK: RUSH_S[0] <= row.answered_s < RUSH_S[1],
        AttemptSum.BACK_IN_WINDOW: is_back_in_an_hour(row),
    }


def test_attempts_and_services_equal_the_loop_over_attempts():
    world, _, found = lived()
    expected = no_totals(len(world.types), len(world.groups), len(world.bots), world.n_intervals)
    for row in counted_rows():
        cell, adds = cell_of(world, row), sums_of(world, row)
        for kind in OF_ROWS:
            expected.attempts[*cell, kind] += adds[kind]
        for service in ServiceSum if row.group >= 0 else ():
            expected.services[row.group, cell[1], service] += adds[AttemptSum[service.name]]
    assert np.allclose(found.attempts, expected.attempts, rtol=1e-12)
    assert np.allclose(found.services, expected.services, rtol=1e-12)


@pytest.mark.parametrize("kind", OF_ROWS)
def test_every_sum_has_something_to_add_up_here(kind):
    """Else the loop would prove nothing about it."""
    assert lived()[2].attempts[:, :, kind].sum() > 0.0


def test_needs_equal_the_loop_over_their_contacts():
    world, facts, found = lived()
    expected = np.zeros_like(found.needs)
    for i, rows in rows_of_needs().items():
        first, contacts = rows[0], [row for row in rows if row.origin != Origin.TRANSFER]
        if not 0.0 <= first.arrived_s < world.horizon_s:
            continue
        met = not np.isnan(first.met_s)
        second_s = contacts[1].arrived_s if len(contacts) > 1 else np.inf
        tried = [row for row in rows if not np.isnan(row.queued_s)]
        refused = [row for row in rows if row.outcome in (Outcome.BLOCKED, Outcome.LOST)]
        adds: dict[NeedSum, float] = {
            NeedSum.NEEDS: 1,
            NeedSum.MET: met,
            NeedSum.MET_AT_FIRST: met and len(contacts) == 1,
            NeedSum.QUIET_7_DAYS: second_s - first.arrived_s > 7 * DAY_S,
            NeedSum.TO_RESOLUTION_S: first.met_s - first.arrived_s if met else 0.0,
            NeedSum.CONTACTS: len(contacts),
            NeedSum.WANTED_PERSON: bool(tried or refused),
            NeedSum.REACHED_PERSON: any(not np.isnan(row.answered_s) for row in rows),
            NeedSum.PENDING: bool(facts.needs.open[i]) and not met,
        }
        interval = int(first.arrived_s // world.interval_s)
        for kind in NeedSum:  # without an experience model its sums stay empty (`test_felt`)
            expected[facts.needs.contact_type[i], interval, kind] += adds.get(kind, 0.0)
    assert np.allclose(found.needs, expected, rtol=1e-12)


def test_time_on_the_clock_equals_the_loop_over_intervals():
    world, facts, found = lived()
    names, bots = list(world.scenario.contact_type), [t.bot for t in world.types]
    expected = no_totals(len(world.types), len(world.groups), len(world.bots), world.n_intervals)
    for row in rows_of(world.scenario, facts):
        type_ = names.index(row.type)
        answered = not np.isnan(row.answered_s)
        spells = [(expected.queue_s[type_], row.queued_s, row.answered_s if answered else row.ended_s)]
        bot = bots[type_]
        if bot is not None and row.bot >= BotOutcome.SOLVED:
            spells.append((expected.session_s[bot.bot], row.arrived_s, row.left_bot_s))
        if answered:
            ends_s = row.answered_s + row.talk_s + row.wrap_up_s
            spells.append((expected.work_s[row.group], row.answered_s, ends_s))
        for sums, start_s, end_s in spells:
            for i in range(world.n_intervals):
                inside_s = min(end_s, (i + 1) * world.interval_s) - max(start_s, i * world.interval_s)
                sums[i] += inside_s if inside_s > 0.0 else 0.0
    for kind in ("queue_s", "session_s", "work_s"):
        assert getattr(expected, kind).sum() > 0.0
        assert np.allclose(getattr(found, kind), getattr(expected, kind), rtol=1e-9, atol=1e-6)


def test_waits_are_counted_in_their_bins():
    world, _, found = lived()
    expected = np.zeros_like(found.waits)
    for row in counted_rows():
        if not np.isnan(row.queued_s):
            wait_s = (row.ended_s if np.isnan(row.answered_s) else row.answered_s) - row.queued_s
            expected[cell_of(world, row)[0], bisect.bisect_left(UPPER_S.tolist(), wait_s)] += 1
    assert np.array_equal(found.waits, expected)


def test_intervals_add_up_to_the_horizon():
    world, facts, found = lived()
    whole = totals_of(world, facts, Sample(5, 0), by_interval=False)
    for field in fields(Totals):
        ours, theirs = getattr(found, field.name), getattr(whole, field.name)
        if field.name not in ("waits", "n_attempts"):
            ours = ours.sum(axis=1, keepdims=True)
        assert np.allclose(ours, theirs, rtol=1e-9), field.name


def test_an_interval_among_all_rows_is_the_same_figure_as_alone():
    result = run(small(), Asked(seed=5, replications=3, by_interval=True))
    rows = [row for row in result.rows(intervals=True) if row["interval"] is not None]
    for row in rows[::7]:
        alone = result.estimate(row["measure"], row["scope"], row["name"], row["interval"])
        assert (row["value"], row["half_width"]) == (alone.value, alone.half_width)
