"""Random small centers with every feature of the model now and then, for the engines to agree on.

One to four types and groups, one to three days, few hundred contacts. In every third center all times are round
constants: people who come together then finish together, on the hour too, and the order of turns is tried as well.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from scenarios import Scenario, from_data
from tests.sim.random_calendars import calendars, stretches
from tests.sim.random_channels import reserves, waits_without_end, with_channels, with_notices
from tests.sim.random_laws import Tables, laws, now_and_then, tables
from tests.sim.random_teams import can_take, groups, routes, serve_those_without_end
from tests.sim.random_types import contact_types, expectations
from tests.sim.worlds import Table

NAMES = ("a", "b", "c", "d")
SESSION_S = (60.0, 1800.0, 7200.0)
OF_100 = (
    {"solved": 40, "wrongly_closed": 10, "handed_over": 40, "left": 10},
    {"solved": 30, "handed_over": 70},
    {"wrongly_closed": 50, "left": 50},
    {"solved": 100},
    {"left": 100},
)


HANDOVERS = tuple(
    {"talk_factor": talk, "patience_factor": patience} for talk in (1.0, 1.5) for patience in (0.5, 1.0)
)


OPERATING_POINTS = [{"solved": 20, "wrongly_closed": 2}, {"solved": 50, "wrongly_closed": 10}]


def with_at_peak(part: Table, waiting_above: int) -> Table:
    """While the queue is long the bot closes more of some, and less of others."""
    stays = 100.0 - part["of_100"].get("left", 0.0)
    closes = {"solved": 0.5 * stays, "wrongly_closed": 0.3 * stays}
    return {**part, "at_peak": {"waiting_above": waiting_above, **closes}}


def at_a_point(part: Table) -> Table:
    """Between two operating points, where the customers who leave the bot allow it."""
    if part["of_100"].get("left", 0.0) > 40.0:
        return part
    return {**part, "operating_points": OPERATING_POINTS, "operating_point": 0.6}


@cache
def bot_parts(all_round: bool) -> Tables:
    """What a bot does for a type."""
    sessions = laws(SESSION_S, all_round).map(lambda law: {"session_s": law})
    others = tables(
        of_100=OF_100, entry_share=(1.0, 0.6), handover=HANDOVERS, wrongly_closed_skip_bot=(False, True)
    )
    parts = st.builds(dict.__or__, sessions, others)
    at_peak = st.builds(with_at_peak, parts, st.sampled_from([0, 0, 2]))
    return st.one_of(parts, parts, at_peak, parts.map(at_a_point))


@st.composite
def bots(draw: st.DrawFn, names: tuple[str, ...], calendar: Table, all_round: bool) -> Table:
    return {
        **draw(tables(always_on=(False, True), selectivity=(0.0, 0.6, 1.0))),
        "contact_type": {name: draw(bot_parts(all_round)) for name in names},
        **draw(now_and_then(st.sampled_from([0, 1, 3]), "max_sessions")),
        **draw(now_and_then(st.lists(stretches(calendar), min_size=1, max_size=6), "outage")),
        **draw(now_and_then(tables(months=(0.05, 1.0), start_share=(0.0, 0.5)), "ramp_up")),
        **draw(now_and_then(tables(refund_window_h=(0.0, 0.5, 3.0)), "price")),
    }


@st.composite
def all_bots(draw: st.DrawFn, names: tuple[str, ...], calendar: Table, all_round: bool) -> Table:
    """None, one, or one for the first types and another for the last."""
    cut = draw(st.integers(0, len(names)))
    parts = {"menu": names[:cut], "assistant": names[cut:] if draw(st.booleans()) else ()}
    found = {name: draw(bots(mine, calendar, all_round)) for name, mine in parts.items() if mine}
    return {"bot": found} if found else {}


def assists(teams: tuple[str, ...]) -> Tables:
    """For one of the groups."""
    groups = tuple([name] for name in teams)
    others = tables(newcomer_talk_factor=(0.75, 0.5), spread_factor=(1.0, 0.5))
    factors = tables(
        groups=groups, talk_factor=(1.0, 0.75), wrap_up_factor=(1.0, 0.5), resolution_gain=(0.0, 0.3)
    )
    return st.builds(dict.__or__, factors, others)


@cache
def knowledge() -> Tables:
    return tables(quality=(0.6, 1.2), decay_per_month=(0.0, 0.9), spread_effect=(1.0,))


@cache
def busyness() -> Tables:
    return tables(day_cv=(0.0, 0.4), correlation=(0.0, 0.5, 1.0), interval_cv=(0.0, 0.0, 0.8))


@cache
def customers() -> Tables:
    """More from day to day, or fewer."""
    return tables(n=(1000,), growth_per_month=(0.0, 1.0, -0.9))


@st.composite
def events(draw: st.DrawFn, names: tuple[str, ...], calendar: Table) -> list[Table]:
    """One for all types, or for the first; with a shape of its own, or an echo, now and then."""
    which = draw(now_and_then(st.just([names[0]]), "contact_types"))
    factor = draw(st.sampled_from([0.0, 2.5]))
    shape = draw(now_and_then(st.just([3, 0, 1]), "shape"))
    echo = draw(
        now_and_then(tables(after_days=(1,), factor=(0.5, 2.0), contact_types=([names[-1]],)), "echo")
    )
    return [{"name": "rush", "factor": factor, **draw(stretches(calendar)), **which, **shape, **echo}]


@cache
def experiences() -> Tables:
    """Every coefficient at work, and some so large that satisfaction comes to its ends."""
    effort = {
        "per_wait_min": 0.1,
        "per_contact": 1.0,
        "per_transfer": 0.5,
        "per_bot_loop": 0.7,
        "per_deferred_h": 0.2,
    }
    plain = {"base": 0.6, "above_expectation": 0.05, "below_expectation": -0.1, "resolved": 0.2}
    steep = {"base": 0.5, "above_expectation": 0.9, "below_expectation": -0.7, "resolved": 0.1}
    delights = ({"share": share, "talk_s": 45.0, "cost": 1.0, "lift": 0.2} for share in (0.0, 0.4, 1.0))
    return tables(
        effort=(effort,),
        satisfaction=(plain, steep),
        churn=({"base": 0.05, "unresolved": 0.25, "stated_to_real": 0.2},),
        delight=tuple(delights),
        customer_value=(0.0, 100.0),
    )


@st.composite
def random_centers(draw: st.DrawFn) -> Scenario:
    """A center with any of the features."""
    names = NAMES[: draw(st.integers(1, 4))]
    all_round = draw(st.sampled_from([False, True]))
    calendar, shift = draw(calendars())
    types = {name: draw(contact_types(i, names, all_round)) for i, name in enumerate(names)}
    n_teams = draw(st.integers(1, 4))
    teams = {f"team{i}": draw(groups(names, shift, i == 0, all_round)) for i in range(n_teams)}
    if draw(st.booleans()):
        draw(with_channels(types, teams))
    draw(with_notices(types, teams))
    if draw(st.booleans()):
        teams = {name: team | draw(reserves(types, team)) for name, team in teams.items()}
    for name in names:
        able = [team for team, group in teams.items() if can_take(group, name)]
        types[name] |= draw(now_and_then(routes(able), "routed_to"))
    if any(waits_without_end(table) for table in types.values()):
        serve_those_without_end(types, teams)
    calendar |= draw(now_and_then(st.just("seat"), "on_time_up"))
    felt = draw(now_and_then(experiences(), "experience"))
    for name in names if felt else ():
        types[name] |= draw(now_and_then(expectations(), "expectation"))
    return from_data(
        {
            "name": "random",
            "calendar": calendar,
            "contact_type": types,
            "agent_group": teams,
            **draw(all_bots(names, calendar, all_round)),
            **draw(now_and_then(st.integers(1, 6).map(lambda n: {"n": n}), "lines")),
            **draw(now_and_then(assists(tuple(teams)), "assist")),
            **draw(st.one_of(*[st.just({})] * 3, knowledge().map(lambda table: {"knowledge": table}))),
            **draw(now_and_then(busyness(), "busyness")),
            **draw(now_and_then(customers(), "customers")),
            **draw(now_and_then(events(names, calendar), "event")),
            **felt,
        }
    )
