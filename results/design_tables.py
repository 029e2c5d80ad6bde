"""The decision for a terminal: what was chosen and why, every combination, the frontier, the break-even."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from optimizer.design.answer import Answer
from optimizer.design.choice import Choice, Verdict
from optimizer.design.frontier import FrontierPoint
from optimizer.design.guardrails import Limit
from optimizer.design.weighed import cost_difference
from results.design_words import (
    break_even_text,
    chosen_text,
    stops_lines,
    verdict_text,
    wanted_text,
    why_not_lines,
)
from results.formats import MISSING, MONEY, PEOPLE, figure_text, value_text
from results.tables import WIDTH
from results.tabling import Grid, row, text_of
from results.texts.measures import words_of
from results.texts.waterfall import FULL_TIME_H
from scenarios import Scenario
from sim.measures.costs.time import DAYS_PER_WEEK, months_of
from sim.measures.estimates import Estimate

_NOTE = (
    "± is 95 %, from the simulations; differences are those on the same customers. People cost what their plans cost, "
    "with at least their lower bounds."
)
_LEFT_ASIDE = "{n} more, dearer by their bounds or not planned: see decision.json."
_ROWS = 24


def decision_table(answer: Answer) -> str:
    """Everything that is said of a decision."""
    parts = [
        answer.study.label,
        _wrapped(chosen_text(answer)),
        _legend(answer),
        _combinations(answer),
        _wrapped(_NOTE),
    ]
    parts += [_wrapped(line) for line in stops_lines(answer.choice)]
    parts += ["\n".join(map(_wrapped, why_not_lines(answer)))] if answer.why_not else []
    parts += [_frontier(answer), _wrapped(break_even_text(answer))]
    return "\n\n".join(part for part in parts if part)


def numbered(choice: Choice) -> dict[str, int]:
    """A number for each candidate by its key: nothing is 1, then as they were combined."""
    return {verdict.candidate.key: n for n, verdict in enumerate(choice.verdicts, start=1)}


def _legend(answer: Answer) -> str:
    """What each number takes."""
    numbers = numbered(answer.choice)
    lines = [
        textwrap.fill(
            f"{numbers[verdict.candidate.key]:>3}  {verdict.candidate.label}",
            WIDTH,
            subsequent_indent="     ",
        )
        for verdict in _shown(answer.choice)
    ]
    return "\n".join(["Designs", *lines])


def _shown(choice: Choice) -> list[Verdict]:
    """Nothing first, then those planned by cost, then the others by their bounds; not all of very many."""

    def place(verdict: Verdict) -> tuple[bool, bool, float]:
        found = verdict.weighed
        cost = verdict.bound if found is None or found.cost.value is None else found.cost.value
        return verdict is not choice.baseline, found is None, cost

    return sorted(choice.verdicts, key=place)[:_ROWS]


def _combinations(answer: Answer) -> str:
    choice, numbers = answer.choice, numbered(answer.choice)
    currency, scenario = answer.study.baseline.money.currency, answer.study.baseline
    columns = (
        f"cost,\n{currency} a month",
        "− nothing's",
        f"people,\n{currency} a month",
        "full-time\npeople",
        *(wanted_text(limit) for limit in choice.limits),
        "",
    )
    rows = [
        row(str(numbers[verdict.candidate.key]), *_cells(answer, verdict, scenario))
        for verdict in _shown(choice)
    ]
    table = text_of(Grid(columns, tuple(rows), corner="Design", left=(len(columns) - 1,)))
    more = len(choice.verdicts) - len(rows)
    return table + (f"\n{_LEFT_ASIDE.format(n=more)}" if more > 0 else "")


def _cells(answer: Answer, verdict: Verdict, scenario: Scenario) -> Iterator[str]:
    """Cost, difference, people, and every guardrail; of what was not planned the bound."""
    a_month, found = 1.0 / months_of(scenario), verdict.weighed
    if found is None:
        yield f"≥ {value_text(verdict.bound, MONEY, scale=a_month)}"
        yield from (MISSING,) * 3
        at_best = {str(one.limit): one for one in verdict.ruled_out}
        for limit in answer.choice.limits:
            yield _found(limit, at_best[str(limit)].found) if str(limit) in at_best else MISSING
    else:
        yield figure_text(found.cost, MONEY, scale=a_month)
        yield _difference(answer, verdict, a_month)
        yield value_text(found.plan.cost, MONEY, scale=a_month)
        weeks = scenario.calendar.days / DAYS_PER_WEEK
        yield value_text(found.plan.paid_h / FULL_TIME_H / weeks, PEOPLE)
        yield from (_found(one.limit, one.found) for one in found.guarded)
    yield verdict_text(answer.choice, verdict)


def _difference(answer: Answer, verdict: Verdict, a_month: float) -> str:
    before, found = answer.choice.baseline.weighed, verdict.weighed
    if before is None or found is None or found is before:
        return MISSING
    change = cost_difference(found.candidate, found.result, before.candidate, before.result)
    return figure_text(change, MONEY, scale=a_month, signed=True)


def _found(limit: Limit, found: Estimate) -> str:
    return figure_text(found, words_of(limit.measure).unit)


def _frontier(answer: Answer) -> str:
    """Designs than which none that was planned is both cheaper and better; each against the next cheaper one."""
    words, numbers = words_of(answer.measure), numbered(answer.choice)
    currency, a_month = answer.study.baseline.money.currency, 1.0 / months_of(answer.study.baseline)
    on_it = [point for point in answer.frontier if point.on_frontier]
    if not on_it:
        return ""

    def cells(point: FrontierPoint) -> Iterator[str]:
        yield figure_text(point.cost, MONEY, scale=a_month)
        yield figure_text(point.found, words.unit)
        yield figure_text(point.more_cost, MONEY, scale=a_month, signed=True)
        yield figure_text(point.change, words.unit, signed=True)

    label = words.label.lower() + (f", {words.unit.sign}" if words.unit.sign else "")
    columns = (f"cost, {currency} a month", label, "more cost", "for a change of")
    rows = tuple(row(str(numbers[point.weighed.candidate.key]), *cells(point)) for point in on_it)
    title = f"Frontier of cost and {words.label.lower()}: designs planned that hold their service targets"
    return f"{title}\n\n{text_of(Grid(columns, rows, corner='Design'))}"


def _wrapped(text: str) -> str:
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.fill(text, WIDTH, subsequent_indent=indent)
