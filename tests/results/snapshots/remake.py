"""The stored terminal tables, made again: `python -m tests.results.snapshots.remake`."""

from __future__ import annotations

from pathlib import Path

from results.tables import comparison_table, plan_table, simulation_table
from sim.replicate import Asked, run
from tests.results.small_study import gathered, plan_of, study, two_types

FOLDER = Path(__file__).parent


def tables() -> dict[str, str]:
    """Each table by its file's name."""
    return {
        "simulation.txt": simulation_table(run(two_types(), Asked(1, 3))),
        "comparison.txt": comparison_table(gathered()),
        "plan.txt": plan_table(plan_of(study().baseline, 9, ("mon 08:00: 70 % within 20 s, promised 80 %",))),
    }


if __name__ == "__main__":
    for name, text in tables().items():
        (FOLDER / name).write_text(text + "\n", encoding="utf-8")
