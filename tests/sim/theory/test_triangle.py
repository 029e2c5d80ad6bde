"""Theory: the queueing triangle; each side found from the other two is the smallest or largest that fits."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.theory import (
    ErlangA,
    ErlangC,
    Target,
    UnreachableTarget,
    fitting_arrival_rate_per_s,
    queue_of,
    required_agents,
    required_agents_for_load,
)

every = settings(database=None, deadline=None, derandomize=True, max_examples=200)
TEXTBOOK = Target(share=0.8, awt_s=20.0, max_abandonment_rate=0.05)

shares = st.floats(0.02, 0.98)
targets = st.one_of(
    st.builds(Target, share=shares, awt_s=st.floats(0.0, 120.0)),
    st.builds(Target, max_abandonment_rate=st.floats(0.001, 0.6)),
    st.builds(Target, max_mean_wait_s=st.floats(0.1, 300.0)),
    st.builds(Target, max_delay_rate=shares, max_occupancy=shares),
    st.builds(Target, share=shares, awt_s=st.floats(1.0, 60.0), min_answer_rate=shares, max_occupancy=shares),
)
patiences_s = st.one_of(st.none(), st.floats(1.0, 1e5))


def test_the_textbook_center():
    """300 calls per half hour of 360 s, 80/20, patience 120 s: 62 people with at most 5 % abandonment, 61 without."""
    assert required_agents(300 / 1800, 360.0, 120.0, TEXTBOOK) == 62
    assert required_agents(300 / 1800, 360.0, 120.0, Target(share=0.8, awt_s=20.0)) == 61
    assert required_agents(300 / 1800, 360.0, None, Target(share=0.8, awt_s=20.0)) == 67


@every
@given(st.floats(0.01, 400.0), st.floats(10.0, 2000.0), patiences_s, targets)
def test_people_are_the_smallest_number_that_fits(load, handle_s, patience_s, target):
    n = required_agents(load / handle_s, handle_s, patience_s, target)
    assert target.is_met_by(queue_of(n, load / handle_s, handle_s, patience_s))
    assert n == 1 or not target.is_met_by(queue_of(n - 1, load / handle_s, handle_s, patience_s))


@every
@given(st.integers(1, 200), st.floats(10.0, 2000.0), patiences_s, targets)
def test_load_is_the_largest_that_fits(n, handle_s, patience_s, target):
    rate = fitting_arrival_rate_per_s(n, handle_s, patience_s, target)
    if rate == math.inf:  # a mean wait no shorter than patience: whoever calls, nobody waits longer
        assert target.is_met_by(queue_of(n, 1e5 * n / handle_s, handle_s, patience_s))
        return
    assert target.is_met_by(queue_of(n, rate, handle_s, patience_s))
    assert not target.is_met_by(queue_of(n, rate * (1.0 + 1e-9), handle_s, patience_s))


@every
@given(st.floats(0.01, 200.0), targets)
def test_people_grow_with_load(load, target):
    assert required_agents(load / 300.0, 300.0, 90.0, target) <= required_agents(
        1.1 * load / 300.0, 300.0, 90.0, target
    )


@pytest.mark.parametrize("load", [0.3, 60.0, 61.7, 5000.0])
def test_a_load_stands_for_the_rate_that_brings_it(load):
    assert required_agents_for_load(load, 360.0, 120.0, TEXTBOOK) == required_agents(
        load / 360.0, 360.0, 120.0, TEXTBOOK
    )


def test_balking_customers_need_no_agent_and_count_as_abandoned():
    patient = required_agents(60 / 360, 360.0, 120.0, Target(max_abandonment_rate=0.05))
    balking = required_agents(60 / 360, 360.0, 120.0, Target(max_abandonment_rate=0.05), balk_share=0.3)
    assert balking > patient


def test_nobody_calls():
    assert required_agents(0.0, 360.0, 120.0, TEXTBOOK) == 0


def test_any_load_fits_a_target_that_allows_everything():
    assert fitting_arrival_rate_per_s(5, 360.0, 120.0, Target(max_abandonment_rate=1.0)) == math.inf


def test_a_queue_without_end_meets_no_target():
    """Nobody abandons and occupancy is 1 at most, yet 5 people do not carry 6 erlangs."""
    endless = ErlangC(5, 6.0 / 300.0, 300.0)
    assert Target(max_abandonment_rate=0.5, max_occupancy=1.0).missed(endless) == (
        "max_abandonment_rate",
        "max_occupancy",
    )
    assert required_agents(6.0 / 300.0, 300.0, None, Target(max_occupancy=1.0)) == 7


def test_which_formula():
    assert isinstance(queue_of(5, 0.01, 360.0), ErlangC)
    assert queue_of(5, 0.01, 360.0, 60.0, 0.1) == ErlangA(5, 0.01, 360.0, 60.0, 0.1)
    with pytest.raises(ValueError, match="balk_share: needs a mean patience"):
        queue_of(5, 0.01, 360.0, None, 0.1)


@pytest.mark.parametrize(
    "limits",
    [
        {"share": 1.0, "awt_s": 20.0},
        {"max_abandonment_rate": 0.0},
        {"min_answer_rate": 1.0},
        {"max_mean_wait_s": 0.0},
        {"max_delay_rate": 0.0},
        {"max_occupancy": 0.0},
    ],
)
def test_limits_that_are_only_approached_are_named(limits):
    name = next(iter(limits))
    for search in (
        lambda target: required_agents(0.1, 360.0, 120.0, target),
        lambda target: fitting_arrival_rate_per_s(5, 360.0, 120.0, target),
    ):
        with pytest.raises(UnreachableTarget) as unreachable:
            search(Target(**limits))
        assert unreachable.value.limit == name
        assert str(unreachable.value).endswith("is approached but never reached by any number of people")


@pytest.mark.parametrize(("load", "occupancy"), [(2e6, 0.9), (60.0, 1e-6)])
def test_a_target_that_takes_a_million_people_is_refused(load, occupancy):
    with pytest.raises(UnreachableTarget, match=r"^the target would take more than 1,000,000 people$"):
        required_agents(load / 300.0, 300.0, 60.0, Target(max_occupancy=occupancy))


def test_nobody_abandons_in_erlang_c_so_zero_is_reached():
    assert required_agents(0.1, 360.0, None, Target(max_abandonment_rate=0.0, max_occupancy=0.9)) == 40


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({}, "a target needs at least one limit"),
        ({"share": 0.8}, "share and awt_s belong together: give both or neither"),
        ({"share": 80.0, "awt_s": 20.0}, "share: got 80.0, expected a share in [0, 1]"),
        ({"max_mean_wait_s": -1.0}, "max_mean_wait_s: got -1.0, expected a number of at least 0"),
    ],
)
def test_impossible_targets_are_refused(limits, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Target(**limits)


def test_a_target_names_what_it_misses():
    queue = ErlangA(58, 300 / 1800, 360.0, 120.0)
    target = Target(
        share=0.8, awt_s=20.0, max_abandonment_rate=0.05, max_occupancy=0.99, min_answer_rate=0.95
    )
    assert target.missed(queue) == ("share", "min_answer_rate", "max_abandonment_rate")
