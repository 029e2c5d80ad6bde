"""A small center with people whose presence we know: who was there, what they did, what the record shows of it."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from calibration.records.contacts import DAY_S, Contacts, Outcome
from tests.calibration.made import contacts_of


@dataclass(frozen=True)
class World:
    """The center: contacts a second by hour, people on one shift after the other, laws as means (exponential)."""

    per_h: float
    people: int
    n_days: int = 10
    opens_h: float = 8.0
    closes_h: float = 20.0
    talk_s: float = 240.0
    wrap_up_s: float = 12.0
    patience_s: float = 300.0
    away_share: float = 0.0
    """Of the services, after how many the person is away for ten minutes, customers or not."""


def record(world: World, seed: int) -> Contacts:
    """First come, first served by whoever has been free longest; two shifts a day of as many people."""
    rng = np.random.default_rng(seed)
    rows = [row for day in range(world.n_days) for row in _day(world, day * DAY_S, rng)]
    table = np.array(rows)
    return contacts_of(
        table[:, 0],
        waited_s=table[:, 1],
        talk_s=table[:, 2],
        outcome=np.where(table[:, 3] < 0, Outcome.ABANDONED, Outcome.ANSWERED),
        agent=table[:, 3].astype(np.int64),
        agents=[f"a{i}" for i in range(2 * world.people)],
    )


def _day(world: World, midnight_s: float, rng: np.random.Generator) -> list[tuple[float, float, float, int]]:
    opens, closes = midnight_s + 3600.0 * world.opens_h, midnight_s + 3600.0 * world.closes_h
    middle = (opens + closes) / 2.0
    free = [(opens, i, middle) for i in range(world.people)]
    free += [(middle, world.people + i, closes) for i in range(world.people)]
    heapq.heapify(free)
    rows = []
    n = rng.poisson(world.per_h * (closes - opens) / 3600.0)
    for joined in np.sort(rng.uniform(opens, closes, n)).tolist():
        patience = float(rng.exponential(world.patience_s))
        while free and max(free[0][0], joined) >= free[0][2]:
            heapq.heappop(free)  # the shift is over
        if not free or free[0][0] > joined + patience:
            rows.append((joined, patience, np.nan, -1))
            continue
        ready, person, leaves = heapq.heappop(free)
        starts = max(ready, joined)
        talk = float(rng.exponential(world.talk_s))
        after = float(rng.exponential(world.wrap_up_s)) + 600.0 * float(rng.random() < world.away_share)
        heapq.heappush(free, (starts + talk + after, person, leaves))
        rows.append((joined, starts - joined, talk, person))
    return rows
