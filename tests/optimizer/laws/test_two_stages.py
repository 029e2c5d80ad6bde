"""Two stages: never dearer than one; more that may be done never costs more; who was sent home stays there."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.shifts.rules import ShiftRules
from optimizer.uncertain.actions import Actions
from tests.optimizer.shift_worlds import days, hours, people, problem, solved
from tests.optimizer.uncertain_worlds import expected_cost_h, solve, two_stage

NEEDS = st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=3)
ACTIONS = st.builds(
    Actions,
    call_in_cost=st.none() | st.sampled_from([1.0, 1.5, 3.0]),
    most_called_in=st.none() | st.sampled_from([0.2, 0.5]),
    stay_intervals=st.integers(1, 3),
    send_home=st.sampled_from([0.0, 0.25, 1.0]),
    outsource_cost=st.none() | st.sampled_from([1.2, 2.0]),
    most_outsourced=st.none() | st.integers(0, 2),
    from_interval=st.integers(0, 2),
)
RULES = ShiftRules(lengths_s=hours(2, 3))


@settings(max_examples=25, deadline=None)
@given(needs=NEEDS, actions=ACTIONS)
def test_never_dearer_than_shifts_alone(needs: list[list[int]], actions: Actions) -> None:
    most = np.max(needs, axis=0).tolist()
    horizon = days((8.0, 12.0))
    one_stage, _ = solved(problem(horizon, people(horizon, most), RULES))
    assert one_stage.objective is not None
    with_actions = expected_cost_h(two_stage(needs, actions, RULES, "shifts"))
    assert with_actions <= one_stage.objective + 1e-6
    nothing = expected_cost_h(two_stage(needs, Actions(), RULES, "shifts"))
    assert abs(nothing - one_stage.objective) <= 1e-6


@settings(max_examples=15, deadline=None)
@given(needs=NEEDS, actions=ACTIONS)
def test_who_is_sent_home_stays_there(needs: list[list[int]], actions: Actions) -> None:
    two_stages = two_stage(needs, actions, RULES, "shifts")
    _, found = solve(two_stages)
    model: Any = found
    for (k, i), each in model.sent_home.items():
        if (k, i - 1) in model.sent_home:
            end = sum(
                people.value
                for (start, n_slots, *_), people in model.people.items()
                if start + n_slots == i * two_stages.shifts.slots.n_per_interval
            )
            assert each.value >= model.sent_home[k, i - 1].value - end - 1e-6
