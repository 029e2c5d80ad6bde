"""Twins: events written by the column are those written one by one, and both engines give the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given

from scenarios import Scenario, load
from sim.chance.sample import Sample
from sim.codes import Outcome
from sim.engines import SimpyEngine
from sim.world.world import World, world_of
from tests.results.events import FIRST, lines_of
from tests.sim.random_centers import random_centers
from tests.sim.steady import steady
from tests.sim.worlds import Row
from tests.sim.worlds import rows_of as attempts_of


@pytest.mark.parametrize("name", ["n-design", "bank-1999-bot"])
def test_engines_agree_on_shipped_scenarios(name: str):
    scenario = load(name)
    assert sorted(lines_of(scenario, "compiled")) == sorted(lines_of(scenario, "simpy"))


@steady(40)
@given(random_centers())
def test_engines_agree(scenario):
    assert sorted(lines_of(scenario, "compiled")) == sorted(lines_of(scenario, "simpy"))


@steady(40)
@given(random_centers())
def test_columns_agree_with_single_lines(scenario):
    assert lines_of(scenario, "simpy") == list(plain_lines(scenario, FIRST))


# --- One by one -----------------------------------------------------------------------------------------------------


def plain_lines(scenario: Scenario, sample: Sample) -> Iterator[str]:
    """The file as the definition of each column reads, in plain Python."""
    world = world_of(scenario)
    records = SimpyEngine(world).records(sample)
    names, needs = [each.name for each in world.types], records.needs
    for row in attempts_of(scenario, records):
        entity = f"{names[needs.contact_type[row.need]]}-{needs.day[row.need]}-{needs.k[row.need]}"
        for event, at_s, event_type, resource in _events(world, row):
            outcome = _outcome(row) if event == "depart" else ""
            yield ",".join(
                (
                    str(sample.replication), entity, str(row.attempt), event, event_type,
                    *_times(scenario, at_s), resource, row.type, outcome,
                )
            )  # fmt: skip


def _events(world: World, row: Row) -> Iterator[tuple[str, float, str, str]]:
    contact_type = next(each for each in world.types if each.name == row.type)
    bot = "" if contact_type.bot is None else world.bots[contact_type.bot.bot].name
    agent = f"{world.groups[row.group].name}/{row.agent}"
    served, queued = row.outcome == Outcome.SERVED, not np.isnan(row.queued_s)
    left_bot = not np.isnan(row.left_bot_s)
    in_one_piece = world.scenario.contact_type[row.type].channel not in ("voice", "video")
    talk_ends_s = row.ended_s if in_one_piece else row.answered_s + row.talk_s
    yield "arrival", row.arrived_s, "arrival_departure", ""
    if left_bot or (row.outcome == Outcome.OPEN and not queued):
        yield "bot_begins", row.arrived_s, "resource_use", bot
    if left_bot:
        yield "bot_ends", row.left_bot_s, "resource_use_end", bot
    if queued and row.outcome != Outcome.BALKED and row.answered_s != row.queued_s:
        yield "waits", row.queued_s, "queue", ""
    if not np.isnan(row.answered_s):
        yield "talk_begins", row.answered_s, "resource_use", agent
    if served:
        yield "talk_ends", talk_ends_s, "resource_use_end", agent
    if served and row.wrap_up_s > 0.0 and not in_one_piece:
        yield "wrap_up_begins", talk_ends_s, "resource_use", agent
        yield "wrap_up_ends", row.ended_s, "resource_use_end", agent
    if row.outcome != Outcome.OPEN:
        yield "depart", row.ended_s, "arrival_departure", ""


def _times(scenario: Scenario, at_s: float) -> tuple[str, str]:
    at_ms, start = round(1000.0 * at_s), scenario.calendar.start
    seconds = f"{at_ms / 1000:.3f}"
    if start is None:
        return "", seconds
    moment = datetime.combine(start, time()) + timedelta(milliseconds=at_ms)
    return moment.isoformat(timespec="milliseconds"), seconds


def _outcome(row: Row) -> str:
    if row.bot.name == "WRONGLY_CLOSED":
        return "wrongly_closed_by_bot"
    if row.outcome == Outcome.SERVED and not row.resolved:
        return "unresolved"
    return row.outcome.name.lower()
