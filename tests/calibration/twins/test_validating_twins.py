"""Two ways to the same figures: workers or none, and sums of a replay as the model's own measures tell them."""

import pytest

from calibration.simulated import simulated_contacts
from calibration.validating.history import MEASURES
from calibration.validating.validation import Asked, validate
from sim.replicate import Asked as Simulated
from sim.replicate import run
from sim.workers import worker_pool
from tests.calibration.laws.test_validating import REPLICATIONS, center


def test_workers_change_nothing() -> None:
    contacts = simulated_contacts(center())
    alone = validate(center(), contacts, None, Asked(1, REPLICATIONS, causes=False))
    with worker_pool(2) as pool:
        together = validate(center(), contacts, None, Asked(1, REPLICATIONS, causes=False), pool)
    assert alone == together


@pytest.mark.parametrize("measure", MEASURES)
def test_totals_are_those_of_the_simulation_of_the_replay(measure: str) -> None:
    from calibration.validating.heads import heads_of
    from calibration.validating.history import history_of
    from calibration.validating.replaying import replayed

    contacts = simulated_contacts(center())
    found = validate(center(), contacts, None, Asked(1, REPLICATIONS, causes=False))
    history = history_of(contacts, center())
    replay = replayed(center(), history, heads_of(center(), history, None, 1))
    result = run(replay, Simulated(seed=1, replications=REPLICATIONS))
    (row,) = (row for row in found.whole.totals if row.measure == measure)
    assert row.predicted == pytest.approx(result.value(measure), rel=1e-12)
