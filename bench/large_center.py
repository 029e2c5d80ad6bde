"""A center of any size for the joint plan: contact types, groups of mixed skills, quarter hours, and shifts.

The day is open for 13 hours, in 52 intervals of 15 minutes, with two peaks. A type has some 600 calls a day, of
200 to 500 s; a group knows two to five of the types, every type is known by three groups at least where there are as
many, and an hour costs 5 % more for each further skill. 120 shifts of 5 to 9 hours start every quarter of an hour.
Per type 80 % are to be answered within 20 s over the day. All of it follows from the size and a seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios import Scenario, from_data

OPENS_H, CLOSES_H = 8.0, 21.0
GROUPS_PER_TYPE = 1.75
_SHAPE = (2, 4, 6, 8, 9, 8, 7, 7, 8, 8, 6, 4, 2)  # calls by hour of the day
_LENGTHS_H = (5, 6, 7, 8, 9)
_LAST_START_OF_SHORTEST_H = 14.75  # so that there are 120 shifts
_LEAST_KNOWN = 3


def large_center(n_types: int, seed: int = 1) -> Scenario:
    """A center with so many types, and 1.75 times as many groups."""
    random = np.random.default_rng(seed)
    names = [f"type_{i + 1:02d}" for i in range(n_types)]
    n_groups = round(GROUPS_PER_TYPE * n_types)
    return from_data(
        {
            "name": f"large-{n_types}-{n_groups}",
            "calendar": {"days": 1, "interval_min": 15, "hours": {"mon-sun": "08:00-21:00"}},
            "contact_type": {name: _type(random) for name in names},
            "agent_group": {
                f"group_{g + 1:02d}": _group(known)
                for g, known in enumerate(_skills(random, names, n_groups))
            },
            "plan": {"kind": "shifts", "shift": shifts()},
        }
    )


def shifts() -> list[dict[str, Any]]:
    """The 120 shifts, earliest start first."""
    found = []
    for start_h in np.arange(OPENS_H, CLOSES_H, 0.25).tolist():
        for length_h in _LENGTHS_H:
            is_early = length_h > min(_LENGTHS_H) or start_h <= _LAST_START_OF_SHORTEST_H
            if start_h + length_h <= CLOSES_H and is_early:
                found.append({"from": _clock(start_h), "to": _clock(start_h + length_h)})
    return found


def _type(random: np.random.Generator) -> dict[str, Any]:
    return {
        "channel": "voice",
        "arrivals": {"per_day": float(round(600 * random.lognormal(0.0, 0.4))), "shape": list(_SHAPE)},
        "talk_s": float(round(random.uniform(200.0, 500.0))),
        "patience_s": float(round(random.uniform(120.0, 400.0))),
        "service_target": {"share": 0.8, "awt_s": 20, "over": "day"},
    }


def _skills(random: np.random.Generator, names: list[str], n_groups: int) -> list[list[str]]:
    """Two to five types a group; then types that too few groups know are added to groups with the fewest skills."""
    most = min(5, len(names))
    groups = [
        sorted(
            random.choice(names, size=int(random.integers(min(2, most), most + 1)), replace=False).tolist()
        )
        for _ in range(n_groups)
    ]
    for name in names:
        while sum(name in known for known in groups) < min(_LEAST_KNOWN, n_groups):
            least = min((known for known in groups if name not in known), key=len)
            least.append(name)
    return groups


def _group(known: list[str]) -> dict[str, Any]:
    return {"skills": known, "agents": "plan", "cost_per_h": 20.0 * (1.0 + 0.05 * (len(known) - 1))}


def _clock(hours: float) -> str:
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}"
