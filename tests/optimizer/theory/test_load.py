"""Modified offered load for any law of handle times, against closed forms: exponential, constant, lognormal."""

import numpy as np
import pytest

from optimizer.horizon import FloatArray
from optimizer.requirement.load import HandleLaw, modified_offered_load_erl
from optimizer.requirement.work import pool_of
from scenarios import from_data
from scenarios.laws import Lognormal
from sim.chance.laws import quantile_of
from sim.theory import (
    ConstantService,
    ExponentialService,
    LognormalService,
    ServiceTime,
    offered_load_of_law_erl,
)

RATES = np.array([0.0, 0.01, 0.02, 0.01, 0.0, 0.0, 0.0, 0.0])
INTERVAL_S = 1800.0
U: FloatArray = (np.arange(20_000) + 0.5) / 20_000
LAWS: dict[str, tuple[FloatArray, ServiceTime]] = {
    "exponential": (-2700.0 * np.log1p(-U), ExponentialService(2700.0)),
    "constant": (np.full(len(U), 2700.0), ConstantService(2700.0)),
    "lognormal": (quantile_of(Lognormal(mean=2700.0, cv=0.7)).many(U), LognormalService(2700.0, 0.7)),
}


@pytest.mark.parametrize("repeats", [False, True])
@pytest.mark.parametrize("name", LAWS)
def test_any_law_is_its_closed_form(name: str, repeats: bool) -> None:
    values, exact = LAWS[name]
    law = HandleLaw(values, np.full(len(values), 1.0 / len(values)))
    found = modified_offered_load_erl(RATES, INTERVAL_S, law, repeats=repeats)
    expected = offered_load_of_law_erl(RATES, INTERVAL_S, exact, repeats=repeats).mean_erl
    # A grid of 20,000 midpoints leaves out a thousandth of the tail.
    assert found == pytest.approx(expected, rel=2e-3, abs=1e-3)


def test_short_handle_times_are_taken_by_their_mean() -> None:
    law = HandleLaw(np.array([100.0, 300.0]), np.array([0.5, 0.5]))
    exact = offered_load_of_law_erl(RATES, INTERVAL_S, ExponentialService(200.0)).mean_erl
    assert modified_offered_load_erl(RATES, INTERVAL_S, law, repeats=False) == pytest.approx(exact)


def test_the_law_of_a_pool_weighs_types_by_their_work() -> None:
    # Ten short calls and one long one an hour: 1,000 and 3,000 s of work.
    calls = {"channel": "voice", "service_target": "80/20"}
    scenario = from_data(
        {
            "name": "two",
            "calendar": {"interval_min": 5},
            "contact_type": {
                "short": {**calls, "arrivals": {"per_h": 10}, "talk_s": {"law": "constant", "value": 100}},
                "long": {**calls, "arrivals": {"per_h": 1}, "talk_s": {"law": "constant", "value": 3000}},
            },
            "agent_group": {"team": {"skills": ["short", "long"], "agents": {"present": 3}}},
        }
    )
    pool = pool_of(scenario, "team")
    assert pool.law.mean_s == pytest.approx(pool.mean_handle_s)
    # Work in hand older than t: that of the long calls alone once t is above 100 s.
    left = pool.mean_handle_s - pool.law.capped_s(100.0)
    assert left / pool.mean_handle_s == pytest.approx(0.75 * 2900 / 3000, rel=1e-6)
