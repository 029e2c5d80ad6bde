"""Laws: a notice is given when nobody waits, spares one contact at most, and is never counted as a customer's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario, load
from sim.chance.sample import Sample
from sim.codes import Origin, Outcome, SpellKind
from sim.measures.result import Result
from sim.records.facts import facts_of
from sim.records.records import BoolArray, FloatArray, Records
from sim.replicate import Asked, run
from sim.world.world import World, world_of
from tests.sim.engines import compiled, readable
from tests.sim.worlds import HOUR_S, Row, Table, call, center, constant, lived, send, team

NINE = 9 * HOUR_S
NOTICES = "team.proactive"
Live = Callable[[World, Sample], Records]
ENGINES: tuple[Live, ...] = (readable, lambda world, sample: compiled(world, sample).records)


def noticing(calendar: Table | None = None, **keys: Any) -> Scenario:
    """One agent, calls of 100 s, and notices of 60 s that always do what is not said otherwise."""
    said = {"contact": "call", "per_day": 1, "prevents_share": 1, "talk_s": constant(60), **keys}
    return center({"call": call()}, {"team": team(proactive=said)}, calendar)


def calls(rows: list[Row]) -> list[float]:
    return [row.arrived_s for row in rows if row.type == "call"]


def notices(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.type == NOTICES]


# --- By hand ------------------------------------------------------------------------------------------------------


def test_each_notice_spares_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two notices, given by 9:01 and 9:02, spare the calls of ten and eleven, not those of nine and twelve."""
    moments = {NOTICES: [NINE, NINE], "call": [NINE + 59, 10 * HOUR_S, 11 * HOUR_S, 12 * HOUR_S]}
    assert calls(lived(monkeypatch, noticing(), moments)) == [NINE + 59, 12 * HOUR_S]


def test_a_notice_after_the_last_call_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lived(monkeypatch, noticing(), {NOTICES: [NINE], "call": [NINE - 100]})
    assert [(row.type, row.outcome) for row in found] == [("call", Outcome.SERVED), (NOTICES, Outcome.SERVED)]


def test_nobody_reached_takes_no_time_and_spares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = noticing(reach_share=0, calls_back_share=1)
    found = lived(monkeypatch, scenario, {NOTICES: [NINE], "call": [10 * HOUR_S]})
    assert [(row.type, row.ended_s, row.resolved) for row in found] == [
        (NOTICES, NINE, False),
        ("call", 10 * HOUR_S + 100, True),
    ]


