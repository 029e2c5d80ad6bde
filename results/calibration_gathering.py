"""From the fits of a center to the columns of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from calibration.composing.center import INTERVAL_S, Center
from calibration.composing.of_people import heads_by_class, mean_present
from calibration.composing.scenario import Composed, last_day
from calibration.composing.statements import ASSUMED, Statement
from calibration.records.contacts import counts
from calibration.service import PatienceFit, TalkFit
from results.calibration_data import (
    CalibrationData,
    Candidate,
    DayProfile,
    FigureRow,
    FloatArray,
    LawFit,
    PatienceCurves,
    Presence,
    Spread,
)
from results.calibration_types import type_rows
from scenarios.sources import value_at

BINS = 36
"""Of the histogram of talk times, evenly on a logarithmic axis."""
POINTS = 200
HAZARD_BINS = 12
EIGHT_IN_TEN = (0.1, 0.9)
NORMAL_95 = 1.96
HOUR_S = 3600.0
MOST_APART = 60
"""More days set apart than these are counted, not listed."""


def gather_calibration(
    center: Center,
    composed: Composed,
    left_out: Iterable[tuple[str, int]] = (),
    notes: Iterable[str] = (),
) -> CalibrationData:
    """Everything the page shows; `left_out` and `notes` are what the reading of the files has to say."""
    return CalibrationData(
        name=composed.scenario.name,
        title=f"{composed.scenario.label}: what the records say",
        summary=composed.scenario.summary,
        facts=tuple(_facts(center)),
        types=tuple(type_rows(center)),
        profiles=tuple(_profiles(center)),
        talk=tuple(_talk(center)),
        patience=tuple(_patience(center)),
        spread=_spread(center),
        presence=tuple(_presence(center)),
        figures=tuple(_figures(composed)),
        assumed=tuple(_assumed(composed.statements)),
        days_apart=tuple(_days_apart(center)),
        left_out=(
            *left_out,
            *((f"queue {name}: too few contacts", n) for name, n in center.types.left_out.items()),
        ),
        notes=(*notes, *center.returns.notes, *center.people.notes),
    )


def _facts(center: Center) -> Iterator[str]:
    demand = center.demand
    yield f"{demand.n_days} days from {demand.first_day} to {last_day(center)}"
    yield f"{int(demand.usual.sum())} usual days"
    yield f"{len(center.contacts):,} contacts"
    offered = center.contacts.offered
    yield f"{100 * center.contacts.abandoned.sum() / max(offered.sum(), 1):.1f} % gave up"


# --- Arrivals ---------------------------------------------------------------------------------------------------------


def _offered(center: Center) -> FloatArray:
    """Contacts of all types by day and interval."""
    return counts(center.contacts, center.contacts.offered, INTERVAL_S).sum(axis=2).astype(np.float64)


def _starts_h(center: Center) -> FloatArray:
    return np.asarray(np.arange(center.demand.mean.shape[1]) * (INTERVAL_S / HOUR_S), dtype=np.float64)


def _profiles(center: Center) -> Iterator[DayProfile]:
    offered = _offered(center)
    for k, one in enumerate(center.demand.classes):
        days = center.demand.days_of(k)
        if one.spans and len(days):
            low, high = np.quantile(offered[days], EIGHT_IN_TEN, axis=0)
            mean = offered[days].mean(axis=0)
            yield DayProfile(one.name, len(days), _starts_h(center), mean, low, high)


def _spread(center: Center) -> Spread:
    """Days of open classes only."""
    demand, offered = center.demand, _offered(center)
    totals = offered.sum(axis=1)
    usual_total = demand.mean.sum(axis=(1, 2))
    known = (demand.class_of_day >= 0) & (usual_total[demand.class_of_day] > 0.0)
    days = np.nonzero(known)[0]
    mean, variance = [], []
    for k, one in enumerate(demand.classes):
        own = demand.days_of(k)
        for start, past in one.spans if len(own) > 1 else ():
            mean.append(offered[own, start:past].mean(axis=0))
            variance.append(offered[own, start:past].var(axis=0, ddof=1))
    return Spread(
        dates=np.datetime64(demand.first_day) + days,
        factors=totals[days] / usual_total[demand.class_of_day[days]],
        apart=~demand.usual[days],
        day_cv=demand.busyness.day_cv.value,
        interval_mean=np.concatenate(mean) if mean else np.zeros(0),
        interval_variance=np.concatenate(variance) if variance else np.zeros(0),
        variance_to_mean=demand.busyness.variance_to_mean.value,
    )


def _days_apart(center: Center) -> Iterator[tuple[str, str]]:
    odd = center.demand.odd_days
    for one in odd[:MOST_APART]:
        yield f"{one.date:%a} {one.date}", one.reason
    if len(odd) > MOST_APART:
        yield (
            f"{len(odd) - MOST_APART} more",
            f"the last one on {center.demand.first_day + timedelta(odd[-1].day)}",
        )


# --- Talk and patience ------------------------------------------------------------------------------------------------


def _talk(center: Center) -> Iterator[LawFit]:
    for queue, label in enumerate(center.types.labels):
        own = center.contacts.answered & (center.contacts.queue == queue)
        yield _law_fit(center.service[queue].talk, center.contacts.talk_s[own], label)


def _law_fit(talk: TalkFit, seconds: FloatArray, label: str) -> LawFit:
    seconds = seconds[np.isfinite(seconds) & (seconds > 0.0)]
    edges = np.geomspace(max(seconds.min(), 0.5), seconds.max() * 1.001, BINS + 1)
    counted = np.histogram(seconds, edges)[0]
    at_s = np.geomspace(edges[0], edges[-1], POINTS)
    return LawFit(
        label=label,
        n=talk.n,
        edges_s=edges,
        density=counted / (len(seconds) * np.diff(edges)),
        at_s=at_s,
        fitted=talk.chosen.family.density(at_s, talk.chosen.at),
        observed_s=talk.goodness.seen_s,
        expected_s=talk.goodness.law_s,
        candidates=tuple(
            Candidate(one.name, one.log_likelihood, one.bic, one is talk.chosen) for one in talk.candidates
        ),
    )


def _patience(center: Center) -> Iterator[PatienceCurves]:
    for queue, label in enumerate(center.types.labels):
        patience = center.service[queue].patience
        if patience is not None:
            own = center.contacts.of(center.contacts.offered & (center.contacts.queue == queue))
            waited = (own.waited_s > 0.0) | own.abandoned
            yield _curves(patience, own.waited_s[waited], own.abandoned[waited], label)


def _curves(
    patience: PatienceFit, waited_s: FloatArray, left: np.ndarray[Any, Any], label: str
) -> PatienceCurves:
    longest_s = float(patience.hazard.times_s[-1])
    shown = patience.survival.times_s <= longest_s
    low, high = patience.survival.limits()
    at_s = patience.survival.times_s[shown]
    edges = np.linspace(0.0, longest_s, HAZARD_BINS + 1)
    rate, error = _rates(waited_s, left, edges)
    middle = (edges[1:] + edges[:-1]) / 2
    return PatienceCurves(
        label=label,
        n=patience.n,
        n_left=patience.n_left,
        at_s=at_s,
        share=patience.survival.shares[shown],
        low=low[shown],
        high=high[shown],
        fitted=patience.chosen.survival(at_s),
        naive_mean_s=patience.mean_wait_of_those_who_left_s.value,
        median_s=patience.median.value_s,
        edges_s=edges,
        hazard_per_min=60.0 * rate,
        hazard_low=60.0 * np.maximum(rate - NORMAL_95 * error, 0.0),
        hazard_high=60.0 * (rate + NORMAL_95 * error),
        fitted_hazard_per_min=60.0 * _law_hazard(patience, middle),
    )


def _rates(
    waited_s: FloatArray, left: np.ndarray[Any, Any], edges: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Who left between two edges ÷ time waited between them, per second, and its standard error √d / time."""
    exposure = np.array([np.clip(waited_s - start, 0.0, end - start).sum() for start, end in pairwise(edges)])
    gone = np.histogram(waited_s[left], edges)[0]
    exposure = np.maximum(exposure, 1e-9)
    return gone / exposure, np.sqrt(gone) / exposure


