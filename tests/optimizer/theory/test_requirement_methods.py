"""Requirements by method on a day whose exact answer is known: the Kolmogorov equations of M(t)/M/s(t)+M, integrated.

Handle times are half as long as a period and the rates change sixfold: SIPP brings people too early and sends them away
too early. The simulation stands beside the exact figures within four standard errors: six comparisons fail by chance
once in 2,600 runs.
"""

import numpy as np
import pytest

from optimizer.requirement.by_simulation import with_heads
from optimizer.requirement.load import shifted
from optimizer.requirement.methods import METHODS, Method, Requirement, Search, requirement
from optimizer.requirement.side_by_side import try_methods
from scenarios import Scenario, from_data
from sim.replicate import Asked, run
from tests.optimizer.exact import half_hours
from tests.optimizer.exact.half_hours import (
    FIRST_INTERVAL,
    MAX_DELAY_RATE,
    N_PERIODS,
    delay_rates_of_heads,
    required_by_sipp,
)

SEARCH = Search(replications=(200, 1000))
NOISE = 0.03  # of a period's share on 1,000 replications, 95 %


def day(on_time_up: str = "seat", **target: float) -> Scenario:
    """The six half hours, with people by the interval and perhaps another target."""
    center = half_hours.scenario(on_time_up)
    return center.changed({"contact_type.call.service_target": target}) if target else center


def people_of(found: Requirement) -> list[int]:
    people: list[int] = found.people[0, FIRST_INTERVAL : FIRST_INTERVAL + N_PERIODS].tolist()
    assert found.people.sum() == sum(people)
    return people


def heads(people: list[int]) -> list[int]:
    """All intervals of the day."""
    return [0] * FIRST_INTERVAL + people + [0] * (48 - FIRST_INTERVAL - len(people))


def test_simulation_is_the_transient_law() -> None:
    sipp = required_by_sipp()
    scenario = with_heads(day(), {"team": np.array(heads(sipp))})
    result = run(scenario, Asked(seed=11, replications=2000, by_interval=True))
    for i, exact in enumerate(delay_rates_of_heads(sipp)):
        found = result.estimate("delay_rate", "contact_type", "call", FIRST_INTERVAL + i)
        assert found.value is not None
        assert found.half_width is not None
        assert found.value == pytest.approx(exact, abs=2.0 * found.half_width)


def test_sipp_is_erlang_a_on_each_interval_by_itself() -> None:
    assert required_by_sipp() == [5, 8, 12, 10, 6, 3]
    assert people_of(requirement(day(), "team", "sipp")) == required_by_sipp()


def test_sipp_breaks_the_target_where_lagged_sipp_and_mol_hold_it() -> None:
    worst = {}
    for method in ("sipp", "lagged_sipp", "mol"):
        worst[method] = max(delay_rates_of_heads(people_of(requirement(day(), "team", method))))
    assert worst["sipp"] == pytest.approx(0.466, abs=0.001)
    assert worst["lagged_sipp"] < MAX_DELAY_RATE + 0.01  # by 0.008 in the first period, which begins empty
    assert worst["mol"] < MAX_DELAY_RATE + 0.01


def test_simulated_holds_everywhere_and_nobody_can_be_spared() -> None:
    found = requirement(day(), "team", "simulated", SEARCH)
    people, settled = people_of(found), found.settled
    assert settled is not None
    assert settled.complete
    assert not settled.misses
    assert max(delay_rates_of_heads(people)) < MAX_DELAY_RATE + NOISE
    for i in range(len(people)):
        fewer = [n - (i == j) for j, n in enumerate(people)]
        worst = max(delay_rates_of_heads(fewer))
        sure = settled.one_fewer.beyond_noise[FIRST_INTERVAL + i]
        assert worst > MAX_DELAY_RATE - (0.0 if sure else NOISE), (i, fewer)


