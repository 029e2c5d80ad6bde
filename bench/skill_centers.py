"""Five centers in which people of several skills share the work: what planning together is measured on.

One day in half hours with peaks, shifts of a moderate number, and hours that cost more the more a group knows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenarios import Scenario, from_data

TWO_PEAKS = (3, 5, 8, 10, 8, 6, 6, 8, 9, 8, 6, 4)  # contacts by hour of the day
EVENING = (2, 3, 4, 5, 6, 6, 7, 8, 10, 11, 8, 4)
MORNING = (6, 10, 12, 9, 7, 5, 5, 5, 4, 4, 3, 2)


def n_design() -> Scenario:
    """N: a front line for orders; a second group takes technical calls, and orders when the first is busy."""
    return _center(
        "n-design-day",
        {
            "order": _call(900, 240, TWO_PEAKS, _first("front", "technical")),
            "fault": _call(350, 480, EVENING, _first("technical")),
        },
        {"front": _group(20, "order"), "technical": _group(24, "fault", "order")},
        {"shift_lengths_h": [6, 8], "starts": _starts(14, every_min=60)},
    )


def m_design() -> Scenario:
    """M: a group for each of two languages and a dearer one for both; shifts are agreed, and last 4 to 8 hours."""
    return _center(
        "m-design-day",
        {
            "north": _call(500, 300, MORNING, _first("north", "both")),
            "south": _call(500, 300, EVENING, _first("south", "both")),
        },
        {"north": _group(20, "north"), "south": _group(20, "south"), "both": _group(22, "north", "south")},
        {"shift": [_shift(8, 16), _shift(10, 18), _shift(12, 20), _shift(8, 12), _shift(16, 20)]},
    )


def w_design() -> Scenario:
    """W: three types and two groups; either shares the middle type; at most 4 % may give up."""
    of_calls = {"share": 0.8, "awt_s": 20, "max_abandonment_rate": 0.04, "over": "day"}
    return _center(
        "w-design-day",
        {
            "sales": _call(400, 360, EVENING, _first("sellers"), of_calls),
            "account": _call(700, 200, TWO_PEAKS, _alike("sellers", "clerks"), of_calls),
            "claim": _call(300, 420, MORNING, _first("clerks"), of_calls),
        },
        {"sellers": _group(23, "sales", "account"), "clerks": _group(21, "claim", "account")},
        {"shift_lengths_h": [5, 7, 9], "starts": _starts(15, every_min=60)},
    )


def x_design() -> Scenario:
    """X: two types and two groups that know both, each its own best; targets hold in every half hour."""
    every = {"share": 0.7, "awt_s": 30, "over": "interval"}
    return _center(
        "x-design-day",
        {
            "card": _call(800, 180, MORNING, _first("cards", "loans"), every),
            "loan": _call(400, 420, TWO_PEAKS, _first("loans", "cards"), every),
        },
        {
            "cards": _group(21, "card", "loan", slower={"loan": 1.2}),
            "loans": _group(22, "loan", "card", slower={"card": 1.2}),
        },
        {"shift_lengths_h": [4, 6, 8], "starts": _starts(16, every_min=60)},
    )


def chain() -> Scenario:
    """A chain of four: each group knows two types, each type two groups, with half an hour's break in every shift."""
    over_day = {"share": 0.8, "awt_s": 30, "over": "day"}
    names = ("a", "b", "c", "d")
    shapes = (MORNING, TWO_PEAKS, EVENING, TWO_PEAKS)
    types = {
        name: _call(
            300 + 60 * i, 260 + 40 * i, shapes[i], _first(f"team_{name}", f"team_{names[i - 1]}"), over_day
        )
        for i, name in enumerate(names)
    }
    groups = {
        f"team_{name}": _group(20 + i, name, names[(i + 1) % len(names)]) for i, name in enumerate(names)
    }
    rules = {
        "shift_lengths_h": [6, 8.5],
        "starts": _starts(14, every_min=60),
        "breaks": [{"min": 30, "window_h": [2, 4]}],
    }
    return _center("chain-day", types, groups, rules)


CENTERS: dict[str, Callable[[], Scenario]] = {
    "N: a front line, technicians who help": n_design,
    "M: two languages, and people of both": m_design,
    "W: a type that two groups share": w_design,
    "X: two groups that know both": x_design,
    "Chain: four groups of two skills, breaks": chain,
}


def _center(name: str, types: dict[str, Any], groups: dict[str, Any], rules: dict[str, Any]) -> Scenario:
    return from_data(
        {
            "name": name,
            "calendar": {"days": 1, "interval_min": 30, "hours": {"mon-sun": "08:00-20:00"}},
            "contact_type": types,
            "agent_group": groups,
            "plan": {"kind": "shifts", **rules},
            "money": {"currency": "EUR"},
        }
    )


def _call(
    per_day: float,
    talk_s: float,
    shape: tuple[int, ...],
    routed_to: list[dict[str, Any]],
    target: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "channel": "voice",
        "arrivals": {"per_day": per_day, "shape": list(shape)},
        "talk_s": talk_s,
        "patience_s": 180,
        "service_target": target or {"share": 0.8, "awt_s": 20, "over": "day"},
        "routed_to": routed_to,
    }


def _group(cost_per_h: float, *skills: str, slower: dict[str, float] | None = None) -> dict[str, Any]:
    factors = slower or {}
    known = [
        {"contact_type": name, "talk_factor": factors[name]} if name in factors else name for name in skills
    ]
    return {"skills": known, "agents": "plan", "cost_per_h": cost_per_h}


def _first(*groups: str) -> list[dict[str, Any]]:
    """One group after the other."""
    return [{"group": group, "rank": rank + 1} for rank, group in enumerate(groups)]


def _alike(*groups: str) -> list[dict[str, Any]]:
    return [{"group": group, "rank": 1} for group in groups]


def _starts(last_h: int, every_min: int) -> dict[str, Any]:
    return {"from": "08:00", "to": f"{last_h:02d}:00", "every_min": every_min}


def _shift(first_h: int, last_h: int) -> dict[str, str]:
    return {"from": f"{first_h:02d}:00", "to": f"{last_h:02d}:00"}
