"""Tables of a validation, as data: totals, hours of the day, contact types, days, and assumptions held otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from calibration.validating.comparing import Row as Figure
from calibration.validating.validation import Part, Validation
from results.tabling import Grid, Row, row
from results.validation_words import LABELS, limits_text, part_title, surge_days, tried_figures, value

TOTALS = ("offered", "abandonment_rate", "mean_wait_s", "service_level", "occupancy")
SIDE_BY_SIDE = ("abandonment_rate", "mean_wait_s", "service_level")


def totals_grid(found: Validation, part: Part) -> Grid:
    """History, model, the difference and the limits of one history."""
    by_measure = {one.measure: one for one in part.totals}
    rows = tuple(_total(by_measure[name]) for name in TOTALS if name in by_measure)
    columns = ("history", "model", "model less history", "90 % limits")
    return Grid(columns, rows, corner=part_title(found, part))


def _total(one: Figure) -> Row:
    bias = "" if one.measure == "offered" and not one.bias else value(one, one.bias, signed=True)
    return row(
        LABELS[one.measure], value(one, one.observed), value(one, one.predicted), bias, limits_text(one)
    )


def hours_grid(found: Validation) -> Grid:
    """Each hour of the day, side by side; a star where history lies outside the limits."""
    return side_by_side(found.hours, "Hour", lambda name: f"{name}:00")


def types_grid(found: Validation) -> Grid:
    """Each contact type, all days."""
    return side_by_side(_of(found, "contact_type"), "Contact type")


def days_grid(found: Validation) -> Grid:
    """Each day."""
    surges = {day.isoformat() for day in surge_days(found)}
    return side_by_side(_of(found, "day"), "Day", lambda name: f"{name}{' surge' if name in surges else ''}")


def _of(found: Validation, scope: str) -> list[Figure]:
    return [one for one in found.rows if one.scope == scope]


def side_by_side(figures: Sequence[Figure], corner: str, label: Callable[[str], str] = str) -> Grid:
    """A line a name: contacts, and of each measure history and model, with a star where history is outside."""
    names = dict.fromkeys(one.name for one in figures)
    table = {(one.name, one.measure): one for one in figures}
    rows = tuple(
        row(
            label(name),
            f"{table[name, 'offered'].offered:,}",
            *(text for measure in SIDE_BY_SIDE for text in _both(table[name, measure])),
        )
        for name in names
    )
    columns = (
        "contacts",
        *(head for measure in SIDE_BY_SIDE for head in (LABELS[measure].replace(", ", ",\n"), "model\n")),
    )
    return Grid(columns, rows, corner=corner)


def _both(one: Figure) -> tuple[str, str]:
    return value(one, one.observed), value(one, one.predicted) + ("  " if is_inside(one) else " *")


def is_inside(one: Figure) -> bool:
    """Whether history lies between the limits."""
    if one.low is None or one.high is None or one.observed is None:
        return True
    return one.low - 1e-9 <= one.observed <= one.high + 1e-9


def tried_grid(part: Part) -> Grid:
    """The model as it stands, and with each assumption held otherwise; the smallest misfit first."""
    base = {one.measure: one for one in part.totals}
    figures = [value(base[name], base[name].predicted) for name in SIDE_BY_SIDE]
    rows: list[Row] = [row("as the scenario has it", *figures, _percent(part.misfit.value), strong=True)]
    rows += [row(one.change, *tried_figures(one), _percent(one.misfit.value)) for one in part.blame.tried]
    happened = [value(base[name], base[name].observed) for name in SIDE_BY_SIDE]
    rows.insert(0, row("history", *happened, ""))
    columns = (*_heads(SIDE_BY_SIDE), "misfit")
    return Grid(columns, tuple(rows), corner="Held otherwise")


def _heads(measures: Iterable[str]) -> tuple[str, ...]:
    return tuple(LABELS[name].replace(", ", ",\n") for name in measures)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
