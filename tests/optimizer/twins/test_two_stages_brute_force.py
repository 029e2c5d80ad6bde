"""The two-stage model of one hour against every number of people tried in turn."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optimizer.uncertain.actions import Actions
from tests.optimizer.uncertain_worlds import expected_cost_h, two_stage


def cost_of(people: int, needs: list[int], actions: Actions) -> float:
    """Expected cost of so many people in one hour, each class doing the cheapest that covers it; infinite if none."""
    ways = []
    if actions.call_in_cost is not None:
        most = (
            math.inf if actions.most_called_in is None else math.floor(actions.most_called_in * people + 1e-9)
        )
        ways.append((actions.call_in_cost, most))
    if actions.outsource_cost is not None:
        ways.append((actions.outsource_cost, actions.most_outsourced or math.inf))
    total = 0.0
    for need in needs:
        short = need - people
        for price, most in sorted(ways):
            used = max(0.0, min(short, most))
            total += price * used
            short -= int(used)
        if short > 0:
            return math.inf
        home = math.floor(actions.send_home * people + 1e-9)
        total -= min(home, max(0, people - need))
    return people + total / len(needs)


@settings(max_examples=60, deadline=None)
@example(
    needs=[0, 0, 2], call_in=1.1, share=0.25, outsource=None, most=1, home=0.5
)  # unbounded: HiGHS lost it
@given(
    needs=st.lists(st.integers(0, 12), min_size=1, max_size=4),
    call_in=st.none() | st.sampled_from([1.1, 1.5, 2.5]),
    share=st.none() | st.sampled_from([0.0, 0.25, 0.5]),
    outsource=st.none() | st.sampled_from([1.05, 1.7]),
    most=st.integers(1, 4),
    home=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
)
def test_every_number_tried(
    needs: list[int],
    call_in: float | None,
    share: float | None,
    outsource: float | None,
    most: int,
    home: float,
) -> None:
    actions = Actions(
        call_in_cost=call_in,
        most_called_in=share,
        send_home=home,
        outsource_cost=outsource,
        most_outsourced=most,
    )
    best = min(cost_of(people, needs, actions) for people in range(max(needs) + 1))
    if max(needs) == 0:
        assert best == 0.0
        return
    assert expected_cost_h(two_stage([[need] for need in needs], actions)) == pytest.approx(best)
