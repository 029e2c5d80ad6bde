"""The calls that `replay-day` replays: the orders of one simulated Tuesday of `event-day`, by the minute.

`python -m tests.scenarios.snapshots.test_recorded_calls` writes them again.
"""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from scenarios import load
from scenarios.reading import catalog
from sim.chance.sample import Sample
from sim.world.first_contacts import needs_that_come
from sim.world.rates import daily_steps
from sim.world.world import world_of

FILE = catalog() / "replay-day.csv"
TUESDAY = 1


def calls() -> str:
    """Seed 1, first replication; telephone systems often write down whole minutes, so many come at one moment."""
    scenario = load("event-day")
    orders = world_of(scenario).types[0]
    needs = needs_that_come(orders, daily_steps(scenario, orders.name, TUESDAY), Sample(1, 0), TUESDAY)
    midnight = datetime(2026, 11, 10)
    moments = [midnight + timedelta(minutes=int(at_s // 60)) for at_s in np.sort(needs.arrived_s)]
    return "\n".join(["arrived_at", *(moment.isoformat(timespec="minutes") for moment in moments)]) + "\n"


def test_recorded_calls_are_those_of_a_simulated_day() -> None:
    assert FILE.read_text("utf-8") == calls()


if __name__ == "__main__":
    Path(FILE).write_text(calls(), encoding="utf-8", newline="\n")
