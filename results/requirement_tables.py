"""Requirements of several methods beside each other: what each asks for, and what customers get from it."""

from __future__ import annotations

import csv
import io
import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from optimizer.horizon import horizon_of
from optimizer.requirement.held import GroupCheck, figures
from optimizer.requirement.side_by_side import Tried
from optimizer.targets import Period
from results.formats import value_text
from results.methods_table import NAMES, column_of, methods_table, unit_of
from results.simulation import simulation_data
from results.tabling import Grid, row, text_of
from sim.measures.estimates import Estimate

CSV_COLUMNS = (
    "start", "group", "method", "offered_load_erl", "people", "measure", "value", "half_width",
)  # fmt: skip
_WIDTH = 98
_DAYS_SHOWN = 7
_MISSED = "*"
_BY_NOISE = "~"
MARKS = (
    f"{_MISSED} the target is missed, by more than the half-width of its 95 % interval in that period. "
    f"{_BY_NOISE} with one person fewer the target would be missed by no more than that: the other number might do."
)
METHODS_NOTE = (
    "People are present by the interval, as numbers, without shifts and breaks. SIPP: each interval as if its rate "
    "had always been so. Lagged: the rate one mean handle time before. MOL: the load that infinitely many people "
    "would hold. Simulated: the fewest that held every target on the search's customers."
)


def requirement_text(tried: Sequence[Tried]) -> str:
    """The whole answer for a terminal: by group the methods in short, then the table by interval."""
    first = tried[0].result
    frame = (
        f"Each method's people simulated on {first.replications} fresh replications, the same customers, "
        f"seed {first.seed}."
    )
    parts = [f"{first.scenario.label}: people needed", textwrap.fill(frame, _WIDTH)]
    for group in tried[0].needed:
        label = first.scenario.label_of("agent_group", group)
        parts.append(f"{label}: methods\n\n{text_of(methods_table(tried, group))}")
        parts.append(f"{label}: by interval\n\n{text_of(interval_table(tried, group))}")
    parts += [textwrap.fill(note, _WIDTH) for note in (MARKS, METHODS_NOTE)]
    return "\n\n".join(parts)


def interval_table(tried: Sequence[Tried], group: str) -> Grid:
    """Load, then people and the promised figure of each method, by interval; where nobody is needed left out."""
    horizon = horizon_of(tried[0].scenario.calendar)
    promised = _figure_of(tried[0].of_group(group))
    columns = ["load,\nerlangs"]
    for one in tried:
        columns += [f"{NAMES[one.method]}\npeople"] + ([_heading(promised)] if promised else [])
    found = [_found(one, promised) for one in tried]
    load = tried[-1].needed[group].offered_load_erl.ravel()
    rows = []
    for i in range(min(len(load), _DAYS_SHOWN * horizon.n_intervals_per_day)):
        if load[i] > 0.0 or any(one.needed[group].people.ravel()[i] for one in tried):
            day, in_day = divmod(i, horizon.n_intervals_per_day)
            texts = [f"{load[i]:.1f}"]
            for one, estimates in zip(tried, found, strict=True):
                texts += [
                    _people(one, group, i),
                    *([_value(one, group, promised, i, estimates)] if promised else []),
                ]
            rows.append(row(horizon.moment(day, in_day * horizon.interval_s), *texts))
    return Grid(tuple(columns), tuple(rows), corner="From")


def requirement_csv(tried: Sequence[Tried]) -> str:
    """A line for each interval, group, method and promised figure; without a promise the people alone."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in tried:
        horizon = horizon_of(one.scenario.calendar)
        for group, needed in one.needed.items():
            promises = _promised(one.of_group(group))
            found = {name: _found(one, promised) for name, promised in promises.items()}
            for i, (people, load) in enumerate(
                zip(needed.people.ravel(), needed.offered_load_erl.ravel(), strict=True)
            ):
                day, in_day = divmod(i, horizon.n_intervals_per_day)
                moment = horizon.moment(day, in_day * horizon.interval_s)
                shared = [
                    f"{moment}" if horizon.n_days <= _DAYS_SHOWN else f"{day + 1} {moment}",
                    group,
                    one.method,
                ]
                shared += [f"{load:.6g}", str(people)]
                for name, estimates in found.items() or [("", None)]:
                    writer.writerow([*shared, name, *_numbers(None if estimates is None else estimates[i])])
    return text.getvalue()


def requirement_json(tried: Sequence[Tried]) -> dict[str, Any]:
    """Under `requirement` one entry a method and group; margins are shares of contacts on the search's customers."""
    first = tried[0].result
    return {
        "scenario": first.scenario.name,
        "seed": first.seed,
        "replications": first.replications,
        "requirement": [_entry(one, group) for one in tried for group in one.needed],
    }


