"""Laws: any record, however small or strange, becomes a scenario with its page, or a fault in a sentence."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.composing.center import fit_center
from calibration.composing.scenario import compose
from calibration.records.contacts import DAY_S, Contacts, Outcome
from results.calibration_gathering import gather_calibration
from results.calibration_tables import calibration_json, calibration_text
from scenarios import FaultyInput


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0, max_value=100_000))
def test_any_record_becomes_a_scenario_or_a_sentence(seed: int) -> None:
    contacts = strange_contacts(np.random.default_rng(seed))
    try:
        center = fit_center(contacts)
    except FaultyInput:
        return
    data = gather_calibration(center, compose(center, "strange"))
    json.dumps(calibration_json(data), allow_nan=False)
    assert calibration_text(data)


def strange_contacts(rng: np.random.Generator) -> Contacts:
    """A few or some hundred contacts; columns empty, all zero, or of every kind."""
    n, n_days, n_queues = (
        int(rng.choice([1, 2, 5, 20, 100, 600])),
        int(rng.choice([1, 2, 8, 30])),
        int(rng.choice([1, 4])),
    )
    hours = (0, DAY_S) if rng.random() < 0.2 else (9 * 3600, 17 * 3600)
    outcome = rng.choice(list(Outcome), n, p=[0.7, 0.2, 0.05, 0.05]) if rng.random() < 0.8 else np.zeros(n)
    answered = outcome == Outcome.ANSWERED
    waits = np.rint(rng.exponential(60.0, n)) * (rng.random(n) < 0.5) * (rng.random() < 0.9)
    talk_s = np.rint(rng.exponential(200.0, n)) * (rng.random() < 0.9)
    wrap_up_s = np.rint(rng.exponential(20.0, n)) if rng.random() < 0.5 else np.full(n, np.nan)
    return Contacts(
        first_day=date(2026, 1, 5 + int(rng.integers(7))),
        queues=tuple(f"Queue {i}" for i in range(n_queues)),
        queue=rng.integers(0, n_queues, n),
        joined_s=np.sort(rng.integers(0, n_days, n) * DAY_S + rng.integers(*hours, n)).astype(np.float64),
        outcome=outcome.astype(np.int64),
        waited_s=waits,
        talk_s=np.where(answered, talk_s, np.nan),
        wrap_up_s=np.where(answered, wrap_up_s, np.nan),
        menu_s=np.full(n, np.nan),
        agents=("a", "b", "c"),
        agent=np.where(answered, rng.integers(-1, 3, n), -1),
        customer=rng.integers(-1, max(n // 2, 1), n),
    )
