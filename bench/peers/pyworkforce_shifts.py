"""pyworkforce's shift scheduling, as its documentation has it: every shift with every placing of its breaks is a row.

`python -m bench.peers.pyworkforce_shifts`, a question on standard input. Ways: "cost" is MinRequiredResources at the
price of paid hours (whole numbers, so in intervals), "difference" is MinAbsDifference, which knows no price.
"""

from __future__ import annotations

from importlib.metadata import version

from pyworkforce.scheduling import MinAbsDifference, MinRequiredResources

from bench.days import day_named
from bench.peers.covered import TIME_LIMIT_S, Question, answer

_NO_LIMIT = 10_000


def solve(question: Question) -> tuple[list[int], float, str]:
    """People at work by interval, paid hours, status."""
    day = day_named(question.day)
    coverage = day.coverage()
    length = {name: int(name.split("-")[1]) for name in coverage}
    asked = {
        "num_days": 1,
        "periods": day.n,
        "shifts_coverage": coverage,
        "required_resources": [list(question.needed)],
        "max_period_concurrency": _NO_LIMIT,
        "max_shift_concurrency": _NO_LIMIT,
        "max_search_time": TIME_LIMIT_S,
    }
    by_cost = question.way == "cost"
    scheduler = MinRequiredResources(**asked, cost_dict=length) if by_cost else MinAbsDifference(**asked)
    found = scheduler.solve()
    people = {row["shift"]: row["resources"] for row in found["resources_shifts"] if row["resources"] > 0}
    staffed = [sum(n * coverage[name][i] for name, n in people.items()) for i in range(day.n)]
    paid_h = sum(n * length[name] for name, n in people.items()) / day.per_h
    return staffed, paid_h, found["status"].lower()


if __name__ == "__main__":
    answer(solve, f"pyworkforce {version('pyworkforce')}, ortools {version('ortools')}")
