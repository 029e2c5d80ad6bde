"""What a shift planner says of a day, and how it is asked: a question in, an answer out, each a line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

# No more than this for a solve; where it is used up, the best plan so far counts.
TIME_LIMIT_S = 120.0


@dataclass(frozen=True)
class Question:
    """Cover `needed` people by interval of a day in `bench.days`; of several ways that a planner knows, this `way`."""

    day: str
    needed: tuple[int, ...]
    way: str = "cost"


@dataclass(frozen=True)
class Plan:
    """People at work by interval, and the paid hours; the solver's word on them, and the versions of what solved it."""

    staffed: tuple[int, ...]
    paid_h: float
    status: str
    seconds: float
    versions: str

    def missing(self, needed: tuple[int, ...]) -> int:
        """People missing, summed over the intervals."""
        return sum(max(0, n - there) for n, there in zip(needed, self.staffed, strict=True))


def answer(solve: Callable[[Question], tuple[list[int], float, str]], versions: str) -> None:
    """Answer the question on standard input; building the model is part of the time, importing libraries is not."""
    told = json.loads(sys.stdin.readline())
    question = Question(told["day"], tuple(told["needed"]), told["way"])
    began_s = time.perf_counter()
    staffed, paid_h, status = solve(question)
    seconds = time.perf_counter() - began_s
    print(json.dumps(asdict(Plan(tuple(staffed), paid_h, status, seconds, versions))))
