"""Twins: with little room the compiled engine pauses and grows, and its log stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from hypothesis import given

from scenarios import Scenario
from sim.codes import BotOutcome, Outcome
from sim.compiled.log import records_of_blocks
from sim.records.records import Records
from sim.world.world import World, world_of
from tests.sim.engines import Lived, compiled, in_blocks, readable, same_records, same_totals, without_log
from tests.sim.random_blends import random_blends
from tests.sim.random_centers import random_centers
from tests.sim.steady import steady
from tests.sim.worlds import call, center, constant, team


@contextmanager
def little_room() -> Iterator[None]:
    """Two slots and three rows at first, where there are hundreds and thousands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.compiled.arrays.FIRST_ROOM", 2)
        patch.setattr("sim.compiled.arrays.LOG_BLOCK", 3)
        yield


def cramped(world: World) -> tuple[Lived, int]:
    """One replication that begins with little room, and in how many blocks its log came."""
    with little_room():
        blocks, totals = in_blocks(world)
    return Lived(records_of_blocks(blocks), totals), len(blocks)


def rush() -> Scenario:
    """Many in the bot when it fails, and many in line when the doors close: all of them dial again."""
    again = {"share": 0.9, "delay_s": constant(1800), "skip_bot": False}
    part = {"of_100": {"solved": 20, "handed_over": 80}, "session_s": constant(1200), "entry_share": 0.7}
    failing = [{"from": datetime(2026, 11, 9, 9, 30), "to": datetime(2026, 11, 9, 10)}]
    return center(
        {"call": call(arrivals={"per_day": 400}, patience_s=constant(7200), redial=again)},
        {"team": team(1)},
        {"start": date(2026, 11, 9), "days": 2, "hours": {"mon-sun": "09:00-11:00"}, "at_close": "clear"},
        bot={"menu": {"contact_type": {"call": part}, "outage": failing}},
    )


def n_at_once(records: Records) -> tuple[int, int]:
    """The most that an outage hands over, and the most that a closing sends away, at one instant."""
    a = records.attempts
    handed_over = a.left_bot_s[(a.bot == BotOutcome.ESCALATED) & (a.left_bot_s == 9.5 * 3600)]
    sent_away = a.ended_s[(a.outcome == Outcome.ABANDONED) & (a.ended_s == 11 * 3600)]
    return len(handed_over), len(sent_away)


def test_everybody_at_once_finds_room():
    world = world_of(rush())
    ours, n_blocks = cramped(world)
    assert min(n_at_once(ours.records)) > 30
    assert n_blocks > 5
    assert same_records(ours.records, readable(world)) == []
    assert same_totals(ours.totals, compiled(world).totals) == []


def test_little_room_changes_nothing_without_a_log():
    world = world_of(rush())
    with little_room():
        totals = without_log(world)
    assert same_totals(totals, compiled(world).totals) == []


@steady(60)
@given(random_centers())
def test_little_room_changes_nothing(scenario):
    world = world_of(scenario)
    (ours, _), theirs = cramped(world), compiled(world)
    assert same_records(ours.records, theirs.records) == []
    assert same_totals(ours.totals, theirs.totals) == []


@steady(60)
@given(random_blends())
def test_little_room_changes_nothing_where_channels_blend(scenario):
    """Chats leave void events behind them, and work put aside takes its own off the heap."""
    world = world_of(scenario)
    (ours, _), theirs = cramped(world), compiled(world)
    assert same_records(ours.records, theirs.records) == []
    assert same_totals(ours.totals, theirs.totals) == []
