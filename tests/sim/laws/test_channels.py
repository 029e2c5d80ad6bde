"""Laws of chats, deferred work, callbacks and tickets in random centers: contacts, work and hours are conserved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from scenarios import Scenario, from_data
from sim.codes import Origin, Outcome, SpellKind
from sim.records.records import FloatArray, Records
from sim.records.totals import AttemptSum
from sim.world.world import World, world_of
from tests.sim.engines import Lived, compiled, differences, same_records, same_totals
from tests.sim.random_blends import random_blends
from tests.sim.seen import seen_in
from tests.sim.steady import steady

S = AttemptSum
CAME = (S.FRESH, S.REDIALS, S.RECONNECTS, S.TRANSFERRED, S.TICKETS, S.CHASES)
ENDED = (S.CONTAINED, S.LEFT_BOT, S.LOST, S.BLOCKED, S.LEFT_TICKETS, S.ANSWERED, S.ABANDONED, S.UNREACHED)
NEAR = {"rel": 1e-9, "abs": 1e-3}  # seconds are differences of moments as large as the horizon


def whoever_comes_ends_in_one_way(_world: World, lived: Lived) -> None:
    """By type: the run goes on until every counted attempt has ended, so that none is inside."""
    sums = lived.totals.attempts[:, 0]
    np.testing.assert_array_equal(sums[:, CAME].sum(axis=1), sums[:, ENDED].sum(axis=1))
    np.testing.assert_array_equal(sums[:, S.OFFERED], sums[:, ENDED[-3:]].sum(axis=1))
    assert (sums[:, S.UNREACHED] <= sums[:, S.CALLBACKS]).all()
    assert (sums[:, S.DONE_IN_TIME] <= sums[:, S.DUE]).all()
    assert (sums[:, S.DUE] <= sums[:, S.DEFERRED]).all()


def a_ticket_for_each_that_was_left_and_a_chase_only_for_open_work(world: World, lived: Lived) -> None:
    """A ticket comes at the moment at which it was left. Who asks after work has some that is not done by then."""
    a = lived.records.attempts
    left, ticket = a.outcome == Outcome.LEFT_TICKET, a.origin == Origin.TICKET
    moments = [
        sorted(zip(a.need[rows], at_s[rows], strict=True))
        for rows, at_s in ((left, a.ended_s), (ticket, a.arrived_s))
    ]
    assert moments[0] == moments[1]
    deferred = np.array([kind.queueing.is_deferred for kind in world.types])[a.contact_type]
    for row in np.flatnonzero(a.origin == Origin.CHASE):
        late = deferred & (a.need == a.need[row]) & (a.queued_s < a.arrived_s[row])
        assert late.any()
        assert deferred[row] is np.False_
        assert not a.resolved[row]


def hours_add_up(world: World, lived: Lived) -> None:
    """Of each group: live work and deferred work are work, and nobody works who is neither present nor in overtime.

    An agent with chats has one at least and as many as may be held at most.
    """
    totals = lived.totals
    work_s, deferred_s, chatting_s, chats_s, due_s, overtime_s = (
        getattr(totals, name)[:, 0]
        for name in ("work_s", "deferred_s", "chatting_s", "chats_s", "due_s", "overtime_s")
    )
    limits = np.array([group.chat.limit for group in world.groups])
    assert (deferred_s + chatting_s <= work_s + 1e-3).all()
    assert (work_s <= due_s + overtime_s + 1e-3).all()
    assert (chatting_s <= chats_s + 1e-3).all()
    assert (chats_s <= limits * chatting_s + 1e-3).all()


def seconds(records: Records, kind: SpellKind) -> float:
    spells = records.spells
    mine = spells.kind == kind
    return float((spells.end_s - spells.start_s)[mine].sum())


def nothing_of_the_work_put_aside_is_lost(world: World, lived: Lived) -> None:
    """From answer to end deferred work is in hand or waits again; in hand it takes its talk and wrap-up."""
    records = lived.records
    a = records.attempts
    mine = np.array([kind.queueing.is_deferred for kind in world.types])[a.contact_type] & ~np.isnan(
        a.answered_s
    )
    if (a.outcome[mine] == Outcome.OPEN).any():
        return
    in_hand_s, again_s = (
        seconds(records, kind) for kind in (SpellKind.DEFERRED_WORK, SpellKind.WAITING_AGAIN)
    )
    assert (a.talk_s + a.wrap_up_s)[mine].sum() == pytest.approx(in_hand_s, **NEAR)
    assert (a.ended_s - a.answered_s)[mine].sum() == pytest.approx(in_hand_s + again_s, **NEAR)


class Held:
    """What one agent has in hand: calls and chats, from answer to end."""

    def __init__(self, world: World, records: Records, group: int, agent: int) -> None:
        a = records.attempts
        whole = np.array([kind.queueing.takes_whole_agent for kind in world.types])[a.contact_type]
        live = ~np.array([kind.queueing.is_deferred for kind in world.types])[a.contact_type]
        mine = (a.group == group) & (a.agent == agent) & live & ~np.isnan(a.answered_s) & ~np.isnan(a.ended_s)
        self.calls, self.chats = (
            [(float(a.answered_s[row]), float(a.ended_s[row])) for row in np.flatnonzero(mine & which)]
            for which in (whole, ~whole)
        )
        self.chat_work_s = float((a.talk_s + a.wrap_up_s)[mine & ~whole].sum())

    def stretches(self) -> Iterator[tuple[float, int, int]]:
        """How long, with how many calls and how many chats in hand."""
        moments = sorted({at_s for spell in (*self.calls, *self.chats) for at_s in spell})
        for from_s, until_s in pairwise(moments):
            middle_s = 0.5 * (from_s + until_s)
            n_calls, n_chats = (sum(b <= middle_s < e for b, e in held) for held in (self.calls, self.chats))
            yield until_s - from_s, n_calls, n_chats


def a_chat_gets_its_work_done_by_shares_of_the_throughput(world: World, lived: Lived) -> None:
    """With n chats in hand an agent does throughput[n] of their work; and a call is held alone."""
    records = lived.records
    if (records.attempts.outcome == Outcome.OPEN).any():
        return
    for group in world.groups:
        for agent in range(group.presence.n_positions):
            held = Held(world, records, group.index, agent)
            stretches = [each for each in held.stretches() if each[0] > 1e-6]
            assert all(
                n_calls + (n_chats > 0) <= 1 and n_chats <= group.chat.limit
                for _, n_calls, n_chats in stretches
            )
            done_s = sum(s * n * group.chat.paces[n - 1] for s, _, n in stretches if n)
            assert done_s == pytest.approx(held.chat_work_s, rel=1e-6, abs=1e-2)


def waiting_area_s(world: World, records: Records) -> FloatArray:
    """By type: the number who wait, from each event to the next, times the time between them, in the horizon."""
    a, spells = records.attempts, records.spells
    until_s = np.where(
        np.isnan(a.answered_s), np.where(np.isnan(a.ended_s), a.queued_s, a.ended_s), a.answered_s
    )
    again = spells.kind == SpellKind.WAITING_AGAIN
    found = []
    for kind in range(len(world.types)):
        of_type, of_spells = (a.contact_type == kind) & ~np.isnan(a.queued_s), again & (spells.whose == kind)
        begins_s = np.concatenate([a.queued_s[of_type], spells.start_s[of_spells]])
        ends_s = np.concatenate([until_s[of_type], spells.end_s[of_spells]])
        moments_s = np.clip(np.concatenate([begins_s, ends_s]), 0.0, world.horizon_s)
        steps = np.concatenate([np.ones(len(begins_s)), -np.ones(len(ends_s))])
        order = np.argsort(moments_s, kind="stable")
        n_waiting = np.cumsum(steps[order])
        found.append(float((n_waiting[:-1] * np.diff(moments_s[order])).sum()) if len(order) else 0.0)
    return np.array(found)


def littles_law_on_every_path(world: World, lived: Lived) -> None:
    """Time in the queue, by type, is the area under the number who wait; what was put aside waits again."""
    a = lived.records.attempts
    if (a.outcome == Outcome.OPEN).any():
        return
    assert lived.totals.queue_s[:, 0] == pytest.approx(waiting_area_s(world, lived.records), **NEAR)


LAWS = (
    whoever_comes_ends_in_one_way,
    a_ticket_for_each_that_was_left_and_a_chase_only_for_open_work,
    hours_add_up,
    nothing_of_the_work_put_aside_is_lost,
    a_chat_gets_its_work_done_by_shares_of_the_throughput,
    littles_law_on_every_path,
)
MET = ("spell WAITING_AGAIN", "spell CHATTING", "outcome UNREACHED", "origin TICKET", "origin CHASE")


def test_laws_hold_in_random_centers():
    """Each on two hundred centers, of which many have what the laws are about; and both engines agree on them."""
    met: Counter[str] = Counter()

    @steady(200)
    @given(random_blends())
    def examine(scenario: Scenario) -> None:
        world = world_of(scenario)
        lived = compiled(world, by_interval=False)
        for law in LAWS:
            law(world, lived)
        assert differences(world, by_interval=False) == []
        met.update(seen_in(world, lived.records))

    examine()
    assert {feature: met[feature] for feature in MET if met[feature] < 5} == {}


NEW_NAMES = {"calls": "zeta", "chats": "alpha", "videos": "mu", "emails": "beta", "tickets": "omega"} | {
    f"team{i}": name for i, name in enumerate(("x", "a", "k"))
}


def renamed(data: Any) -> Any:
    """The same with other names of types and groups, in the same order."""
    if isinstance(data, dict):
        return {NEW_NAMES.get(key, key): renamed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [renamed(value) for value in data]
    return NEW_NAMES.get(data, data) if isinstance(data, str) else data


@steady(25)
@given(random_blends())
def test_names_do_not_matter(scenario):
    other = from_data(renamed(scenario.as_dict()))
    assert list(other.contact_type) == [NEW_NAMES[name] for name in scenario.contact_type]
    ours, theirs = (compiled(world_of(each)) for each in (scenario, other))
    assert same_records(ours.records, theirs.records) == []
    assert same_totals(ours.totals, theirs.totals) == []
