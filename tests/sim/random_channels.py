"""Random channels: chats side by side, deferred work, callbacks, who goes ahead, who is kept free.

They are put over types and groups that have been drawn as if everybody called.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.sim.random_laws import Tables, now_and_then, tables
from tests.sim.random_teams import can_take
from tests.sim.worlds import Table, constant

CHANNELS = ("voice", "voice", "chat", "chat", "video", "email", "ticket")
DEFERRED = ("email", "ticket")
CONCURRENCY = (
    {"chat": 1, "throughput": [1.0]},
    {"chat": 2, "throughput": [1.0, 1.6]},
    {"chat": 3, "throughput": [1.0, 1.7, 1.5]},
)


@st.composite
def with_channels(draw: st.DrawFn, types: dict[str, Table], teams: dict[str, Table]) -> None:
    """Change some contact types and groups where they stand."""
    channels = {name: draw(st.sampled_from(CHANNELS)) for name in types}
    live = tuple(name for name, channel in channels.items() if channel not in DEFERRED)
    deferred = tuple(name for name in types if name not in live)
    for name, table in types.items():
        table.update({"channel": channels[name], **draw(_order())})
        if name in deferred:
            _wait_without_end(table)
            table["arrivals"] = {"per_day": draw(st.sampled_from([5, 15]))}
            table.update(draw(_deferred_keys(live)))
        else:
            table.update(draw(_live_keys(channels[name], deferred)))
    for team in teams.values():
        team.update(draw(_chat_keys(team, [name for name in live if channels[name] == "chat"])))


def _wait_without_end(table: Table) -> None:
    for key in ("patience_s", "redial"):
        table.pop(key, None)


@cache
@st.composite
def _order(draw: st.DrawFn) -> Table:
    return {
        "priority": draw(st.sampled_from([1, 1, 2, 3])),
        **draw(now_and_then(tables(vip_share=(0.0, 0.5), returns=(False, True)), "ahead")),
    }


@cache
@st.composite
def _deferred_keys(draw: st.DrawFn, live: tuple[str, ...]) -> Table:
    chases = tables(after_h=(0.5, 2), share=(0.2, 0.3), **{"as": live}) if live else st.just({})
    again = draw(now_and_then(st.sampled_from([4, 12]), "every_h"))
    chase = draw(now_and_then(chases, "chase")) if live else {}
    if "chase" in chase:
        chase["chase"] |= again
    return {
        "interruptible": draw(st.booleans()),
        **draw(now_and_then(st.sampled_from([0.25, 4]), "due_h")),
        **chase,
    }


@cache
@st.composite
def _live_keys(draw: st.DrawFn, channel: str, deferred: tuple[str, ...]) -> Table:
    keys: Table = {}
    if deferred:
        keys |= draw(now_and_then(tables(ticket_share=(0.4, 1.0), **{"as": deferred}), "when_closed"))
    if channel != "chat":
        keys |= draw(now_and_then(callbacks(), "callback"))
    return keys


@cache
def callbacks() -> Tables:
    return tables(
        offer_above_s=(0, 60, 600),
        accept_share=(0.5, 1.0),
        keeps_place=(True, False),
        reach_share=(0.5, 1.0),
        attempts=(1, 2),
        attempt_s=(0, 30),
    )


@st.composite
def _chat_keys(draw: st.DrawFn, team: Table, chats: list[str]) -> Table:
    mine = [name for name in chats if can_take(team, name)]
    if not mine:
        return {}
    return {
        **draw(now_and_then(st.sampled_from(CONCURRENCY), "concurrency")),
        **draw(now_and_then(st.sampled_from(["spread", "stack"]), "chat_fill")),
        **draw(now_and_then(st.just("ignore"), "when_call_waits")),
    }


@st.composite
def reserves(draw: st.DrawFn, types: dict[str, Table], team: Table) -> Table:
    """People kept free for others, but not from those who wait without end."""
    mine = [name for name, table in types.items() if can_take(team, name) and not waits_without_end(table)]
    if not mine:
        return {}
    kept = tables(**{draw(st.sampled_from(mine)): (0, 1, 2)})
    return draw(now_and_then(kept, "takes_only_if_free_above"))


@cache
def notices(names: tuple[str, ...]) -> Tables:
    """What a group gives when nobody waits, about a live type."""
    return tables(
        contact=names,
        per_day=(20, 60),
        reach_share=(0.6, 1.0),
        prevents_share=(0.0, 0.5, 1.0),
        calls_back_share=(0.0, 0.5),
        calls_back_after_h=(constant(0), {"law": "exponential", "mean": 0.5}, 6),
        talk_s=(60, constant(300), constant(0)),
    )


@st.composite
def with_notices(draw: st.DrawFn, types: dict[str, Table], teams: dict[str, Table]) -> None:
    """Let some groups give notices."""
    live = tuple(name for name, table in types.items() if table["channel"] not in DEFERRED)
    for team in teams.values() if live else ():
        team.update(draw(now_and_then(notices(live), "proactive")))


def waits_without_end(table: Table) -> bool:
    """Somebody of the type may wait for ever."""
    return "patience_s" not in table or "callback" in table
