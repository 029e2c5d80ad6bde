"""What is said where nothing that may be done on the day covers busy days."""

import numpy as np
import pytest

from optimizer.people import Effort, NoPlan
from optimizer.uncertain.people import people_on_the_day
from tests.optimizer.uncertain_worlds import small_center

EFFORT = Effort(0.0, 20.0, "highs")


def required(n: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    people = np.zeros((1, 24), dtype=np.int64)
    people[0, 8:12] = n
    return people


def test_too_few_may_be_there() -> None:
    center = small_center(max_present=6, under_coverage="forbidden")
    with pytest.raises(NoPlan) as raised:
        people_on_the_day(center, "team", [required(4), required(5), required(9)], EFFORT)
    assert str(raised.value) == (
        "agent_group.team: no shifts, with all that plan.on_the_day allows, cover what busy days require; allow more "
        'there, or under_coverage = "priced"'
    )


def test_who_is_missing_is_said_by_class() -> None:
    center = small_center(max_present=6, under_coverage="priced")
    found = people_on_the_day(center, "team", [required(4), required(5), required(9)], EFFORT)
    assert found.uncovered == ("days of class 3 of 3: 12 hours of scheduled people short",)
