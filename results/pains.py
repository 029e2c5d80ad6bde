"""Where it hurts: contact types and hours of the day, by how many customers they are expected to lose."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from results.case_tables import clock_text
from results.curves import by_interval
from results.formats import COUNT, PERCENT, RATIO, SCORE, Unit, figure_text, value_text
from results.study import CaseData, Pain, StudyData
from results.tabling import Grid, row
from sim.measures.estimates import FloatArray, estimate
from sim.measures.result import Result

MOST = 8
_HOUR_MIN = 60
_LOST = Unit("", 1.0, 1)


def pains_of(result: Result) -> tuple[Pain, ...]:
    """The worst first; nothing without an experience model, or of a run that kept no intervals."""
    if not result.by_interval or result.scenario.experience is None:
        return ()
    pains = [pain for name in result.names("contact_type") for pain in _of_type(result, name)]
    return tuple(sorted(pains, key=lambda pain: -(pain.lost.value or 0.0)))


def _of_type(result: Result, name: str) -> Iterator[Pain]:
    """One contact type, hour by hour in which somebody first came."""
    lost, needs = _by_hour(result, "churn_risk", name)
    effort, _ = _by_hour(result, "effort", name)
    satisfaction, _ = _by_hour(result, "satisfaction", name)
    met, _ = _by_hour(result, "need_resolution_rate", name)
    label = result.scenario.label_of("contact_type", name)
    length_min = max(_HOUR_MIN, result.scenario.calendar.interval_min)
    for i in np.flatnonzero(needs.sum(axis=0) > 0.0):
        yield Pain(
            label=label,
            from_min=int(i) * length_min,
            effort=estimate(effort[:, i], needs[:, i]),
            satisfaction=estimate(satisfaction[:, i], needs[:, i]),
            unmet=estimate(needs[:, i] - met[:, i], None),
            lost=estimate(lost[:, i], None),
        )


def _by_hour(result: Result, measure: str, name: str) -> tuple[FloatArray, FloatArray]:
    """Numerators and denominators, observations × hours of the day (or longer intervals), summed over the days."""
    calendar = result.scenario.calendar
    per_hour = max(_HOUR_MIN // calendar.interval_min, 1)
    shape = (result.observations, calendar.days, calendar.n_intervals_per_day // per_hour, per_hour)
    above, below = by_interval(result, measure, [name])
    return above.reshape(shape).sum(axis=(1, 3)), below.reshape(shape).sum(axis=(1, 3))


def cases_that_hurt(data: StudyData) -> tuple[CaseData, ...]:
    """The cases of which the worst hours are known; today's people in a new design are no case of their own here."""
    return tuple(case for case in data.cases if case.pains and case.role != "design_same_people")


def pains_table(data: StudyData, case: CaseData) -> Grid:
    """The worst hours, a week each, and what part of all customers lost is lost there."""
    everybody = sum(pain.lost.value or 0.0 for pain in case.pains)
    rows = tuple(
        row(
            f"{clock_text(pain.from_min)}  {pain.label}",
            figure_text(pain.effort, RATIO),
            figure_text(pain.satisfaction, SCORE),
            figure_text(pain.unmet, COUNT, scale=data.horizon.per_week),
            figure_text(pain.lost, _LOST, scale=data.horizon.per_week),
            value_text((pain.lost.value or 0.0) / everybody if everybody else None, PERCENT),
        )
        for pain in case.pains[:MOST]
    )
    columns = ("effort", "satisfaction", "unmet\na week", "customers\nlost a week", "of all\nlost, %")
    return Grid(columns=columns, rows=rows, corner="Hour of the\nfirst contact", caption=case.label)
