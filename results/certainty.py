"""The price of certainty as data and as a table: cost of people against the share of days on target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from results.formats import MISSING, MONEY, PERCENT, figure_text, value_text
from results.planned import bound_of
from results.tabling import Grid, row, text_of
from scenarios import Scenario

if TYPE_CHECKING:
    from optimizer.uncertain.certainty import Certainty, Priced


def certainty_json(
    scenario: Scenario, curve: Sequence[Certainty], seed: int, replications: int
) -> dict[str, Any]:
    """Each share of days with the plans that promise it: cost, bound, and share of days and cost on fresh days."""
    return {
        "scenario": scenario.name,
        "seed": seed,
        "replications": replications,
        "certainty": [
            {
                "promised": one.promised,
                "without": _priced_json(one.without),
                "with_actions": None if one.with_actions is None else _priced_json(one.with_actions),
            }
            for one in curve
        ],
    }


def _priced_json(one: Priced) -> dict[str, Any]:
    return {**asdict(one), "lower_bound": bound_of(one)}


def certainty_table(scenario: Scenario, curve: Sequence[Certainty]) -> str:
    """A line for each share of days; for plans with changes on the day the expected cost."""
    currency = scenario.money.currency
    with_actions = any(one.with_actions is not None for one in curve)
    columns = [f"cost, {currency}", "on target, %"]
    if with_actions:
        columns += [f"cost with changes\non the day, {currency}", "on target, %", "saved, %"]
    rows = [row(f"{100 * one.promised:g}", *_cells(one, with_actions)) for one in curve]
    table = text_of(Grid(tuple(columns), tuple(rows), corner="Promised on\n% of days"))
    return "\n\n".join(["The price of certainty: " + scenario.label, table, _note(curve), *_missed(curve)])


def _cells(one: Certainty, with_actions: bool) -> tuple[str, ...]:
    cells = (value_text(one.without.cost, MONEY), figure_text(one.without.on_fresh_days, PERCENT))
    if not with_actions or one.with_actions is None:
        return cells
    cost, before = one.with_actions.cost, one.without.cost
    saved = value_text((before - cost) / before, PERCENT) if before > 0.0 else MISSING
    return (
        *cells,
        value_text(cost, MONEY),
        figure_text(one.with_actions.on_fresh_days, PERCENT),
        saved,
    )


def _note(curve: Sequence[Certainty]) -> str:
    text = "On target: of all that was promised on fresh days, the share that held."
    if any(one.with_actions is not None for one in curve):
        text += " Cost with changes on the day is the expected one."
    return text


def _missed(curve: Sequence[Certainty]) -> list[str]:
    """Plans that missed, in words."""
    plans: list[tuple[float, str, Priced]] = []
    for one in curve:
        plans.append((one.promised, "", one.without))
        if one.with_actions is not None:
            plans.append((one.promised, ", with changes on the day", one.with_actions))
    return [
        f"Promised on {100 * share:g} % of days{what}, missed: {'; '.join(found.misses)}"
        for share, what, found in plans
        if not found.holds
    ]
