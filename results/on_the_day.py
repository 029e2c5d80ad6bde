"""What is done on the day, as data and as a table: people called in, sent home and outsourced, by class of day."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from results.formats import HOURS, MONEY, PERCENT, RATIO, figure_text, value_text
from results.planned import bound_of
from results.tabling import Grid, Row, row, text_of

if TYPE_CHECKING:
    from optimizer.uncertain.on_the_day import DayPlan
    from optimizer.uncertain.people import DayActions

SHIFTS_ALONE = "In the tables below, paid hours and money of the simulation are those of the shifts alone."


def on_the_day_json(found: DayPlan) -> dict[str, Any]:
    """Classes of days, people by class, day and interval, and cost and share of days, promised and on fresh days.

    people_h: hours over the horizon, on days of each class; cost: expected, without and with what is done
    """
    classes = found.classes
    return {
        "promised": found.promised,
        "on_fresh_days": asdict(found.on_fresh_days),
        "replications": found.plan.confirmed.replications,
        "cost": found.plan.cost,
        "cost_on_fresh_days": asdict(found.fresh_cost),
        "without": {
            "cost": found.without.cost,
            "lower_bound": bound_of(found.without),
            "on_fresh_days": asdict(found.without_on_fresh_days),
            "holds": found.without.holds,
        },
        "classes": {
            "up_to": [*(float(edge) for edge in classes.edges), None],
            "staffed_for": [float(level) for level in classes.levels],
            "held_on_fresh_days": [None if np.isnan(x) else float(x) for x in found.held_by_class],
        },
        "people": {group: _people(actions) for group, actions in found.actions.items()},
    }


def _people(actions: DayActions) -> dict[str, Any]:
    return {
        "called_in": actions.called_in.tolist(),
        "sent_home": actions.sent_home.tolist(),
        "outsourced": actions.outsourced.tolist(),
        "present": actions.present.tolist(),
        "cost": actions.cost.sum(axis=1).tolist(),
    }


def on_the_day_table(found: DayPlan) -> str:
    """The classes side by side, then promise and cost against those of shifts that stay as they are."""
    return "\n\n".join([text_of(classes_grid(found)), *promise_lines(found)])


def classes_grid(found: DayPlan) -> Grid:
    """A column for each class of days, from quiet to busy; hours and money over the horizon."""
    classes = found.classes
    ends = [value_text(float(edge), RATIO) for edge in classes.edges] + ["any"]
    rows = [
        row("Busy up to, × expected", *ends),
        row("People suffice up to, × expected", *(value_text(float(x), RATIO) for x in classes.levels)),
        row("On target, % of fresh days", *(value_text(float(x), PERCENT) for x in found.held_by_class)),
    ]
    hours = found.plan.scenario.calendar.interval_min / 60.0
    for group, actions in found.actions.items():
        if len(found.actions) > 1:
            rows.append(Row(found.plan.scenario.label_of("agent_group", group), heading=True))
        done = (actions.called_in, actions.sent_home, actions.outsourced)
        for label, people in zip(("called in", "sent home", "outsourced"), done, strict=True):
            if people.any():
                by_class = people.sum(axis=(1, 2)) * hours
                rows.append(row(f"Hours {label}", *(value_text(float(h), HOURS) for h in by_class)))
    cost = found.shifts_cost + sum(actions.cost.sum(axis=1) for actions in found.actions.values())
    currency = found.plan.scenario.money.currency
    rows.append(row(f"Cost of people, {currency}", *(value_text(float(c), MONEY) for c in cost), strong=True))
    columns = tuple(str(k + 1) for k in range(classes.n))
    return Grid(columns=columns, rows=tuple(rows), corner="Days, quiet to busy: class")


def promise_lines(found: DayPlan) -> list[str]:
    """Share of days promised and on fresh days; expected cost and that of shifts that stay as they are."""
    currency = found.plan.scenario.money.currency
    fresh = figure_text(found.on_fresh_days, PERCENT)
    before = figure_text(found.without_on_fresh_days, PERCENT)
    cost, on_fresh = value_text(found.plan.cost, MONEY), figure_text(found.fresh_cost, MONEY)
    alone = value_text(found.without.cost, MONEY)
    return [
        f"On target: promised on {100 * found.promised:g} % of days; on fresh days {fresh} %.",
        f"Cost of people: {cost} {currency} expected; on fresh days {on_fresh}.",
        f"Nothing done on the day: {alone} {currency}; on target on {before} % of fresh days.",
        SHIFTS_ALONE,
    ]
