"""A published day: ContactCenters' example SimpleMSK of 1,000 days, and ours, as two samples of the same law.

The other simulator prints mean and standard deviation of its days (doc/examples/SimpleMSK.res in
umontreal-simul/contactcenters; by É. Buist and P. L'Ecuyer, Université de Montréal). Its standard error is the
deviation ÷ √1000 — of the service level, a ratio, half the width of its 95 % interval ÷ 1.96 — and ours comes from
blocks of ten stratified days; the two are independent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scenarios import Scenario, load
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.sim.theory.nearness import ALLOWED_ERRORS, standard_error
from tests.sim.theory.page_table import line

DAYS = 600
PUBLISHED_DAYS = 1000
FIRST_INTERVAL = 4  # 8:00, in intervals of two hours


@dataclass(frozen=True)
class Published:
    """Mean of the days and standard error of the mean."""

    mean: float
    standard_error: float


def of_days(mean: float, deviation: float) -> Published:
    return Published(mean, deviation / math.sqrt(PUBLISHED_DAYS))


ANSWERED = of_days(4297.305, 437.605)
ABANDONED = of_days(910.335, 551.164)
SERVICE_LEVEL = Published(0.501, (0.509 - 0.494) / 2 / 1.96)  # answered within 20 s ÷ all but early abandons
# Answered within 20 s, by type and by period of arrival.
IN_TIME = {
    "one": (of_days(170.154, 93.722), of_days(599.334, 83.392), of_days(15.490, 27.520)),
    "two": (of_days(262.936, 134.377), of_days(511.648, 86.571), of_days(34.697, 55.230)),
    "three": (of_days(259.806, 155.150), of_days(613.732, 99.046), of_days(24.888, 44.327)),
}


@dataclass(frozen=True)
class Comparison:
    """One figure of both simulators."""

    figure: str
    published: Published
    ours: float
    standard_error: float

    @property
    def errors(self) -> float:
        """How many standard errors of the difference apart."""
        return (self.ours - self.published.mean) / math.hypot(
            self.standard_error, self.published.standard_error
        )


def comparisons(scenario: Scenario | None = None) -> list[Comparison]:
    """Every figure that is published and has the same meaning here."""
    asked = Asked(replications=DAYS, by_interval=True, scheme="stratified")
    result = run(scenario or load("simple-msk"), asked)
    return [*_of_the_day(result), *_of_periods(result)]


def _of_the_day(result: Result) -> Iterator[Comparison]:
    measures = {
        "answered": ANSWERED,
        "abandoned": ABANDONED,
        "service_level_less_early_abandons": SERVICE_LEVEL,
    }
    for measure, published in measures.items():
        yield Comparison(measure, published, result.value(measure), standard_error(result, measure))


def _of_periods(result: Result) -> Iterator[Comparison]:
    for name, periods in IN_TIME.items():
        for period, published in enumerate(periods):
            within = result.series("service_level", "contact_type", name, FIRST_INTERVAL + period).numerator
            error = float(np.std(within, ddof=1)) / math.sqrt(len(within))
            figure = f"answered within 20 s, {name}, period {period + 1}"
            yield Comparison(figure, published, float(np.mean(within)), error)


def told(found: list[Comparison]) -> list[str]:
    """The table, with what it took to make it."""
    worst = max(abs(one.errors) for one in found)
    return [
        "## A published day: ContactCenters' SimpleMSK",
        "",
        "Three kinds of call, two groups, longest wait first; rates, talk, patience and people change every two hours,",
        "and a gamma factor moves all calls of a day (`simple-msk`). Published by É. Buist and P. L'Ecuyer:",
        f"{PUBLISHED_DAYS:,} days of their simulator; ours: {DAYS} days. `apart` in standard errors of the difference,",
        f"{ALLOWED_ERRORS:g} allowed. Worst: {worst:.2f} of {len(found)} figures.",
        "",
        "| figure, a day | published | ± s.e. | simulated | ± s.e. | apart |",
        "|:---|" + "---:|" * 5,
        *(_row(one) for one in found),
    ]


def _row(one: Comparison) -> str:
    published = one.published
    figures = (published.mean, published.standard_error, one.ours, one.standard_error)
    return line([one.figure, *(f"{x:.4g}" for x in figures), f"{one.errors:+.2f}"])