def _entry(one: Tried, group: str) -> dict[str, Any]:
    needed = one.needed[group]
    found: dict[str, Any] = {
        "group": group,
        "method": one.method,
        "people": needed.people.tolist(),
        "offered_load_erl": np.round(needed.offered_load_erl, 6).tolist(),
        "person_h": one.person_h(group),
        "checks": [_check(check) for check in one.of_group(group)],
        "measures": [
            measure
            for measure in simulation_data(one.result)["measures"]
            if measure["scope"] in ("total", "contact_type") or measure["name"] == group
        ],
    }
    if needed.settled is not None:
        settled = needed.settled
        found["settled"] = {
            "margin": _numbers_or_null(settled.margins),
            "margin_with_one_fewer": _numbers_or_null(settled.one_fewer.margin),
            "beyond_noise": settled.one_fewer.beyond_noise.tolist(),
            "misses": list(settled.misses),
            "simulations": settled.n_simulations,
            "replications": settled.replications,
            "complete": settled.complete,
        }
    return found


def _check(one: GroupCheck) -> dict[str, Any]:
    check = one.check
    return {
        check.promise.scope: check.promise.name,
        "measure": check.promise.measure,
        "sense": check.promise.sense,
        "wanted": check.promise.wanted,
        "from_interval": check.period.intervals.start,
        "until_interval": check.period.intervals.stop,
        "value": check.found.value,
        "half_width": check.found.half_width,
    }


def _numbers_or_null(values: Any) -> list[float | None]:
    return [round(float(v), 6) if math.isfinite(v) else None for v in values]


def _numbers(found: Estimate | None) -> list[str]:
    both = (None, None) if found is None else (found.value, found.half_width)
    return ["" if figure is None else f"{figure:.6g}" for figure in both]


def _promised(checks: Sequence[GroupCheck]) -> dict[str, GroupCheck]:
    """One check for each measure that is promised."""
    return {one.check.promise.measure: one for one in reversed(checks)}


def _figure_of(checks: Sequence[GroupCheck]) -> GroupCheck | None:
    """The figure that the table by interval shows: the first that is promised."""
    return next(iter(checks), None)


def _heading(promised: GroupCheck) -> str:
    measure = promised.check.promise.measure
    return f"{column_of(measure)},\n{unit_of(measure).sign}"


def _found(one: Tried, promised: GroupCheck | None) -> list[Estimate]:
    """The promised figure in every interval of the horizon."""
    if promised is None:
        return []
    promise = promised.check.promise
    calendar = one.scenario.calendar
    every = [Period("", range(i, i + 1)) for i in range(calendar.days * calendar.n_intervals_per_day)]
    return figures(one.result, promise.measure, promise.scope, promise.name.split(", "), every)


def _people(one: Tried, group: str, i: int) -> str:
    needed = one.needed[group]
    settled = needed.settled
    by_noise = (
        settled is not None
        and not settled.one_fewer.beyond_noise[i]
        and not math.isnan(settled.one_fewer.margin[i])
    )
    return f"{needed.people.ravel()[i]}{_BY_NOISE if by_noise else ''}"


def _value(one: Tried, group: str, promised: GroupCheck, i: int, estimates: Sequence[Estimate]) -> str:
    missed = any(
        check.missed and check.beyond_noise and check.check.period.intervals == range(i, i + 1)
        for check in one.of_group(group)
    )
    value = value_text(estimates[i].value, unit_of(promised.check.promise.measure))
    return f"{value}{_MISSED if missed else ''}"
