"""Twins: paired differences against the obvious loop, and against unpaired ones."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from scenarios import Scenario, from_data
from sim.measures.result import Result
from sim.paired import deflection_rate, difference, streams_of
from sim.records.totals import AttemptSum
from sim.replicate import Asked, run
from tests.sim.worlds import center, team

N_REPLICATIONS = 8
ASKED = Asked(seed=3, replications=N_REPLICATIONS)


def two_types(n_agents: int) -> Scenario:
    types = {
        name: {
            "channel": "voice",
            "arrivals": {"per_day": per_day},
            "talk_s": 240,
            "patience_s": 90,
            "service_target": "80/20",
        }
        for name, per_day in (("a", 300), ("b", 150))
    }
    groups = {"team": team(n_agents, ["a", "b"], cost_per_h=20.0)}
    return center(types, groups, {"hours": {"mon-sun": "09:00-17:00"}})


@pytest.fixture(scope="module")
def baseline() -> Result:
    return run(two_types(4), ASKED)


@pytest.fixture(scope="module")
def design() -> Result:
    return run(two_types(5), ASKED, streams=streams_of(two_types(4)))


SUMS: dict[str, tuple[AttemptSum, AttemptSum | None]] = {
    "service_level": (AttemptSum.ANSWERED_WITHIN_AWT, AttemptSum.OFFERED),
    "mean_wait_s": (AttemptSum.WAIT_S, AttemptSum.OFFERED),
    "abandonment_rate": (AttemptSum.ABANDONED, AttemptSum.OFFERED),
    "answered": (AttemptSum.ANSWERED, None),
}


def influences(result: Result, measure: str, name: str) -> tuple[float, list[float]]:
    """Ratio, and of each replication (N − r D) ÷ mean D, from one row's sums, in plain Python."""
    row = 0 if name == "a" else 1
    over, under = SUMS[measure]
    of_type = [one.attempts[row].sum(axis=0) for one in result.totals]
    above = [float(sums[over]) for sums in of_type]
    below = [1.0 if under is None else float(sums[under]) for sums in of_type]
    ratio = sum(above) / sum(below)
    mean = sum(below) / len(below)
    return ratio, [(n - ratio * d) / mean for n, d in zip(above, below, strict=True)]


@pytest.mark.parametrize("measure", list(SUMS))
@pytest.mark.parametrize("name", ["a", "b"])
def test_a_difference_equals_the_loop_over_replications(design, baseline, measure, name):
    ours, our_errors = influences(design, measure, name)
    theirs, their_errors = influences(baseline, measure, name)
    squares = sum((a - b) ** 2 for a, b in zip(our_errors, their_errors, strict=True))
    deviation = math.sqrt(squares / (N_REPLICATIONS - 1) / N_REPLICATIONS)
    found = difference(design, baseline, measure, "contact_type", name)
    assert found.value == pytest.approx(ours - theirs)
    assert found.half_width == pytest.approx(special.stdtrit(N_REPLICATIONS - 1, 0.975) * deviation)


def test_the_same_customers_make_differences_sharp(design, baseline):
    """The half-width of the difference is well below that of two runs that have nothing in common."""
    for measure in ("service_level", "mean_wait_s", "abandonment_rate"):
        apart = math.hypot(design.estimate(measure).half_width, baseline.estimate(measure).half_width)
        assert difference(design, baseline, measure).half_width < 0.75 * apart


def test_a_design_against_itself_differs_in_nothing(baseline):
    for measure in ("service_level", "mean_wait_s", "occupancy", "wait_p90_s", "cost_total", "fresh"):
        found = difference(baseline, baseline, measure)
        assert (found.value, found.half_width) == (0.0, 0.0)


def test_fresh_contacts_and_paid_hours_do_not_depend_on_chance(design, baseline):
    """The same needs come to both designs; the fifth agent costs 8 h × 20."""
    assert difference(design, baseline, "fresh") == difference(design, baseline, "offered")
    assert difference(design, baseline, "fresh").value == 0.0
    cost = difference(design, baseline, "cost_labor")
    assert (cost.value, cost.half_width) == (pytest.approx(160.0), pytest.approx(0.0, abs=1e-9))


def test_only_pairs_are_compared(design):
    other_seed = run(two_types(4), Asked(seed=4, replications=N_REPLICATIONS))
    fewer = run(two_types(4), Asked(seed=3, replications=N_REPLICATIONS - 1))
    for other in (other_seed, fewer):
        with pytest.raises(ValueError, match="same seed and the same replications"):
            difference(design, other, "service_level")


def test_what_only_one_side_has_gives_no_difference(design):
    only_a = two_types(4).as_dict()
    del only_a["contact_type"]["b"]
    only_a["agent_group"]["team"]["skills"] = ["a"]
    other = run(from_data(only_a), ASKED)
    assert difference(design, other, "service_level", "contact_type", "b").value is None


def test_deflection_is_the_fall_of_needs_that_wanted_a_person(baseline):
    """A bot that solves half of type a: 1 − wanted with it ÷ wanted without it, replication by replication."""
    part = {"of_100": {"solved": 50, "handed_over": 50}, "session_s": 60}
    with_bot = two_types(4).changed({"bot": {"chat": {"contact_type": {"a": part}}}})
    found = deflection_rate(run(with_bot, ASKED, streams=streams_of(two_types(4))), baseline)
    fresh = (
        baseline.series("fresh", "contact_type", "a").numerator.sum()
        / baseline.series("fresh").numerator.sum()
    )
    assert found.value == pytest.approx(fresh / 2, abs=0.03)
    assert found.half_width is not None
    assert 0.0 < found.half_width < 0.05


def test_streams_follow_the_baseline():
    """In the design type b stands first: it still meets the customers of b."""
    design = two_types(4).as_dict()
    design["contact_type"] = {name: design["contact_type"][name] for name in ("b", "a")}
    reordered = run(from_data(design), ASKED, streams=streams_of(two_types(4)))
    base = run(two_types(4), ASKED)
    for name in ("a", "b"):
        ours, theirs = (r.series("fresh", "contact_type", name).numerator for r in (reordered, base))
        assert np.array_equal(ours, theirs)
