"""Laws: the same customers in every design; more people change nobody's draws, names and other days change nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import Scenario
from sim.center.center import live
from sim.chance.sample import Sample
from sim.world.world import world_of
from tests.sim.laws.small_centers import small_centers
from tests.sim.steady import steady
from tests.sim.worlds import Table, center, records, rows_of, team


def with_one_more(scenario: Scenario) -> Scenario:
    """Somebody joins the first team: always there."""
    data = scenario.as_dict()
    first = next(iter(data["agent_group"].values()))
    more = {**first, "agents": {"present": 2}}
    return scenario.changed({"agent_group": {**data["agent_group"], "more": more}})


Draws = dict[tuple[object, ...], tuple[float, ...]]  # by what is drawn, type, need and number


def draws(scenario: Scenario) -> Draws:
    """Patience and balking by attempt; bot by attempt and talk yet to happen; talk and wrap-up without factors."""
    found: Draws = {}
    n_answered: dict[int, int] = defaultdict(int)
    for c in live(world_of(scenario), Sample(7, 0)).contacts:
        own, n = (c.type.index, c.need.key), n_answered[c.need.key]
        found["patience", *own, c.attempt] = (c.patience_s, c.balks)
        if not c.skip_bot:
            found["bot", *own, c.attempt, n] = (c.bot_end, c.session_s)
        if c.group >= 0:
            n_answered[c.need.key] += 1
            found["talk", *own, n] = (c.talk_s / c.talk_factor, c.wrap_up_s)
    return found


@steady(40)
@given(small_centers())
def test_more_people_change_nobodys_draws(scenario):
    """An attempt that happens in both keeps its patience; a conversation that happens in both its talk."""
    ours, theirs = draws(scenario), draws(with_one_more(scenario))
    both = ours.keys() & theirs.keys()
    assert both or not ours
    for key in both:
        assert all(isclose(a, b, rel_tol=1e-12) for a, b in zip(ours[key], theirs[key], strict=True)), key


def waits_by_need(scenario: Scenario) -> dict[tuple[int, int, int], float]:
    """Of those answered before the run ended: all that arrived in the horizon, and some more."""
    found = records(scenario, seed=8)
    a, n = found.attempts, found.needs
    waits = (a.answered_s - a.queued_s).tolist()
    keys = zip(n.contact_type[a.need].tolist(), n.day[a.need].tolist(), n.k[a.need].tolist(), strict=True)
    return {key: wait_s for key, wait_s in zip(keys, waits, strict=True) if wait_s >= 0.0}


@steady(30)
@given(
    n_agents=st.integers(1, 5),
    load=st.floats(0.3, 0.95),
    talk=st.sampled_from(["exponential", "lognormal", "constant"]),
    wrap_up_s=st.sampled_from([0, 40]),
)
def test_one_more_agent_lengthens_nobodys_wait(n_agents, load, talk, wrap_up_s):
    """One group, two types in one line, nobody abandons: holds for every customer, not on average.

    With abandonment it would not: someone saved from leaving takes an agent's time.
    """
    law: Table = {"law": talk, "mean": 200, **({"cv": 1.3} if talk == "lognormal" else {})}
    if talk == "constant":
        law = {"law": talk, "value": 200}
    per_h = load * n_agents * 3600 / (200 + wrap_up_s) / 2
    one = {"channel": "voice", "arrivals": {"per_h": per_h}, "talk_s": law, "wrap_up_s": wrap_up_s}
    groups = [{"team": team(n, ["a", "b"], policy="longest_wait")} for n in (n_agents, n_agents + 1)]
    fewer, more = (waits_by_need(center({"a": one, "b": one}, group)) for group in groups)
    both = fewer.keys() & more.keys()
    assert len(both) > 20
    assert all(more[need] <= fewer[need] + 1e-6 for need in both)


@steady(30)
@given(small_centers(returns=False))
def test_names_do_not_matter(scenario):
    data = scenario.as_dict()
    text = {"a": "zeta", "b": "alpha", "c": "mu", "team0": "x", "team1": "y", "team2": "w"}
    renamed = center(
        {text[name]: table for name, table in data["contact_type"].items()},
        {
            text[name]: {**table, "skills": [text[skill] for skill in table["skills"]]}
            for name, table in data["agent_group"].items()
        },
        data["calendar"],
        **{key: data[key] for key in ("lines",) if key in data},
    )
    ours, theirs = rows_of(scenario, records(scenario)), rows_of(renamed, records(renamed))
    assert [text[row.type] for row in ours] == [row.type for row in theirs]
    same = [row._replace(type="") for row in theirs]
    assert repr([row._replace(type="") for row in ours]) == repr(same)


def test_a_changed_day_moves_no_other_day():
    """An event doubles Tuesday; Monday and Wednesday keep their arrivals, and Tuesday its first customers' draws."""
    event = {"name": "rush", "from": datetime(2026, 11, 10), "to": datetime(2026, 11, 11), "factor": 2.0}
    arrivals = []
    for events in ([], [event]):
        found = records(center_of_days(events))
        arrivals.append([found.needs.began_s[found.needs.day == day].tolist() for day in range(3)])
    (monday, tuesday, wednesday), (monday2, tuesday2, wednesday2) = arrivals
    assert (monday, wednesday) == (monday2, wednesday2)
    assert len(tuesday2) > len(tuesday)
    # Twice the rate: the k-th customer comes in half the time.
    halves = [86400 + (at_s - 86400) / 2 for at_s in tuesday]
    assert tuesday2[: len(tuesday)] == pytest.approx(halves, abs=1e-6)


def center_of_days(events: list[Table]) -> Scenario:
    types = {"a": {"channel": "voice", "arrivals": {"per_day": 60}, "talk_s": 100, "patience_s": 60}}
    calendar = {"days": 3, "start": date(2026, 11, 9)}
    return center(types, {"team": team(2, ["a"])}, calendar, event=events)


def test_a_type_more_moves_no_other_type():
    """A design's own type has its own stream."""
    one = {"channel": "voice", "arrivals": {"per_h": 5}, "talk_s": 100, "patience_s": 60}
    alone = records(center({"a": one}, {"team": team(2, ["a"])}))
    both = records(center({"a": one, "b": one}, {"team": team(2, ["a", "b"])}))
    of_a = both.needs.contact_type == 0
    assert np.array_equal(alone.needs.began_s, both.needs.began_s[of_a])
    assert not np.array_equal(both.needs.began_s[of_a][:5], both.needs.began_s[~of_a][:5])
