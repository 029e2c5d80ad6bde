"""The model against what happened at the bank, January to May 1999: python -m calibration.bank_history [DATA_DIR].

Each month is put through the model with its own arrivals and people, and counted as the bank's record is.
Writes results/published/bank-1999-history.md.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from calibration.bank_1999 import DATA, ROOT
from calibration.bank_calls import read_calls
from calibration.bank_presence import people_by_calls, read_present
from calibration.bank_variants import CAUSES, SHIPPED, Past, calm
from calibration.days import counts
from calibration.history import (
    Simulated,
    months,
    observed,
    observed_by_type,
    simulated,
    simulated_by_type,
)
from calibration.history_page import History, page
from scenarios import Scenario, load
from sim.replicate import Asked, run
from sim.workers import default_workers, in_order, worker_pool

PAGE = ROOT / "results" / "published" / "bank-1999-history.md"
SEED = 1
REPLICATIONS = 10
REPLICATIONS_OF_CAUSES = 4


class Task(NamedTuple):
    """One month in one variant."""

    scenario: Scenario
    replications: int


def main(folder: Path, file: Path) -> None:
    """Runs both sides and writes the page."""
    file.write_text(page(tell(read_past(folder), default_workers())), encoding="utf-8")
    print(f"{file} written")


def read_past(folder: Path) -> Past:
    """The record in the folder, beside the shipped scenario."""
    calls = read_calls(folder)
    people = people_by_calls(calls)
    return Past(
        center=load("bank-1999"),
        calls=calls,
        offered=counts(calls, calls.offered),
        present=read_present(folder),
        away=people.away,
        by_calls=people.by_calls,
    )


def tell(past: Past, n_workers: int) -> History:
    """Both sides of all months; the model's months are spread over workers."""
    all_months = months(past.calls)
    tasks = [Task(SHIPPED.scenario_of(past, month), REPLICATIONS) for month in all_months]
    for cause in CAUSES:
        tasks += [Task(cause.scenario_of(past, month), REPLICATIONS_OF_CAUSES) for month in all_months]
    with worker_pool(n_workers) as executor:
        done = [found for _, found in in_order(executor, simulate, tasks)]
    n = len(all_months)
    return History(
        months=all_months,
        observed=[observed(past.calls, month) for month in all_months],
        observed_by_type=[observed_by_type(past.calls, month) for month in all_months],
        observed_calm=[observed(past.calls, calm(past.calls, month)) for month in all_months],
        shipped=done[:n],
        causes={cause.name: done[n * (i + 1) : n * (i + 2)] for i, cause in enumerate(CAUSES)},
    )


def simulate(task: Task) -> Simulated:
    """One month in one variant, all its replications."""
    result = run(task.scenario, Asked(seed=SEED, replications=task.replications, by_interval=True))
    return Simulated(simulated(result), simulated_by_type(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA, PAGE)
