"""Theory of caps on occupancy: plans are made for them and checked for them, by group and over its types' periods."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.options import Method, PlanOptions
from optimizer.people import NoPlan
from optimizer.plan import plan
from optimizer.targets import caps_of, checks_of
from optimizer.together.bound import pooled_bound
from optimizer.together.promised import margins, masses_of, promised_by
from scenarios import Scenario
from sim.replicate import Asked, run
from tests.optimizer.together_worlds import EFFORT, QUICK, frame, n_center, trials

CAP = 0.6


def capped(**more: Any) -> Scenario:
    return n_center().changed({"agent_group.both.max_occupancy": CAP, **more})


def staffed(scenario: Scenario, people: int = 5) -> Scenario:
    return scenario.changed({f"agent_group.{name}.agents": {"present": people} for name in ("own", "both")})


@pytest.mark.parametrize(
    ("over_a", "over_b", "over"), [("day", "day", "day"), ("interval", "horizon", "interval")]
)
def test_a_cap_holds_over_the_finest_period_of_the_types_the_group_knows(
    over_a: str, over_b: str, over: str
) -> None:
    targets = {"contact_type.a.service_target.over": over_a, "contact_type.b.service_target.over": over_b}
    ((cap, found),) = caps_of(capped(**targets))
    assert found == over
    assert (cap.name, cap.measure, cap.sense, cap.wanted) == (
        "both",
        "live_occupancy",
        "at most",
        CAP,
    )


def test_without_targets_a_cap_holds_over_the_horizon_and_without_caps_nothing_changes() -> None:
    alone = capped(**{f"contact_type.{name}.service_target": None for name in "ab"})
    assert [over for _, over in caps_of(alone)] == ["horizon"]
    assert not list(caps_of(n_center()))


def test_a_check_of_a_cap_is_the_occupancy_of_its_group() -> None:
    center = staffed(capped())
    result = run(center, Asked(1, 40, by_interval=True))
    (check,) = (one for one in checks_of(center, result) if one.promise.scope == "agent_group")
    occupancy = result.estimate("live_occupancy", "agent_group", "both", check.period.intervals)
    assert occupancy.value is not None
    assert check.found == occupancy
    assert check.margin == pytest.approx(CAP - occupancy.value)
    assert str(check).startswith("both, mon (day 1): live occupancy ")
    promised = promised_by(center)
    margin, error = margins(promised, masses_of(promised, result))
    cap = promised.promises[promised.rows[-1].promise]
    assert (cap.name, cap.measure, cap.sense, cap.wanted) == (
        "both",
        "live_occupancy",
        "at most",
        CAP,
    )
    assert margin[-1] == pytest.approx(check.margin)
    assert error[-1] * 2.0 == pytest.approx(occupancy.half_width, rel=0.1)
    assert len(promised.of_types().rows) == len(promised.rows) - 1


@pytest.mark.parametrize("method", ["together", "in_turn"])
def test_plans_keep_a_cap(method: Method) -> None:
    """In each hour, where the plan without it is busier by far."""
    center = n_center().changed({f"contact_type.{name}.service_target.over": "interval" for name in "ab"})
    tight = center.changed({f"agent_group.{name}.max_occupancy": CAP for name in ("own", "both")})
    options = PlanOptions(
        time_limit_s=3.0, search_replications=100, replications=100, most_rounds=6, method=method
    )
    found = plan(tight, options)
    caps = [one for one in checks_of(found.scenario, found.confirmed) if one.promise.scope == "agent_group"]
    assert len(caps) == 2 * 4
    assert not any(one.clearly_missed(len(caps)) for one in caps), [str(one) for one in caps]
    assert not [miss for miss in found.misses if "live occupancy" in miss]
    busy = found.confirmed.estimate("live_occupancy", "agent_group", "both").value
    assert busy is not None
    assert busy <= CAP


def test_the_bound_is_of_types_alone() -> None:
    center = capped()
    bound = pooled_bound(frame(center), trials(center), EFFORT, 60)
    assert bound == pytest.approx(pooled_bound(frame(n_center()), trials(n_center()), EFFORT, 60), rel=0.1)


def test_a_cap_that_given_people_cannot_keep_is_out_of_reach() -> None:
    center = capped(**{"agent_group.both.agents": {"present": 3}})
    with pytest.raises(NoPlan) as raised:
        plan(center, QUICK)
    said = str(raised.value)
    assert "both, mon (day 1): live occupancy" in said
    assert "while the people of agent_group.both, who take it, are given and not planned" in said