def test_people_who_stay_late_save_people() -> None:
    # As persons, those who finish late do so beside the others: never more people are needed than with seats.
    quick = Search(replications=(200,))
    seats = people_of(requirement(day("seat"), "team", "simulated", quick))
    persons = people_of(requirement(day("person"), "team", "simulated", quick))
    assert sum(persons) < sum(seats)
    assert persons[:4] == seats[:4]  # on the rise nobody goes


@pytest.mark.parametrize(
    "target",
    [
        {"max_abandonment_rate": 0.05},
        {"max_mean_wait_s": 60.0},
        {"share": 0.8, "awt_s": 60.0},
        {"min_answer_rate": 0.95},
        {"share": 0.7, "awt_s": 60.0, "max_abandonment_rate": 0.06},
    ],
)
def test_every_kind_of_target_is_held(target: dict[str, float]) -> None:
    scenario = day("seat", **target)
    (tried,) = try_methods(scenario, ["simulated"], Search(replications=(200,)), 400)
    assert tried.needed["team"].settled is not None
    assert not tried.needed["team"].settled.misses
    for one in tried.checks:  # on fresh customers, within four standard errors
        assert one.check.margin > -2.0 * (one.check.found.half_width or 0.0), str(one.check)


def test_a_cap_on_occupancy_needs_people_of_its_own() -> None:
    data = day().changed({"agent_group.team.max_occupancy": 0.6})
    (tried,) = try_methods(data, ["simulated"], Search(replications=(200,)), 1000)
    assert tried.needed["team"].people.sum() > 45 + N_PERIODS  # 45 without the cap
    cap = [one for one in tried.checks if one.check.promise.measure == "live_occupancy"]
    assert len(cap) == N_PERIODS
    assert not any(one.check.clearly_missed(len(tried.checks)) for one in cap)


def steady(per_h: float = 120.0) -> Scenario:
    return from_data(
        {
            "name": "steady",
            "calendar": {"days": 1, "interval_min": 30},
            "contact_type": {
                "call": {
                    "channel": "voice",
                    "arrivals": {"per_h": per_h},
                    "talk_s": 300,
                    "patience_s": 120,
                    "service_target": "80/20",
                }
            },
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
        }
    )


@pytest.mark.parametrize("method", [method for method in METHODS if method != "simulated"])
def test_formulas_agree_where_nothing_changes(method: Method) -> None:
    found = requirement(steady(), "team", method)
    assert found.people.tolist() == requirement(steady(), "team", "mol").people.tolist()
    assert found.offered_load_erl == pytest.approx(10.0)


def test_a_lag_moves_rates_by_parts_of_an_interval() -> None:
    rates = np.array([0.0, 4.0, 8.0, 0.0])
    assert shifted(rates, 1.0, False).tolist() == [0.0, 0.0, 4.0, 8.0]
    assert shifted(rates, 0.25, False).tolist() == [0.0, 3.0, 7.0, 2.0]
    assert shifted(rates, 2.5, True).tolist() == [6.0, 4.0, 0.0, 2.0]
    assert shifted(rates, 9.0, False).tolist() == [0.0] * 4


def test_without_a_promise_people_carry_the_work_and_the_formula_stands() -> None:
    data = steady().as_dict()
    del data["contact_type"]["call"]["service_target"]
    for method in METHODS:
        found = requirement(from_data(data), "team", method, Search(replications=(2,)))
        assert set(found.people.ravel().tolist()) == {11}, method  # 10 erlangs


def test_a_target_over_the_day_is_not_paid_by_one_interval() -> None:
    # Whoever can be spared over the day goes where most is to spare: no half hour is left to itself.
    center = day("seat", max_delay_rate=0.25).changed({"contact_type.call.service_target.over": "day"})
    people = people_of(requirement(center, "team", "simulated", Search(replications=(200,))))
    exact = delay_rates_of_heads(people)
    assert sum(people) <= 44  # in every half hour it takes 45
    assert max(exact) < 0.5  # quiet half hours weigh little; `never_below` is there for them
