"""Small random centers for the laws: one to three types and groups, with every feature there is, now and then."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from scenarios import Scenario
from tests.sim.worlds import Table, center

NAMES = ("a", "b", "c")
SHARES = st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0])


def laws(low: float, high: float) -> st.SearchStrategy[Table]:
    """A law whose mean lies between the two."""
    means = st.integers(int(low), int(high)).map(float)
    return st.one_of(
        means.map(lambda value: {"law": "constant", "value": value}),
        means.map(lambda mean: {"law": "exponential", "mean": mean}),
        means.map(lambda mean: {"law": "lognormal", "mean": mean, "cv": 1.2}),
        means.map(lambda mean: {"law": "uniform", "low": 0.5 * mean, "high": 1.5 * mean}),
    )


# Opening hours, and starts of shifts that meet them.
MORNING, NIGHT = ("08:00", "09:10"), ("22:00", "00:00")
HOURS: st.SearchStrategy[tuple[Table | None, tuple[str, ...]]] = st.sampled_from(
    [
        (None, MORNING + NIGHT),
        ({"mon-sun": "09:00-12:00"}, MORNING),
        ({"mon": "10:00-12:00", "tue-sun": "closed"}, MORNING),
        ({"mon-sun": ["08:00-09:00", "09:30-11:00"]}, MORNING),
        ({"mon-sun": ["00:00-02:00", "22:00-24:00"]}, NIGHT),
    ]
)


@st.composite
def calendars(draw: st.DrawFn, hours: Table | None) -> Table:
    calendar: Table = {
        "days": draw(st.sampled_from([1, 2])),
        "at_close": draw(st.sampled_from(["serve", "clear"])),
        "warm_up_h": draw(st.sampled_from([0, 3, 24])),
        "run_out_h": draw(st.sampled_from([0, 5, 24])),
    }
    return calendar if hours is None else {**calendar, "hours": hours}


@st.composite
def contact_types(draw: st.DrawFn, index: int, names: tuple[str, ...], returns: bool) -> Table:
    """Everybody loses patience in the end, so that no queue lasts for ever."""
    table: Table = {
        "channel": "voice",
        "arrivals": {"per_day": draw(st.integers(5, 80)), "shape": [1, 2, 1]},
        "talk_s": draw(laws(60, 900)),
        "patience_s": {**draw(laws(20, 900)), "balk_share": draw(st.sampled_from([0.0, 0.3]))},
        "service_target": "80/20",
    }
    if draw(st.booleans()):
        table["arrivals"] = {"per_h": draw(st.integers(1, 5))}
    if draw(st.booleans()):
        table["wrap_up_s"] = draw(laws(10, 120))
    if returns and draw(st.booleans()):
        table["redial"] = {
            "share": draw(SHARES),
            "delay_s": draw(laws(60, 20_000)),
            "skip_bot": draw(st.booleans()),
        }
    if returns and draw(st.booleans()):
        back = draw(st.sampled_from(names))
        table["reconnect"] = {
            "share": draw(SHARES),
            "delay_h": draw(laws(1, 20)),
            "as": back,
            "talk_factor": 0.8,
        }
        table["resolution_rate"] = draw(SHARES)
    if returns and index + 1 < len(names) and draw(st.booleans()):
        table["transfer"] = {"share": draw(SHARES), "to": names[index + 1], "talk_factor": 1.3}
    return table


@st.composite
def presences(draw: st.DrawFn, starts: tuple[str, ...]) -> Table:
    kind = draw(st.sampled_from(["present", "per interval", "shifts"]))
    if kind == "present":
        return {"present": draw(st.integers(0, 3))}
    if kind == "per interval":
        return {"present_per_interval": draw(st.lists(st.integers(0, 3), min_size=48, max_size=48))}
    return {"shifts": draw(st.lists(shifts(starts), min_size=1, max_size=3))}


BREAKS: st.SearchStrategy[list[Table]] = st.sampled_from(
    [[], [{"after_h": 0.5, "min": 10}], [{"after_h": 1, "min": 30}, {"after_h": 1.5, "min": 15}]]
)


def shifts(starts: tuple[str, ...]) -> st.SearchStrategy[Table]:
    return st.fixed_dictionaries(
        {
            "start": st.sampled_from(starts),
            "hours": st.sampled_from([4, 8, 24]),
            "people": st.integers(1, 2),
            "breaks": BREAKS,
        }
    )


@st.composite
def groups(draw: st.DrawFn, names: tuple[str, ...], everything: bool, starts: tuple[str, ...]) -> Table:
    skills = list(draw(st.permutations(names)))
    shrinkage = draw(st.sampled_from([{}, {"absent": 0.3, "planned": 0.1, "adherence": 0.9}]))
    return {
        "skills": skills if everything else skills[: draw(st.integers(1, len(skills)))],
        "policy": draw(st.sampled_from(["priority", "longest_wait", "weighted_wait"])),
        "agents": draw(presences(starts)),
        "shrinkage": shrinkage,
    }


OF_100 = st.sampled_from(
    [
        {"solved": 40, "wrongly_closed": 10, "handed_over": 40, "left": 10},
        {"solved": 30, "handed_over": 70},
        {"wrongly_closed": 50, "left": 50},
    ]
)


@st.composite
def bots(draw: st.DrawFn, names: tuple[str, ...]) -> Table:
    part = {
        "of_100": draw(OF_100),
        "entry_share": draw(st.sampled_from([1.0, 0.7])),
        "session_s": draw(laws(10, 200)),
        "handover": {"talk_factor": 1.2, "patience_factor": 0.7},
        "wrongly_closed_skip_bot": draw(st.booleans()),
    }
    bot: Table = {
        "always_on": draw(st.booleans()),
        "selectivity": draw(st.sampled_from([0.0, 0.6])),
        "contact_type": dict.fromkeys(names[: draw(st.integers(1, len(names)))], part),
    }
    limit = draw(st.sampled_from([None, 0, 2]))
    return bot | ({} if limit is None else {"max_sessions": limit})


@st.composite
def small_centers(draw: st.DrawFn, returns: bool = True) -> Scenario:
    """A center; without `returns` every need has one contact, and there is no bot."""
    names = NAMES[: draw(st.integers(1, 3))]
    hours, starts = draw(HOURS)
    types = {name: draw(contact_types(i, names, returns)) for i, name in enumerate(names)}
    teams = {f"team{i}": draw(groups(names, i == 0, starts)) for i in range(draw(st.integers(1, 3)))}
    tables: dict[str, Any] = {}
    if returns and draw(st.booleans()):
        tables["bot"] = {"menu": draw(bots(names))}
    if draw(st.booleans()):
        tables["lines"] = {"n": draw(st.integers(1, 6))}
    return center(types, teams, draw(calendars(hours)), **tables)
