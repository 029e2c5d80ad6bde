"""Theory: figures that are known are found in simulated records, as surely as their standard errors say.

Five centers, twelve weeks each, 36 known figures. A limit of 4 standard errors on each is passed by chance in one of
500 records (36 · 6.3e-5, normal law); over eight seeds, 288 figures, the root mean square of their z-scores was 1.05
and the largest 2.8. The figures of the calibrated scenario, simulated, are held against those of the record by 21
differences, each with a limit of 4: by chance in one of 750 records.
"""

from __future__ import annotations

import numpy as np
import pytest

from calibration.composing.center import fit_center
from calibration.composing.of_people import heads_by_class
from calibration.people.people import Known
from calibration.records.contacts import DAY_S, Contacts
from calibration.records.spells import Spells
from calibration.simulated import simulated_contacts
from sim.replicate import Asked, run
from tests.calibration.truths import KNOWN, TRUTHS, Found, found_in, truth_of

LIMIT = 4.0
AWT_S = 20.0


@pytest.mark.parametrize("name", TRUTHS)
def test_known_figures_are_found_within_their_standard_errors(name: str) -> None:
    scores = found_in(name).z_scores
    assert set(scores) == set(KNOWN[name])
    assert {key: round(z, 1) for key, z in scores.items() if abs(z) > LIMIT} == {}


def test_standard_errors_are_neither_too_large_nor_too_small() -> None:
    """Root mean square of all z-scores; ±4 of its standard errors 1 / √(2 · 36): false alarm below one in 10,000."""
    scores = np.array([z for name in TRUTHS for z in found_in(name).z_scores.values()])
    spread = float(np.sqrt((scores**2).mean()))
    assert abs(spread - 1.0) <= LIMIT / np.sqrt(2.0 * len(scores))


@pytest.mark.parametrize("name", TRUTHS)
def test_the_law_behind_the_record_is_found(name: str) -> None:
    truth, found = found_in(name).truth, found_in(name).scenario
    for key, contact_type in truth.contact_type.items():
        assert found.contact_type[key].talk_s.law == contact_type.talk_s.law
        assert found.contact_type[key].patience_s.law == contact_type.patience_s.law


def test_event_days_and_closed_days_are_set_apart() -> None:
    demand = found_in("events-and-closed-days").center.demand
    apart = {one.date.isoformat(): one.kind for one in demand.odd_days}
    assert apart == {
        "2026-01-20": "missing",
        "2026-02-11": "surge",
        "2026-02-26": "missing",
        "2026-03-05": "surge",
    }


def test_opening_hours_and_weekday_classes_are_found() -> None:
    hours = found_in("exponential").scenario.calendar.hours
    assert hours == {"mon": "08:00-20:00", "tue-fri": "08:00-20:00", "sat": "09:00-14:00", "sun": "closed"}


@pytest.mark.parametrize("name", TRUTHS)
def test_the_calibrated_scenario_gives_back_the_records_own_figures(name: str) -> None:
    """Service level within 20 s, abandonment and mean wait, as in the record's usual days."""
    found = found_in(name)
    observed, error = observed_figures(found)
    result = run(found.scenario, Asked(seed=7, replications=60))
    for measure in observed:
        said = result.estimate(measure)
        assert said.value is not None
        assert said.half_width is not None
        spread = np.hypot(error[measure], said.half_width / 1.96)
        assert abs(said.value - observed[measure]) <= LIMIT * spread, (measure, said.value, observed[measure])


def observed_figures(found: Found) -> tuple[dict[str, float], dict[str, float]]:
    """The record's figures over its usual days, with standard errors from leaving out a week at a time (jackknife)."""
    center = found.center
    contacts = center.contacts
    usual = contacts.of(center.demand.usual[contacts.day])
    week = usual.day // 7
    whole = figures_of(usual)
    weeks = np.unique(week)
    left = [figures_of(usual.of(week != one)) for one in weeks]
    n = len(weeks)
    errors = {
        name: float(np.sqrt((n - 1) / n * sum((one[name] - whole[name]) ** 2 for one in left)))
        for name in whole
    }
    return whole, errors


def figures_of(contacts: Contacts) -> dict[str, float]:
    in_time = contacts.answered & (contacts.waited_s <= AWT_S)
    return {
        "service_level": float(in_time.mean()),
        "abandonment_rate": float(contacts.abandoned.mean()),
        "mean_wait_s": float(contacts.waited_s.mean()),
    }


@pytest.mark.parametrize("name", TRUTHS)
def test_first_contacts_and_returns_add_up_to_what_was_offered(name: str) -> None:
    """Redials come on top of first contacts, from which they were taken off: the week has what the record's has."""
    found = found_in(name)
    result = run(found.scenario, Asked(seed=7, replications=60))
    for key in found.scenario.contact_type:
        week = found.figure(f"contact_type.{key}.arrivals.per_interval", "offered_per_week")
        said = result.estimate("offered", "contact_type", key)
        assert said.value is not None
        assert said.half_width is not None
        assert week.standard_error is not None
        assert abs(said.value - week.value) <= LIMIT * np.hypot(week.standard_error, said.half_width / 1.96)


def test_people_who_log_in_are_the_people_present() -> None:
    """Everybody logs in at opening and out at closing: the heads of the truth, half hour by half hour."""
    truth = truth_of("exponential")
    contacts = simulated_contacts(truth, seed=1)
    spans = [
        (day * DAY_S + opens, day * DAY_S + closes)
        for day in range(contacts.n_days)
        for opens, closes in truth.calendar.open_spans_s(day)
    ]
    agents = np.repeat(np.arange(len(contacts.agents)), len(spans))
    moments = np.tile(np.array(spans, dtype=np.float64), (len(contacts.agents), 1))
    logins = Spells(
        first_day=contacts.first_day,
        agents=contacts.agents,
        agent=agents,
        paused=np.zeros(len(agents), dtype=np.bool_),
        began_s=moments[:, 0],
        ended_s=moments[:, 1],
    )
    center = fit_center(contacts, logins=logins)
    assert center.people.known is Known.LOGINS
    for name, heads in heads_by_class(center).items():
        first, past = center.demand.classes[[one.name for one in center.demand.classes].index(name)].spans[0]
        assert set(heads[0, first:past].tolist()) == {5}
