"""Random agent groups: what they can take, and when they are there."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.sim.random_calendars import Hours
from tests.sim.random_laws import Tables, now_and_then, tables
from tests.sim.worlds import Table


@cache
def skills(name: str, all_round: bool) -> st.SearchStrategy[Any]:
    """A name, or what a group makes of the type."""
    factors = {
        "talk_factor": (0.5, 1.0, 2.0 if all_round else 1.3),
        "resolution_rate": (0.2, 0.7, 1.0),
        "weight": (0.5, 1.0, 3.0),
    }
    return st.one_of(st.just(name), tables(contact_type=(name,), **factors))


BREAKS: tuple[list[Table], ...] = (
    [],
    [{"after_h": 0.5, "min": 10}],
    [{"after_h": 1, "min": 30}, {"after_h": 1.5, "min": 15}],
)


@cache
def shifts(shift: Hours) -> Tables:
    """The shift, a longer one, or one round the clock, the next day's right behind it."""
    return tables(start=(shift.start,), hours=(shift.hours, 6, 24), people=(1, 2), breaks=BREAKS)


@cache
def head_counts() -> st.SearchStrategy[list[int]]:
    """Four in turn, each for six hours or for one."""
    counts = st.tuples(*[st.sampled_from([0, 0, 1, 2])] * 4)
    return st.one_of(
        counts.map(lambda steps: [count for count in steps for _ in range(6)]),
        counts.map(lambda steps: [*steps] * 6),
    )


@cache
def crowds() -> Tables:
    """Several come together after an hour without anybody, so that they begin together."""
    return tables(present_per_interval=([0, 3] * 12, [2, 0, 0, 4] * 6, [3, 4, 2, 0] * 6))


@cache
def presences(shift: Hours) -> Tables:
    scheduled = st.lists(shifts(shift), min_size=1, max_size=2).map(lambda several: {"shifts": several})
    return st.one_of(
        tables(present=(0, 1, 3)),
        head_counts().map(lambda counts: {"present_per_interval": counts}),
        scheduled,
        scheduled,
        crowds(),
    )


@cache
def shrinkages() -> Tables:
    """Of people on shifts some are absent, and some are away for a while."""
    return tables(absent=(0.3, 0.0), planned=(0.1, 0.0), adherence=(0.9, 1.0))


@cache
def differences() -> Tables:
    """People unlike each other, some of them new, some on their way out."""
    learning = {"weeks": 1, "talk_factor": 2.0, "resolution_factor": 0.5}
    newcomers = ({"share": 0.5, **learning}, {"share": 1.0, **learning, "weeks": 0.2}, learning)
    return st.one_of(
        tables(talk_spread=(0.3,), attrition_per_year=(0.0, 300.0)),
        tables(talk_spread=(0.0, 0.2), newcomers=newcomers, attrition_per_year=(100.0, 700.0)),
        tables(newcomers=newcomers[:2]),
    )


@cache
@st.composite
def groups(draw: st.DrawFn, names: tuple[str, ...], shift: Hours, everything: bool, all_round: bool) -> Table:
    """People who can take some types, or all of them."""
    order = list(draw(st.permutations(names)))
    n_skills = len(names) if everything else draw(st.integers(1, len(names)))
    agents = draw(crowds() if all_round else presences(shift))
    return {
        "skills": [draw(skills(name, all_round)) for name in order[:n_skills]],
        "policy": draw(st.sampled_from(["priority", "longest_wait", "weighted_wait"])),
        "agents": agents,
        **(draw(now_and_then(shrinkages(), "shrinkage")) if "shifts" in agents else {}),
        **draw(now_and_then(tables(per_contact=(2.0,), peak_factor=(1.0, 1.5)), "outsourced")),
        **({} if all_round else draw(st.one_of(st.just({}), differences()))),
    }


@st.composite
def routes(draw: st.DrawFn, able: list[str]) -> list[Table]:
    """Some of the groups that can take a type, each with a rank."""
    chosen = draw(st.permutations(able))[: draw(st.integers(1, len(able)))]
    found = [{"group": name, "rank": draw(st.integers(1, 3))} for name in chosen]
    return [route | draw(now_and_then(st.sampled_from([20, 300]), "after_s")) for route in found]


def can_take(group: Table, name: str) -> bool:
    return name in [skill if isinstance(skill, str) else skill["contact_type"] for skill in group["skills"]]


def serve_those_without_end(types: dict[str, Table], teams: dict[str, Table]) -> None:
    """Where somebody waits without end, the first group is there for all and nobody is passed over for ever."""
    for team in teams.values():
        team["policy"] = "longest_wait" if team["policy"] == "priority" else team["policy"]
    first = next(iter(teams.values()))
    deferred = any(table["channel"] in ("email", "ticket") for table in types.values())
    first["agents"] = {"present": 12 if deferred else 2 + len(types)}
    first.pop("takes_only_if_free_above", None)
    for table in types.values():
        table.pop("routed_to", None)
