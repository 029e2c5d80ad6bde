"""A validation: history and model side by side, with and without days of surges, and what hurts most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.found import OddDay
from calibration.people.logins import Logins
from calibration.people.services import LONGEST_SERVICE_S
from calibration.people.staffing import Staffing
from calibration.people.steps import interval_edges, spans_as_steps
from calibration.records.contacts import Contacts
from calibration.validating.assumptions import OF_SURGES, Model, assumptions
from calibration.validating.blaming import Blame, Tried, blame_of
from calibration.validating.comparing import (
    Error,
    Row,
    Sides,
    coverages,
    errors,
    rows_of,
    total_rows,
)
from calibration.validating.heads import heads_of
from calibration.validating.history import History, Sum, awt_of, history_of, sums_of
from calibration.validating.limits import Coverage
from calibration.validating.misfit import Misfit, misfit_of
from calibration.validating.opening import open_at
from calibration.validating.simulating import Predicted, predicted
from calibration.validating.surges import days_of, surges_of
from scenarios import Scenario

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Progress = Callable[[str, int, int | None], None]

USUAL_REPLICATIONS = 39
"""With 39 the second lowest and the second highest are 90 % limits."""
REPLICATIONS_OF_CAUSES = 19


@dataclass(frozen=True)
class Asked:
    """How much to run."""

    seed: int = 1
    replications: int = USUAL_REPLICATIONS
    causes: bool = True


@dataclass(frozen=True)
class Part:
    """Some of the days: totals, coverage of intervals, errors, misfit, and what hurts most."""

    days: tuple[date, ...]
    totals: tuple[Row, ...]
    coverage: dict[str, Coverage]
    errors: dict[str, Error]
    misfit: Misfit
    blame: Blame


@dataclass(frozen=True)
class Validation:
    """What `ccplan validate` tells.

    rows: every figure, all days; whole: all days; usual: without days of surges, None where there are none
    left_out: contacts that are on neither side, by reason
    """

    scenario: str
    seed: int
    replications: int
    n_contacts: int
    first_day: date
    last_day: date
    awt_s: dict[str, float]
    people: str
    people_inferred: bool
    people_h: float
    rows: tuple[Row, ...]
    hours: tuple[Row, ...]
    whole: Part
    usual: Part | None
    surges: tuple[OddDay, ...]
    left_out: dict[str, int]

    @property
    def main(self) -> Part:
        """What is judged: usual days where there are others."""
        return self.usual or self.whole


def validate(
    scenario: Scenario,
    contacts: Contacts,
    staffing: Staffing | None = None,
    asked: Asked | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    file: str = "records",
    logins: Logins | None = None,
) -> Validation:
    """Replay the history through the scenario's laws and hold both sides against each other."""
    asked = asked or Asked()
    history = _history(scenario, contacts, file)
    surges = surges_of(history, scenario.calendar.interval_s)
    heads = heads_of(scenario, history, staffing, asked.seed, logins)
    model = Model(scenario, history, heads, asked.seed, surges)
    runner = _Runner(model, asked, executor, progress)
    sides = runner.sides(runner.run(model.replayed(), asked.replications, "the history"))
    surging = days_of(surges, model.history.n_days)
    with_contacts = _days_with_contacts(sides)
    causes = list(runner.causes()) if asked.causes else []
    whole = _part(sides, causes, with_contacts)
    usual = None
    if 0 < surging.sum() < with_contacts.sum():
        on_usual_days = [one for one in causes if one[0] != OF_SURGES]
        usual = _part(sides, on_usual_days, with_contacts & ~surging)
    shown = sides if usual is None else sides.on_days(~surging)
    return Validation(
        scenario=scenario.name,
        seed=asked.seed,
        replications=asked.replications,
        n_contacts=len(model.history.contacts),
        first_day=contacts.first_day,
        last_day=contacts.first_day + timedelta(days=contacts.n_days - 1),
        awt_s=dict(zip(model.history.types, awt_of(scenario).tolist(), strict=True)),
        people=model.heads.source,
        people_inferred=model.heads.inferred,
        people_h=model.heads.hours,
        rows=tuple(rows_of(sides)),
        hours=tuple(row for row in rows_of(shown) if row.scope == "hour"),
        whole=whole,
        usual=usual,
        surges=surges if usual is not None else (),
        left_out=history.left_out,
    )


def _history(scenario: Scenario, contacts: Contacts, file: str) -> History:
    found = history_of(contacts, scenario, file)
    return found.only(open_at(scenario, found), "joined while the center was closed")


@dataclass(frozen=True)
class _Runner:
    """Runs the model as it stands and with each assumption held otherwise."""

    model: Model
    asked: Asked
    executor: Executor | None
    progress: Progress | None

    @property
    def interval_s(self) -> int:
        return self.model.scenario.calendar.interval_s

    def run(self, scenario: Scenario, replications: int, what: str) -> Predicted:
        def tell(done: int, of: int | None) -> None:
            if self.progress is not None:
                self.progress(what, done, of)

        return predicted(scenario, replications, self.asked.seed, self.interval_s, self.executor, tell)

    def sides(self, said: Predicted) -> Sides:
        history = self.model.history
        observed = sums_of(history, awt_of(self.model.scenario), self.interval_s)
        return Sides(
            types=history.types,
            start=datetime.combine(history.contacts.first_day, time()),
            interval_s=self.interval_s,
            observed=observed,
            busy_s=busy_s(self.model.scenario, history, self.interval_s),
            predicted=said,
            counted=observed[:, :, Sum.OFFERED].sum(axis=0) > 0,
        )

    def causes(self) -> Iterator[tuple[str, str, bool, Sides]]:
        for one in assumptions(self.model):
            said = self.run(one.scenario(), min(REPLICATIONS_OF_CAUSES, self.asked.replications), one.change)
            yield one.name, one.change, one.own, self.sides(replace(said, sums=one.folds(said.sums)))


def busy_s(scenario: Scenario, history: History, interval_s: int) -> FloatArray:
    """Seconds that people talked and wrapped up, by interval; wrap-up nobody recorded is the scenario's mean."""
    contacts = history.contacts
    usual = np.array(
        [0.0 if one.wrap_up_s is None else one.wrap_up_s.expected for one in scenario.contact_type.values()]
    )
    wrap_up = np.where(np.isfinite(contacts.wrap_up_s), contacts.wrap_up_s, usual[contacts.queue])
    length_s = np.nan_to_num(contacts.talk_s) + wrap_up
    kept = contacts.answered & (length_s <= LONGEST_SERVICE_S)
    began_s = contacts.answered_s[kept]
    work = spans_as_steps(began_s, began_s + length_s[kept])
    return work.mean_by(interval_edges(history.n_days, interval_s)) * interval_s


def _part(sides: Sides, causes: list[tuple[str, str, bool, Sides]], days: BoolArray) -> Part:
    chosen = sides.on_days(days)
    base = misfit_of(chosen)
    tried = [
        Tried(name, change, own, misfit_of(other.on_days(days)), tuple(total_rows(other.on_days(days))))
        for name, change, own, other in causes
    ]
    return Part(
        days=tuple(_dates(sides, days)),
        totals=tuple(total_rows(chosen)),
        coverage=coverages(chosen),
        errors=errors(chosen),
        misfit=base,
        blame=blame_of(base, tried),
    )


def _days_with_contacts(sides: Sides) -> BoolArray:
    return np.asarray(sides.counted.reshape(-1, sides.per_day).any(axis=1))


def _dates(sides: Sides, days: BoolArray) -> Iterator[date]:
    return (sides.start.date() + timedelta(days=int(day)) for day in np.nonzero(days)[0])
