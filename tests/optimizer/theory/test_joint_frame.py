"""Theory of frames: heads by column that are put in come out of the scenario's people, hour by hour."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from optimizer.people import groups_to_plan
from optimizer.staffing import with_agents
from optimizer.together.frame import pooled_agents, with_more
from optimizer.together.pools import EVERYONE, OTHERS, pooled, pools_of, takers_of
from optimizer.together.promised import promised_by
from optimizer.together.regrouped import regrouped
from scenarios import Scenario, from_data
from sim.chance.sample import Sample
from sim.world.people import presence_of, present_s
from tests.optimizer.together_worlds import calls, center, frame, n_center, team

WEDNESDAY = date(2026, 3, 4)
WEEKEND = {"mon-fri": "08:00-12:00", "sat": "09:00-11:00", "sun": "closed"}
HORIZONS: dict[str, dict[str, Any]] = {
    "a day": {},
    "three days from a Wednesday": {"days": 3, "start": WEDNESDAY},
    "a week with a closed Sunday": {"days": 7, "hours": WEEKEND},
    "eleven days from a Wednesday": {"days": 11, "start": WEDNESDAY, "hours": WEEKEND},
    "two days around the clock": {"days": 2, "hours": {"mon-sun": "00:00-24:00"}},
}


def heads_there(scenario: Scenario, group: str) -> Any:
    """People due in each interval of the horizon."""
    calendar = scenario.calendar
    edges_s = np.arange(calendar.days * calendar.n_intervals_per_day + 1) * float(calendar.interval_s)
    return present_s(presence_of(scenario, group, 0), Sample(1, 0), edges_s) / calendar.interval_s


def by_interval(scenario: Scenario, heads: Any) -> Any:
    """Heads by column over the horizon, nobody while it is closed."""
    return np.append(heads, 0)[frame(scenario).of_horizon]


@pytest.mark.parametrize("alone", ["every third", "all", "none"])
@pytest.mark.parametrize("kind", ["intervals", "shifts"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_heads_that_are_asked_for_come(horizon: str, kind: str, alone: str) -> None:
    scenario = n_center(kind, **HORIZONS[horizon])
    of = frame(scenario)
    heads = np.random.default_rng(7).integers(0, 5, of.n_columns)
    marked = {"every third": np.arange(of.n_columns) % 3 == 1, "all": heads >= 0, "none": heads < 0}[alone]
    for may_change in (True, False):
        agents = pooled_agents(of, heads, marked, may_change)
        people = with_agents(scenario, dict.fromkeys(groups_to_plan(scenario), agents))
        assert heads_there(people, "own") == pytest.approx(by_interval(scenario, heads))


@pytest.mark.parametrize("kind", ["intervals", "shifts"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_so_many_more_come_in_these_columns_and_nobody_elsewhere(horizon: str, kind: str) -> None:
    scenario = n_center(kind, **HORIZONS[horizon])
    of = frame(scenario)
    few = pooled_agents(of, np.full(of.n_columns, 2), np.zeros(of.n_columns, dtype=bool), True)
    people = with_agents(scenario, {"own": few, "both": few})
    columns = [c for c in range(of.n_columns) if c % 3 != 1]
    more = with_more(people, of, {"both": columns}, {"both": 3})
    added = np.where(np.isin(np.arange(of.n_columns), columns), 3, 0)
    assert heads_there(more, "own") == pytest.approx(heads_there(people, "own"))
    change = heads_there(more, "both") - heads_there(people, "both")
    assert change == pytest.approx(by_interval(scenario, added))


def test_one_column_where_one_head_count_is_asked_for() -> None:
    of = frame(n_center("constant", days=2))
    assert of.shape == (2, 1)
    assert set(of.of_horizon.tolist()) == {-1, 0}
    assert (of.of_horizon >= 0).sum() == 8


def mixed(**groups: Any) -> Scenario:
    """Two kinds of calls that take five and eight minutes, long ones, and some of which nothing is promised."""
    promised = {"share": 0.8, "awt_s": 60}
    types = {
        "short": calls(60, 300, **promised),
        "long": calls(4, 1800, **promised),
        "other": calls(10, 600),
        "like_short": calls(10, 480, **promised),
    }
    known = {"most": team("short like_short other"), "experts": team("long short")}
    return center(types, groups or known, {"kind": "intervals"})


def test_pools_are_of_what_is_promised_and_takes_about_as_long() -> None:
    scenario = mixed()
    assert pools_of(scenario, promised_by(scenario)) == [["short", "like_short"], ["long"]]
    assert takers_of(scenario, ["long"]) == ["experts"]
    assert takers_of(scenario, ["short", "like_short"]) == ["most", "experts"]


def test_who_is_pooled_knows_the_pool_and_others_take_the_rest() -> None:
    alone, elsewhere = pooled(mixed(), ["short", "like_short"])
    assert [skill.contact_type for skill in alone.agent_group[EVERYONE].skills] == ["short", "like_short"]
    assert {skill.contact_type for skill in alone.agent_group[OTHERS].skills} == {"long", "other"}
    assert elsewhere[OTHERS]["present"] > 20


def test_regrouped_people_are_as_quick_and_as_present_as_the_best_of_those_who_knew() -> None:
    data = mixed().as_dict()
    slow, quick = data["agent_group"]["most"], data["agent_group"]["experts"]
    slow["skills"] = [{"contact_type": "short", "talk_factor": 1.5}, "like_short", "other"]
    slow["shrinkage"], quick["shrinkage"] = {"planned": 0.3}, {"planned": 0.1}
    quick["skills"] = ["long", {"contact_type": "short", "talk_factor": 0.9}]
    scenario = from_data(data)
    found = regrouped(scenario, {"all": ["short", "like_short", "other", "long"]})
    (group,) = found.agent_group.values()
    assert [skill.talk_factor for skill in group.skills] == [0.9, 1.0, 1.0, 1.0]
    assert group.shrinkage.available_share == pytest.approx(0.9)
    assert found.contact_type["short"].arrivals == scenario.contact_type["short"].arrivals
    assert groups_to_plan(found) == ["all"]


def test_regrouping_keeps_the_demand_and_forgets_the_routes() -> None:
    center_ = n_center().changed(
        {"contact_type.a.routed_to": [{"group": "own"}, {"group": "both", "rank": 2}]}
    )
    found = regrouped(center_, {"only_a": ["a"], "only_b": ["b"]})
    assert list(found.agent_group) == ["only_a", "only_b"]
    assert found.contact_type["a"].routed_to is None
    assert found.contact_type["b"] == center_.contact_type["b"]
