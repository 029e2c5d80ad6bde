"""What each choice of when targets hold costs, and what customers get from it, as data and as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from optimizer.kept import kept
from optimizer.targets import DAYS_PER_WEEK, promises_of, targets_of
from results.formats import HOURS, MISSING, PERCENT, SECONDS, Unit, figure_text, money_of, value_text
from results.plan_tables import status_text
from results.planned import bound_of, gap_of
from results.tabling import Grid, Row, row, text_of
from scenarios import Scenario

if TYPE_CHECKING:
    from optimizer.choices import Choice, Weighed
    from optimizer.plan import Plan

_BOUNDS = {
    "together": "Lower bound: no people who keep the choice cost less, by simulation.",
    "in_turn": "Lower bound: no shifts for the requirement that was settled on cost less.",
}
_NOTE = "The worst interval is picked by chance as well: on endlessly many days none would look as bad."


def choices_json(
    scenario: Scenario, weighed: Sequence[Weighed], seed: int, replications: int
) -> dict[str, Any]:
    """Each choice with its plan: cost over the horizon, bound, gap, paid hours, and service as confirmed."""
    own = _own_cost(weighed)
    return {
        "scenario": scenario.name,
        "seed": seed,
        "replications": replications,
        "days": scenario.calendar.days,
        "choices": [{**_choice_json(one), **_plan_json(scenario, one.plan, own)} for one in weighed],
    }


def _choice_json(one: Weighed) -> dict[str, Any]:
    choice = one.choice
    return {
        "choice": choice.name,
        "over": choice.over,
        "floors": dict(choice.floors),
        "same_as": list(choice.same_as),
        "own": choice.is_own,
        "planned_for": one.planned_for,
        "why_not": one.why_not or None,
    }


def _plan_json(scenario: Scenario, plan: Plan | None, own: float | None) -> dict[str, Any]:
    if plan is None:
        return {"plan": None}
    figures = {
        "method": plan.method,
        "status": plan.status,
        "cut_short": plan.is_cut_short,
        "cost": plan.cost,
        "more_than_own": None if own is None else plan.cost - own,
        "lower_bound": bound_of(plan),
        "gap": gap_of(plan),
        "paid_h": plan.paid_h,
        "holds": plan.holds,
        "misses": list(plan.misses),
        "service": [asdict(one) for one in kept(scenario, plan.confirmed)],
    }
    return {"plan": figures}


def choices_table(scenario: Scenario, weighed: Sequence[Weighed]) -> str:
    """A line for each choice, money and hours a week, or a day where the horizon is one."""
    days = scenario.calendar.days
    per, scale = ("day", 1.0) if days == 1 else ("week", DAYS_PER_WEEK / days)
    columns = (
        f"cost,\n{scenario.money.currency}\na {per}",
        "more\nthan\nas it is",
        "lower\nbound",
        "gap, %",
        f"paid\nhours\na {per}",
        _measure(scenario),
        "in the\nworst\ninterval",
        "which is",
        "status",
        "target",
    )
    own = _own_cost(weighed)
    rows = tuple(_row(scenario, one, own, scale) for one in weighed)
    table = text_of(Grid(columns, rows, corner="Targets\nhold over", left=(7, 8, 9)))
    title = f"What it costs when targets hold: {scenario.label}"
    return "\n\n".join([title, table, "\n".join(_notes(weighed)), *_missed(weighed)])


def _row(scenario: Scenario, one: Weighed, own: float | None, scale: float) -> Row:
    plan = one.plan
    if plan is None:
        return row(_label(one.choice), *[MISSING] * 9, "no plan")
    more = None if own is None else plan.cost - own
    money, gap = money_of(plan.cost * scale), gap_of(plan)
    return row(
        _label(one.choice),
        value_text(plan.cost, money, scale=scale),
        "as it is" if one.choice.is_own else value_text(more, money, scale=scale, signed=True),
        value_text(bound_of(plan), money, scale=scale),
        MISSING if gap is None else f"{100 * gap:.1f}",
        value_text(plan.paid_h, HOURS, scale=scale),
        *_service(scenario, plan),
        status_text(plan),
        "holds" if plan.holds else "missed",
    )


def _label(choice: Choice) -> str:
    """As in "day, floor 60 %"; floors that differ are named below the table."""
    over = "as in the file" if choice.over is None else choice.over
    floors = set(choice.floors.values())
    return over + (
        "" if not floors else f", floor {100 * floors.pop():g} %" if len(floors) == 1 else ", floors"
    )


def _service(scenario: Scenario, plan: Plan) -> tuple[str, str, str]:
    """The first measure promised: of the type with least (or most) over the horizon, and in its worst interval."""
    found = kept(scenario, plan.confirmed)
    told = [one for one in found if one.measure == found[0].measure]
    pick = min if told[0].sense == "at least" else max
    whole = pick(told, key=lambda one: one.over_horizon.value or 0.0)
    worst = pick(told, key=lambda one: one.worst_interval.value or 0.0)
    where = f"{scenario.label_of('contact_type', worst.contact_type)}, " if len(told) > 1 else ""
    unit = _unit(whole.measure)
    at = _when(scenario, worst.worst_at)
    return (
        figure_text(whole.over_horizon, unit),
        figure_text(worst.worst_interval, unit),
        where + at,
    )


def _when(scenario: Scenario, label: str) -> str:
    """The interval without the number of its day, where no weekday comes twice."""
    return label if scenario.calendar.days > DAYS_PER_WEEK else re.sub(r" \(day \d+\)", "", label)


def _measure(scenario: Scenario) -> str:
    """The head of the measure that the table tells, with its unit."""
    first = next(
        promise for name, target in targets_of(scenario).items() for promise in promises_of(name, target)
    )
    words = first.measure.removesuffix("_s").replace("_", " ")
    return f"{words},\n{_unit(first.measure).sign} over the\nhorizon"


def _unit(measure: str) -> Unit:
    return SECONDS if measure.endswith("_s") else PERCENT


def _own_cost(weighed: Sequence[Weighed]) -> float | None:
    own = (one.plan for one in weighed if one.choice.is_own)
    return next((plan.cost for plan in own if plan is not None), None)


def _notes(weighed: Sequence[Weighed]) -> Iterator[str]:
    for one in weighed:
        choice = one.choice
        if choice.same_as and not choice.floors:
            yield f"Over {' or '.join(choice.same_as)} is the same here as over {choice.over}."
    floors = next((one.choice.floors for one in weighed if one.choice.floors), {})
    if floors:
        told = ", ".join(f"{name} {100 * floor:g} %" for name, floor in floors.items())
        yield f"Floor, never below in any interval: {told}. Where the file has no floor: three quarters of the share."
    yield from (_taken_over(one) for one in weighed if one.planned_for != one.choice.name)
    yield from (
        _BOUNDS[method] for method in sorted({one.plan.method for one in weighed if one.plan is not None})
    )
    yield _NOTE


def _taken_over(one: Weighed) -> str:
    """Which harder choice's plan stands for this one, and why."""
    stands = f"{_label(one.choice)}: the plan for {one.planned_for} stands, which holds this too"
    searched = one.searched
    if searched is None:
        return f"{stands}; none was found for it alone."
    if searched.holds:
        return f"{stands} and costs less than the one found for it alone."
    return f"{stands}; the one found for it alone missed ({'; '.join(searched.misses)})."


def _missed(weighed: Sequence[Weighed]) -> Iterator[str]:
    """Why there is no plan, and where one misses."""
    for one in weighed:
        if one.plan is None:
            yield f"{_label(one.choice)}: no plan: {one.why_not}"
        elif not one.holds:
            yield f"{_label(one.choice)}, missed: {'; '.join(one.plan.misses)}"