def test_who_calls_back_is_one_contact_more(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = noticing(prevents_share=0, calls_back_share=1, calls_back_after_h=constant(0.5))
    found = lived(monkeypatch, scenario, {NOTICES: [NINE]})
    assert [(row.type, row.origin, row.arrived_s) for row in found] == [
        (NOTICES, Origin.FRESH, NINE),
        ("call", Origin.AFTER_NOTICE, NINE + 60 + 1800),
    ]


def test_who_calls_back_at_once_is_not_spared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next first contact is spared, not the one that the notice itself has brought."""
    found = lived(monkeypatch, noticing(calls_back_share=1), {NOTICES: [NINE], "call": [10 * HOUR_S]})
    assert [(row.origin, row.arrived_s) for row in found if row.type == "call"] == [
        (Origin.AFTER_NOTICE, NINE + 60)
    ]


def test_calls_go_before_a_notice_and_none_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call of 9:01:00 goes before the notice of 9:00:50; that of 9:03:30 waits until the notice is given."""
    moments = {"call": [NINE, NINE + 60, NINE + 210], NOTICES: [NINE + 50]}
    found = lived(monkeypatch, noticing(), moments)
    assert [(row.type, row.answered_s - NINE, row.ended_s - NINE) for row in found] == [
        ("call", 0, 100),
        (NOTICES, 200, 260),
        ("call", 100, 200),
        ("call", 260, 360),
    ]


@pytest.mark.parametrize(
    ("hours", "ends_s"), [(None, 24 * HOUR_S), ({"mon-sun": ["08:00-10:00", "11:00-12:00"]}, 10 * HOUR_S)]
)
def test_a_notice_is_dropped_when_its_day_ends(
    monkeypatch: pytest.MonkeyPatch, hours: Table | None, ends_s: float
) -> None:
    """The only agent talks into the night."""
    scenario = noticing({} if hours is None else {"hours": hours})
    scenario = scenario.changed({"contact_type.call.talk_s": constant(24 * HOUR_S)})
    (found,) = notices(lived(monkeypatch, scenario, {"call": [NINE], NOTICES: [NINE + 1]}))
    assert (found.outcome, found.ended_s) == (Outcome.ABANDONED, ends_s)


def test_a_bot_that_solves_everything_at_once_is_spared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = {
        "always_on": True,
        "contact_type": {"call": {"session_s": constant(10), "of_100": {"solved": 100}}},
    }
    said = {"contact": "call", "per_day": 1, "prevents_share": 1, "talk_s": constant(60)}
    scenario = center({"call": call()}, {"team": team(proactive=said)}, bot={"menu": bot})
    found = lived(monkeypatch, scenario, {NOTICES: [NINE], "call": [10 * HOUR_S, 11 * HOUR_S]})
    assert calls(found) == [11 * HOUR_S]


KNOWN = {
    ("fresh", "total", ""): 1,
    ("prevented", "total", ""): 1,
    ("offered", "total", ""): 2,
    ("answered", "agent_group", "team"): 2,
    ("mean_handle_s", "agent_group", "team"): 100,
    ("after_notice", "total", ""): 1,
    ("reconnects", "total", ""): 0,
    ("needs", "total", ""): 1,
    ("notices", "agent_group", "team"): 1,
    ("notices_reached", "total", ""): 1,
    ("notices_dropped", "total", ""): 0,
    ("work_h", "agent_group", "team"): 260 / 3600,
    ("live_occupancy", "agent_group", "team"): 200 / 86400,
    ("mean_queue_length", "total", ""): 0,
    ("value", "contact_type", "call"): 0.25 * 12,
    ("value", "total", ""): 0.25 * 12,
    ("cost_other", "total", ""): 0.5 * 3,
    ("cost_per_contact", "total", ""): 1.5,
}


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Result:
    """A notice at nine; of the calls at ten and eleven the first is spared, and one more comes at half past nine."""
    money = {"conversion_share": 0.25, "margin": 12, "unwelcome_share": 0.5, "unwelcome_cost": 3}
    scenario = noticing(calls_back_share=1, calls_back_after_h=constant(0.5), **money)
    send(monkeypatch, scenario, {NOTICES: [NINE], "call": [10 * HOUR_S, 11 * HOUR_S]})
    return run(scenario, Asked(seed=1, replications=1, engine="simpy"))


@pytest.mark.parametrize("figure", KNOWN)
def test_measures_by_hand(known: Result, figure: tuple[str, Any, str]) -> None:
    assert known.value(*figure) == pytest.approx(KNOWN[figure])


# --- In whatever happens ------------------------------------------------------------------------------------------


def busy(**keys: Any) -> Scenario:
    """The shipped day with fewer people, a bot for some of its calls, and notices that often spare one."""
    bot = {"contact_type": {"where_is_it": {"of_100": {"solved": 30, "handed_over": 70}, "session_s": 40}}}
    said = {"per_day": 200, "reach_share": 0.8, "prevents_share": 0.6, "calls_back_share": 0.3, **keys}
    proactive = {f"agent_group.service.proactive.{key}": value for key, value in said.items()}
    return load("proactive").changed(
        {"agent_group.service.agents": {"present": 5}, "bot.menu": bot, **proactive}
    )


def about(world: World, records: Records) -> BoolArray:
    """First contacts of the type that the notices are about."""
    a = records.attempts
    return np.isin(a.contact_type, list(world.noticed)) & (a.origin == Origin.FRESH)


def spared_s(records: Records) -> FloatArray:
    return records.spells.start_s[records.spells.kind == SpellKind.PREVENTED]


@pytest.mark.parametrize("live", ENGINES)
@pytest.mark.parametrize("replication", range(3))
def test_who_comes_finds_every_notice_used_up(live: Live, replication: int) -> None:
    """At a first contact as many have been spared as notices spare; and no more are spared at any moment."""
    world = world_of(busy(prevents_share=1, reach_share=1))
    records = live(world, Sample(1, replication))
    a = records.attempts
    given_s = np.sort(a.ended_s[facts_of(world, records).attempts.notices & (a.outcome == Outcome.SERVED)])
    spared = np.sort(spared_s(records))
    came_s = a.arrived_s[about(world, records)]
    n_given, n_spared = (np.searchsorted(moments, came_s) for moments in (given_s, spared))
    assert len(spared) > 50
    assert np.array_equal(n_given, n_spared)
    assert np.all(given_s[: len(spared)] <= spared)


@pytest.mark.parametrize("live", ENGINES)
def test_spared_or_not_the_same_customers_come_at_the_same_moments(live: Live) -> None:
    """First contacts and those spared are together the first contacts of a day without notices."""
    scenario, sample = busy(), Sample(1, 2)
    with_notices, without = (
        live(world_of(one), sample) for one in (scenario, scenario.changed({f"{_SAID}.per_day": 0}))
    )
    world = world_of(scenario)
    came_s = with_notices.attempts.arrived_s[about(world, with_notices)]
    before_s = without.attempts.arrived_s[about(world, without)]
    together_s = np.sort(np.concatenate([came_s, spared_s(with_notices)]))
    until_s = world.horizon_s
    assert together_s[together_s < until_s] == pytest.approx(before_s[before_s < until_s])


_SAID = "agent_group.service.proactive"


@pytest.mark.parametrize("live", ENGINES)
def test_nobody_waits_when_a_notice_is_begun(live: Live) -> None:
    world = world_of(busy())
    records = live(world, Sample(1, 0))
    a, facts = records.attempts, facts_of(world, records).attempts
    begun_s = a.answered_s[facts.notices & facts.answered][:, None]
    others = facts.offered & ~facts.notices
    until_s = np.where(facts.answered, a.answered_s, a.ended_s)
    waits = (a.queued_s[others] < begun_s) & (until_s[others] > begun_s)
    assert len(begun_s) > 50
    assert (until_s - a.queued_s)[others].max() > 60.0
    assert not waits.any()


def test_no_notices_are_no_change() -> None:
    """Of a center without any, and of one whose notices are none a day, every other figure is the same."""
    scenario = busy(per_day=0)
    table = {
        name: group.model_copy(update={"proactive": None}) for name, group in scenario.agent_group.items()
    }
    without = scenario.model_copy(update={"agent_group": table})
    ours, theirs = (
        {
            (r["measure"], r["scope"], r["name"]): r["value"]
            for r in run(one, Asked(seed=1, replications=2)).rows()
        }
        for one in (scenario, without)
    )
    assert theirs == {key: value for key, value in ours.items() if key in theirs}
    assert {measure for measure, _, _ in ours.keys() - theirs.keys()} == {
        "after_notice", "notices", "notices_reached", "notices_dropped",
    }  # fmt: skip


def test_as_many_notices_as_planned_evenly_and_as_many_reached_whatever_the_day_is_like() -> None:
    """Busy days, sales and customers who become more bring more calls, and not more notices.

    Each figure within 4.42 standard errors: a false alarm in 100,000 runs. 40 days of 200, evenly over 12 hours.
    """
    scenario = busy().changed(
        {
            "calendar.days": 40,
            "busyness": {"day_cv": 0.5, "interval_cv": 0.5},
            "customers": {"n": 1000, "growth_per_month": 0.5},
        }
    )
    world = world_of(scenario)
    records = compiled(world, Sample(1, 0)).records
    facts = facts_of(world, records).attempts
    arrived_s = records.attempts.arrived_s[facts.notices & facts.counted]
    given = facts.notices & facts.counted & facts.answered
    n, n_given = len(arrived_s), int(given.sum())
    assert abs(n - 8000) < 4.42 * np.sqrt(8000)
    of_day = (arrived_s % 86400 - 8 * HOUR_S) / (12 * HOUR_S)
    assert abs(of_day.mean() - 0.5) < 4.42 * np.sqrt(1 / 12 / n)
    assert of_day.min() >= 0.0
    assert of_day.max() <= 1.0
    reached = records.attempts.resolved[given].mean()
    assert abs(reached - 0.8) < 4.42 * np.sqrt(0.8 * 0.2 / n_given)
