"""The answer to `ccplan agents`: the third side of the triangle, and the rows around it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ccplan.agents_options import Question
from ccplan.exits import TargetUnreachable
from sim.theory import (
    Target,
    UnreachableTarget,
    fitting_arrival_rate_per_s,
    queue_of,
    required_agents,
    slack,
    square_root_staffing,
)

N_AROUND = 3


@dataclass(frozen=True)
class Row:
    """One number of people and what it means; names as in the measures of a simulation."""

    agents: int
    service_level: float
    abandonment_rate: float
    mean_wait_s: float
    mean_answer_s: float
    delay_rate: float
    occupancy: float
    mean_queue_length: float
    cost_per_h: float | None
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """All three sides of the triangle, the table, and how the people compare with the square root of the load.

    slack: (people − load) ÷ √load; square_root_people: staffing by the square-root rule at the same delay rate
    (None where everyone or no one waits)
    """

    question: Question
    calls: float
    agents: int
    offered_load_erl: float
    rows: tuple[Row, ...]
    slack: float
    square_root_people: float | None
    people_for_target: int | None

    @property
    def row(self) -> Row:
        """The row of the answer itself."""
        return next(row for row in self.rows if row.agents == self.agents)


def answer_of(question: Question) -> Answer:
    """Find the third side; raise `TargetUnreachable` where no number of people or no load can be named."""
    target = Target(**question.limits) if question.limits else None
    try:
        calls = question.calls if question.calls is not None else _fitting_calls(question, target)
        needed = _required(question, calls, target) if question.sought != "load" else question.n_agents
    except UnreachableTarget as unreachable:
        raise TargetUnreachable(_in_planners_words(question, unreachable)) from None
    agents = question.n_agents if question.n_agents is not None else needed
    if agents is None:
        raise AssertionError("the options leave no side of the triangle open but one")
    rows = tuple(
        _row(question, calls, n, target) for n in range(max(1, agents - N_AROUND), agents + N_AROUND + 1)
    )
    load = calls / question.per_s * question.mean_handle_s
    delay_rate = next(row.delay_rate for row in rows if row.agents == agents)
    return Answer(
        question=question,
        calls=calls,
        agents=agents,
        offered_load_erl=load,
        rows=rows,
        slack=slack(agents, load),
        square_root_people=_square_root_people(question, load, delay_rate),
        people_for_target=needed,
    )


def as_json(answer: Answer) -> Mapping[str, object]:
    """One object; null where a figure does not exist or has no end."""
    question = answer.question
    return {
        "command": "agents",
        "model": "erlang_c" if question.mean_patience_s is None else "erlang_a",
        "sought": question.sought,
        "calls": answer.calls,
        "per_s": question.per_s,
        "mean_handle_s": question.mean_handle_s,
        "mean_patience_s": question.mean_patience_s,
        "offered_load_erl": answer.offered_load_erl,
        "agents": answer.agents,
        "awt_s": question.awt_s,
        "target": dict(question.limits) or None,
        "agents_for_target": answer.people_for_target,
        "slack": answer.slack,
        "square_root_staffing": answer.square_root_people,
        "rows": [_plain(row) for row in answer.rows],
    }


def _plain(row: Row) -> dict[str, object]:
    values = asdict(row) | {"missed": list(row.missed)}
    return {
        name: None if isinstance(value, float) and math.isinf(value) else value
        for name, value in values.items()
    }


def _row(question: Question, calls: float, agents: int, target: Target | None) -> Row:
    queue = queue_of(agents, calls / question.per_s, question.mean_handle_s, question.mean_patience_s)
    return Row(
        agents=agents,
        service_level=queue.service_level(question.awt_s),
        abandonment_rate=queue.abandonment_rate,
        mean_wait_s=queue.mean_wait_s,
        mean_answer_s=queue.mean_answer_s,
        delay_rate=queue.delay_rate,
        occupancy=queue.occupancy,
        mean_queue_length=queue.mean_queue_length,
        cost_per_h=None if question.cost_per_h is None else agents * question.cost_per_h,
        missed=() if target is None else target.missed(queue),
    )


def _required(question: Question, calls: float, target: Target | None) -> int | None:
    if target is None:
        return None
    return required_agents(calls / question.per_s, question.mean_handle_s, question.mean_patience_s, target)


def _fitting_calls(question: Question, target: Target | None) -> float:
    """The calls that fit, rounded down to four digits, so that the table's own row meets the target."""
    if target is None or question.n_agents is None:
        raise AssertionError("the options ask for a load without people or target")
    rate = fitting_arrival_rate_per_s(
        question.n_agents, question.mean_handle_s, question.mean_patience_s, target
    )
    if math.isinf(rate):
        raise TargetUnreachable("there is no largest load: this target holds however many call")
    calls = rate * question.per_s
    digits = 3 - math.floor(math.log10(calls))
    rounded = math.floor(calls * 10.0**digits) / 10.0**digits
    return rounded if digits > 0 else float(int(rounded))


def _square_root_people(question: Question, load_erl: float, delay_rate: float) -> float | None:
    if not 1e-12 < delay_rate < 1.0 - 1e-12:
        return None
    return square_root_staffing(load_erl, delay_rate, question.mean_handle_s, question.mean_patience_s)


def _in_planners_words(question: Question, unreachable: UnreachableTarget) -> str:
    if unreachable.limit is None:
        return str(unreachable)
    wishes = {
        "share": f"every call answered within {question.awt_s:g} s (100 %)",
        "min_answer_rate": "every call answered (100 %)",
        "max_abandonment_rate": "no abandoned call at all",
        "max_mean_wait_s": "no wait at all",
        "max_delay_rate": "no call that has to wait",
        "max_occupancy": "no work for anyone present (occupancy 0)",
    }
    wish = wishes[unreachable.limit]
    return f"{wish} is approached with more people, but never reached by any number of them; ask for less"
