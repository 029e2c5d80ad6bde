"""The scenario of a center, from all its fits: names, statements, sources, and the text of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from calibration.composing.center import INTERVAL_S, Center
from calibration.composing.of_demand import demand_statements
from calibration.composing.of_people import people_statements
from calibration.composing.of_returns import return_statements
from calibration.composing.of_service import service_statements
from calibration.composing.statements import Statement, assumed, scenario_data
from scenarios import Scenario, dump, from_data
from scenarios.calendar_days import clock_s

HEAD = "# Written by `ccplan calibrate`. What no record tells is marked as assumed in [sources]: put in your own."
WEEK = 7
SHIFT_LENGTHS_H = [4.0, 6.0, 8.0]
BREAK = {"min": 30.0, "window_h": [1.5, 3.0]}


@dataclass(frozen=True)
class Composed:
    """A scenario with the statements that it is made of."""

    scenario: Scenario
    statements: Mapping[str, Statement]

    @property
    def text(self) -> str:
        """The scenario file."""
        return f"{HEAD}\n{dump(self.scenario)}"


def compose(center: Center, name: str, files: tuple[str, ...] = ()) -> Composed:
    """The scenario of the week after the record, called `name`; `files` are what the record was read from."""
    record = f"the center's records, {_span(center)}"
    statements = dict(_statements(center, record))
    data = scenario_data(statements.items(), _plain(center, name, files))
    return Composed(from_data(data, name), statements)


def _statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    yield from demand_statements(center, record)
    yield from service_statements(center, record)
    yield from return_statements(center, record)
    yield from people_statements(center, record)
    yield "money.currency", assumed("EUR", "the record does not say")
    yield "plan", assumed(_plan(center), "your own rules of shifts go here")


def _plain(center: Center, name: str, files: tuple[str, ...]) -> dict[str, Any]:
    """Names and the calendar: choices, not figures."""
    plain: dict[str, Any] = {
        "name": name,
        "summary": _summary(center, files),
        "calendar.start": next_monday(center),
        "calendar.days": WEEK,
        "calendar.interval_min": INTERVAL_S // 60,
    }
    for key, label in zip(center.types.names, center.types.labels, strict=True):
        plain[f"contact_type.{key}.label"] = label
    return plain


def _summary(center: Center, files: tuple[str, ...]) -> str:
    read = (
        f", read from {Path(files[0]).name}"
        if len(files) == 1
        else f", read from {len(files)} files"
        if files
        else ""
    )
    apart = len({one.day for one in center.demand.odd_days})
    left = "".join(f" Queue {name} ({n} contacts) is left out." for name, n in center.types.left_out.items())
    pooled = ", ".join(center.types.pooled)
    together = f" Pooled as one type: {pooled}." if len(center.types.pooled) > 1 else ""
    return (
        f"A week as the center's records have it, {_span(center)}{read}: {len(center.contacts):,} contacts, "
        f"{apart} of {center.demand.n_days} days set apart.{together}{left}"
    )


def _span(center: Center) -> str:
    first = center.demand.first_day
    return f"{first} to {last_day(center)}"


def last_day(center: Center) -> date:
    """Last day of the record."""
    return center.demand.first_day + timedelta(days=center.demand.n_days - 1)


def next_monday(center: Center) -> date:
    """The Monday after the record's last day."""
    last = last_day(center)
    return last + timedelta(days=WEEK - last.weekday())


def _plan(center: Center) -> dict[str, Any]:
    """Shifts of the usual lengths that fit the opening hours."""
    spans = [span for hours in center.demand.hours().values() for span in hours if span != "closed"]
    first = min(span.split("-")[0] for span in spans)
    last = max(span.split("-")[1] for span in spans)
    longest_h = (clock_s(last) - clock_s(first)) / 3600.0
    lengths = [length for length in SHIFT_LENGTHS_H if length <= longest_h] or [longest_h]
    latest_s = clock_s(last) - int(lengths[0] * 3600)
    return {
        "shift_lengths_h": lengths,
        "starts": {
            "from": first,
            "to": f"{latest_s // 3600:02d}:{latest_s % 3600 // 60:02d}",
            "every_min": 30.0,
        },
        **({"breaks": [BREAK]} if lengths[0] >= SHIFT_LENGTHS_H[0] else {}),
        "days_per_week": 5,
        "consecutive_days_off": True,
        "min_present": 1,
        "under_coverage": "priced",
    }
