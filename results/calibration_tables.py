"""A calibration in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from results.calibration_data import CalibrationData, Found, TypeRow
from results.formats import MISSING, number_text, places_of
from results.tabling import Grid, Row, row, text_of


def calibration_text(data: CalibrationData) -> str:
    """What was read, the contact types in a line each, what is assumed, and what was set apart."""
    apart = f"{len(data.days_apart)} days or parts of days are set apart; the page says which and why."
    parts = [
        data.summary,
        "\n".join(data.notes),
        text_of(types_table(data)),
        "\n".join(_busy_lines(data)),
        f"Assumed, as no record tells it: {', '.join(_assumed_kinds(data))}.",
        apart if data.days_apart else "",
    ]
    return "\n\n".join(part for part in parts if part)


def types_table(data: CalibrationData) -> Grid:
    """Each type with its main figures; ± is a standard error."""
    columns = (
        "contacts\na week",
        "talk, s",
        "its cv",
        "under 10 s, %",
        "wrap-up, s",
        "gave up, %",
        "patience,\nmedian, s",
        "mean wait of those\nwho left, s: not patience",
    )
    return Grid(columns, tuple(_type_row(one) for one in data.types), corner="Contact type")


def _type_row(one: TypeRow) -> Row:
    return row(
        one.label,
        _sure(one.per_week, 0),
        _sure(one.talk_mean_s, 1),
        _sure(one.talk_cv, 2),
        _sure(one.short_share, 1, 100.0),
        _sure(one.wrap_up_s, 1),
        _sure(one.abandonment, 1, 100.0),
        _sure(one.patience_median_s, 0),
        MISSING if one.naive_mean_s is None else f"{one.naive_mean_s.value:.0f}",
    )


def _sure(found: Found | None, decimals: int, factor: float = 1.0) -> str:
    if found is None:
        return MISSING
    error = None if found.standard_error is None else factor * found.standard_error
    places = places_of(error, decimals)
    if not error:
        return number_text(factor * found.value, decimals)
    value = number_text(factor * found.value, places)
    return f"{value} ± {number_text(error, places)}"


def _busy_lines(data: CalibrationData) -> Iterator[str]:
    """How busy days and intervals differ, as far as the scenario states it."""
    said = {
        "busyness.day_cv": "Busy days: their factor has a cv of",
        "busyness.interval_cv": "Busy intervals: theirs has a cv of",
        "busyness.correlation": "Types are busy on the same days: correlation",
    }
    for one in data.figures:
        if one.key in said and not isinstance(one.value, str):
            yield f"{said[one.key]} {_sure(Found(one.value, one.standard_error), 2)}"
    if data.spread is not None:
        yield f"Counts of an interval vary {data.spread.variance_to_mean:.1f} times as much as by chance alone"


def _assumed_kinds(data: CalibrationData) -> list[str]:
    """Last steps of the keys, each once: what stands for every type or group is said once."""
    return list(dict.fromkeys(key.rpartition(".")[2] for key, _ in data.assumed))


def calibration_json(data: CalibrationData) -> dict[str, Any]:
    """One object: what was read, figures, assumptions, days set apart, rows left out."""
    return {
        "scenario": data.name,
        "summary": data.summary,
        "facts": list(data.facts),
        "calibration": [
            {
                "key": one.key,
                "parameter": one.name or None,
                "value": one.value,
                "standard_error": one.standard_error,
                "n": one.n,
                "says": one.says,
            }
            for one in data.figures
        ],
        "assumed": [{"key": key, "why": why} for key, why in data.assumed],
        "days_apart": [{"day": day, "why": why} for day, why in data.days_apart],
        "left_out": [{"reason": reason, "rows": n} for reason, n in data.left_out],
        "notes": list(data.notes),
    }