def _law_hazard(patience: PatienceFit, at_s: FloatArray) -> FloatArray:
    """−d ln S / dt of the fitted law, by a difference of a second."""
    before, after = patience.chosen.survival(at_s - 0.5), patience.chosen.survival(at_s + 0.5)
    return np.asarray(np.log(np.maximum(before, 1e-300)) - np.log(np.maximum(after, 1e-300)))


# --- People and figures -----------------------------------------------------------------------------------------------


def _presence(center: Center) -> Iterator[Presence]:
    heads = heads_by_class(center)
    for name, present in mean_present(center).items():
        yield Presence(
            name, _starts_h(center), present.sum(axis=0), heads[name].sum(axis=0).astype(np.float64)
        )


def _figures(composed: Composed) -> Iterator[FigureRow]:
    data = composed.scenario.as_dict()
    for key, statement in composed.statements.items():
        for name, found in statement.estimates.items():
            yield FigureRow(key, name, found.value, found.standard_error, found.n, _brief(statement.says))
        if not statement.estimates and not _is_assumed(statement):
            yield FigureRow(key, "", _short(value_at(data, key)), None, None, _brief(statement.says))


def _assumed(statements: Mapping[str, Statement]) -> Iterator[tuple[str, str]]:
    for key, statement in statements.items():
        if _is_assumed(statement):
            yield key, statement.says.removeprefix(ASSUMED).removeprefix(": ") or ASSUMED


def _is_assumed(statement: Statement) -> bool:
    return statement.says.startswith(ASSUMED)


def _brief(says: str) -> str:
    """Without the record's name and span, which the page's head tells."""
    return says.split(": ", 1)[-1]


def _short(value: Any) -> str:
    """A list by its entries; tables stand in the scenario."""
    if isinstance(value, Mapping):
        return "a table"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
