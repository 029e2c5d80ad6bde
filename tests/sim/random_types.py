"""Random contact types: who comes, how long it takes, and who comes back."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.sim.random_laws import Tables, laws, now_and_then, tables
from tests.sim.worlds import Table

TALK_S, ROUND_TALK_S = (120.0, 300.0, 600.0, 900.0), (600.0, 1800.0, 3600.0)
WRAP_UP_S = (60.0, 300.0)
PATIENCE_S = (30.0, 300.0, 1800.0, 7200.0)
REDIAL_S = (60.0, 600.0, 3600.0, 10_800.0)
# Calls of two mornings and of the night between them, some of which come at the same moment.
RECORDED_S = [
    *(32_400.0 + 300.0 * i for i in (0, 0, 0, 1, 2, 2, 5, 9, 14, 14, 20, 33)),
    *(86_400.0 + 3600.0 * i for i in (-1, 0, 0, 1, 9, 9, 9, 10, 10, 24)),
]
RECONNECT_H = (0.25, 0.5, 1.0, 3.0)


@cache
def arrivals() -> Tables:
    """At most some fifty contacts on an ordinary day."""
    return st.one_of(
        tables(per_day=(5, 20, 50), factor=(1.0, 0.5), weekday=({}, {"mon-wed": 1.3, "sun": 0.0})),
        tables(per_day=(20, 50), shape=([1, 4, 0, 2], {"mon-thu": [2, 1, 1], "fri-sun": [1]})),
        tables(per_h=(0.0, 1.0, 4.0), weekday=({}, {"sat-sun": 0.0, "fri": 1.5})),
        tables(replay=(RECORDED_S, [*RECORDED_S, *(600.0 * i for i in range(-60, 300, 7))])),
        tables(per_interval=([0.0, 2.0, 1.0, 3.0] * 6, [0.5] * 8 + [4.0] * 4 + [1.0] * 12)),
    )


@cache
def patience(all_round: bool) -> Tables:
    """Ends always, and sometimes at once: who balks."""
    return st.builds(dict.__or__, laws(PATIENCE_S, all_round), tables(balk_share=(0.0, 0.0, 0.0, 0.4, 1.0)))


@cache
def redials(all_round: bool) -> Tables:
    """Soon again, or some hours later."""
    delays = laws(REDIAL_S, all_round).map(lambda law: {"delay_s": law})
    return st.builds(dict.__or__, tables(share=(0.3, 0.9), skip_bot=(False, True)), delays)


@cache
def reconnects(names: tuple[str, ...], all_round: bool) -> Tables:
    """As the same type or another; tomorrow, if the night comes in between."""
    delays = laws(RECONNECT_H, all_round).map(lambda law: {"delay_h": law})
    others = tables(share=(0.3, 0.9), talk_factor=(1.0, 0.7), skip_bot=(False, True))
    return st.builds(lambda a, b, c: a | b | c, delays, others, tables(**{"as": names}))


@cache
def transfers(onward: tuple[str, ...]) -> Tables:
    """Only to types further on, so that they end."""
    if not onward:
        return st.just({})
    return now_and_then(tables(share=(0.2, 0.8), to=onward, talk_factor=(1.0, 1.4)), "transfer")


@cache
def prevention() -> Tables:
    """In force all the time, from the first day on, growing from then on, or not yet."""
    when = st.sampled_from([{}, {"starts_month": 1}, {"ramp_months": 0.1}, {"starts_month": 7}])
    return st.builds(dict.__or__, tables(share=(0.3, 1.0), at_most=(1.0, 0.5)), when)


@cache
def expectations() -> Tables:
    """Somebody expects nothing, somebody the impossible; spread, and drift."""
    return tables(
        wait_s=(0.0, 60.0, 900.0), wait_cv=(0.0, 0.8), contacts=(1.0, 1.5), drift_per_year=(0.0, 0.3)
    )


@cache
@st.composite
def contact_types(draw: st.DrawFn, index: int, names: tuple[str, ...], all_round: bool) -> Table:
    table: Table = {
        "channel": "voice",
        "arrivals": draw(arrivals()),
        "talk_s": draw(laws(ROUND_TALK_S if all_round else TALK_S, all_round)),
        **draw(now_and_then(laws(WRAP_UP_S, all_round), "wrap_up_s")),
        **draw(now_and_then(redials(all_round), "redial")),
        **draw(st.one_of(st.just({}), now_and_then(prevention(), "prevention"))),
        **draw(transfers(names[index + 1 :])),
        **draw(now_and_then(st.sampled_from(["80/20", "50/60"]), "service_target")),
        **draw(now_and_then(st.just(0.6), "day_cv")),
    }
    if draw(st.integers(0, 7)):
        table["patience_s"] = draw(patience(all_round))
    if draw(st.booleans()):
        table |= {
            "reconnect": draw(reconnects(names, all_round)),
            **draw(tables(resolution_rate=(0.0, 0.5, 0.9))),
        }
    return table
