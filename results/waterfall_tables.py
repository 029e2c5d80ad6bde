"""The table beside the waterfall's picture, and what each variant of the design asks of people."""

from __future__ import annotations

from results.formats import (
    COUNT,
    HOURS,
    MISSING,
    MONEY,
    PEOPLE,
    SECONDS,
    Unit,
    figure_text,
    number_text,
    places_of,
    range_text,
    value_text,
)
from results.study import Bar, Span, Waterfall
from results.tabling import Cell, Grid, Row
from results.texts.waterfall import BARS, EXPLAINED, FULL_TIME_H, VARIANTS, VARIANTS_TITLE


def waterfall_table(waterfall: Waterfall, currency: str) -> Grid:
    """Bar by bar: people, paid hours a week, money a year, each with its interval."""
    return Grid(
        columns=(
            "people",
            "from … to",
            "paid hours\na week",
            f"{currency}\na year",
            "from … to",
            "what it is",
        ),
        rows=tuple(_bar_row(bar) for bar in waterfall.bars),
        left=(5,),
    )


def variants_table(waterfall: Waterfall) -> Grid:
    """Contacts that reach people, how long they take, and the work: each variant, with people for everybody."""
    rows = tuple(
        Row(
            VARIANTS[variant.key],
            (
                Cell(figure_text(variant.contacts, COUNT)),
                Cell(figure_text(variant.mean_handle_s, SECONDS)),
                Cell(figure_text(variant.work_h, HOURS)),
            ),
        )
        for variant in waterfall.variants
    )
    columns = ("contacts that reach\npeople a week", "handle time, s", "work,\nhours a week")
    return Grid(columns=columns, rows=rows, caption=VARIANTS_TITLE)


def _bar_row(bar: Bar) -> Row:
    signed = bar.kind == "step"
    per_person = 1.0 / FULL_TIME_H
    of_money = bar.key in ("price", "net")
    people = _span_cells(bar.paid_h, PEOPLE, per_person, signed)
    hours = _span_cells(bar.paid_h, HOURS, 1.0, signed)[0]
    nothing = Cell("")
    money = _span_cells(bar.money, MONEY, 1.0, signed)
    first = (nothing, nothing, nothing) if of_money else (*people, hours)
    return Row(BARS[bar.key], (*first, *money, Cell(EXPLAINED[bar.key])), strong=bar.kind == "level")


def _span_cells(span: Span, unit: Unit, scale: float, signed: bool) -> tuple[Cell, Cell]:
    low, high = span.low, span.high
    if span.value == low == high == 0.0:
        return Cell("0"), Cell("")
    if low is None or high is None:
        return Cell(value_text(span.value, unit, scale=scale, signed=signed)), Cell(MISSING)
    places = places_of((high - low) * scale / 2.0, unit.decimals)
    return Cell(number_text(span.value * scale, places, signed)), Cell(
        range_text(low, high, unit, scale=scale)
    )
