"""Random blended centers: calls, chats and deferred work among the same few people in two busy hours.

Smaller than `tests.sim.random_centers`, and every one of them with what channels ask of the floor. Contacts come at
full minutes, and half of the centers take full minutes for everything, so that much happens at one instant.
"""

from __future__ import annotations

from hypothesis import strategies as st

from scenarios import Scenario
from tests.sim.random_channels import CONCURRENCY, callbacks
from tests.sim.random_laws import now_and_then, tables
from tests.sim.worlds import Table, center, constant

LIVE, DEFERRED = ("calls", "chats", "videos"), ("emails", "tickets")
TYPES = (*LIVE, *DEFERRED)
CHANNELS = dict(zip(TYPES, ("voice", "chat", "video", "email", "ticket"), strict=True))
OPEN_MIN = (480, 600)  # of the day, where there are hours


def times(in_minutes: bool, *means_s: float) -> st.SearchStrategy[Table]:
    means = st.sampled_from(means_s)
    if in_minutes:
        return means.map(constant)
    return means.map(lambda mean: {"law": "lognormal", "mean": mean, "cv": 1.0})


@st.composite
def contact_types(draw: st.DrawFn, name: str, names: tuple[str, ...], in_minutes: bool) -> Table:
    """At most 15 contacts of the type, within the opening hours and a little before and after."""
    moments = st.lists(st.integers(OPEN_MIN[0] - 20, OPEN_MIN[1] + 20), min_size=3, max_size=15)
    table: Table = {
        "channel": CHANNELS[name],
        "arrivals": {"replay": [60.0 * minute for minute in sorted(draw(moments))]},
        "priority": draw(st.sampled_from([1, 1, 2])),
        "resolution_rate": 0.7,
        "reconnect": {"share": 0.3, "delay_h": draw(times(in_minutes, 1.0))},
        **draw(now_and_then(tables(vip_share=(0.3,), returns=(False, True)), "ahead")),
        **draw(now_and_then(times(in_minutes, 60.0), "wrap_up_s")),
    }
    keys = deferred_keys(names, in_minutes) if name in DEFERRED else live_keys(name, names, in_minutes)
    return table | draw(keys)


@st.composite
def live_keys(draw: st.DrawFn, name: str, names: tuple[str, ...], in_minutes: bool) -> Table:
    left = draw(now_and_then(tables(ticket_share=(0.5, 1.0), **{"as": ("emails",)}), "when_closed"))
    again = {"share": 0.5, "delay_s": draw(times(in_minutes, 600.0))}
    return {
        "talk_s": draw(times(in_minutes, 240.0, 600.0)),
        "patience_s": draw(times(in_minutes, 60.0, 300.0, 1200.0)),
        **draw(now_and_then(st.just(again), "redial")),
        **(left if "emails" in names else {}),
        **(draw(now_and_then(callbacks(), "callback")) if name != "chats" else {}),
    }


@st.composite
def deferred_keys(draw: st.DrawFn, names: tuple[str, ...], in_minutes: bool) -> Table:
    asked_as = tuple(name for name in LIVE if name in names)
    chases = tables(after_h=(0.25, 1), share=(0.5, 1.0), every_h=(0.5, 2), **{"as": asked_as})
    return {
        "talk_s": draw(times(in_minutes, 600.0, 1800.0)),
        "interruptible": draw(st.sampled_from([True, True, False])),
        **draw(now_and_then(st.sampled_from([0.25, 1]), "due_h")),
        **draw(now_and_then(chases, "chase")),
    }


@st.composite
def groups(draw: st.DrawFn, names: tuple[str, ...], everything: bool) -> Table:
    """People for all types, some of them at any time; or for some types, with a reserve now and then."""
    skills = list(draw(st.permutations(names)))
    mine = skills if everything else skills[: draw(st.integers(1, len(skills)))]
    several = draw(st.sampled_from(CONCURRENCY)) if "chats" in mine else None
    heads = st.lists(st.integers(int(everything), 3), min_size=24, max_size=24)
    kept = draw(now_and_then(tables(**{mine[0]: (0, 1)}), "takes_only_if_free_above"))
    return {
        "skills": [
            {"contact_type": name, "talk_factor": draw(st.sampled_from([1.0, 1.0, 1.5]))} for name in mine
        ],
        "policy": draw(st.sampled_from(["priority", "longest_wait", "weighted_wait"])),
        "agents": {"present_per_interval": draw(heads)},
        **({"concurrency": several} if several else {}),
        **draw(now_and_then(st.sampled_from(["spread", "stack"]), "chat_fill")),
        **draw(now_and_then(st.just("ignore"), "when_call_waits")),
        **({} if everything else kept),
    }


@st.composite
def routes(draw: st.DrawFn, able: list[str]) -> list[Table]:
    """All groups that can take a type, each with a rank and now and then a delay."""
    found = [{"group": name, "rank": draw(st.integers(1, 2))} for name in able]
    return [route | draw(now_and_then(st.sampled_from([60, 180]), "after_s")) for route in found]


@st.composite
def random_blends(draw: st.DrawFn) -> Scenario:
    """Two to five types, one to three groups, one day."""
    in_minutes = draw(st.booleans())
    others = draw(st.lists(st.sampled_from(TYPES[1:]), min_size=1, max_size=4, unique=True))
    names = tuple(name for name in TYPES if name == "calls" or name in others)
    types = {name: draw(contact_types(name, names, in_minutes)) for name in names}
    teams = {f"team{i}": draw(groups(names, i == 0)) for i in range(draw(st.integers(1, 3)))}
    for name in names:
        able = [team for team, group in teams.items() if name in [s["contact_type"] for s in group["skills"]]]
        types[name] |= draw(now_and_then(routes(able), "routed_to"))
    calendar = {
        "interval_min": 60,
        "run_out_h": 24,
        **draw(tables(at_close=("serve", "clear"), on_time_up=("person", "seat"))),
        **draw(now_and_then(st.just({"mon-sun": "08:00-10:00"}), "hours")),
    }
    return center(types, teams, calendar, **draw(now_and_then(tables(n=(1, 3)), "lines")))
