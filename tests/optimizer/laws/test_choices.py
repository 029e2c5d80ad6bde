"""Choices of when targets hold: which there are, which is harder, and that an easier one never costs more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from optimizer.choices import Choice, Weighed, choices_of, is_harder, weigh
from optimizer.kept import kept
from optimizer.options import PlanOptions
from optimizer.people import NoPlan
from optimizer.plan import Plan, plan
from scenarios import Scenario, load
from sim.measures.estimates import estimate

OPTIONS = PlanOptions(gap=0.0)
ALL_NAMES = ["interval", "day-with-floor", "day", "week-with-floor", "week", "horizon-with-floor", "horizon"]


def center(days: int = 2, **target: object) -> Scenario:
    """Free head counts for a team whose Tuesdays are quiet; half hours."""
    wanted = {"share": 0.8, "awt_s": 120, "over": "day", **target}
    return load("long-calls").changed(
        {
            "calendar.days": days,
            "contact_type.mortgage.arrivals.weekday": {"tue": 0.7},
            "contact_type.mortgage.service_target": wanted,
        }
    )


@pytest.fixture(scope="module")
def weighed() -> tuple[Weighed, ...]:
    return weigh(choices_of(center()), lambda choice: plan(choice.scenario, OPTIONS))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, {"interval": (), "day-with-floor": ("week", "horizon"), "day": ("week", "horizon")}),
        (15, dict.fromkeys(ALL_NAMES, ())),
        (
            5,
            {
                "interval": (),
                **dict.fromkeys(["day-with-floor", "day"], ()),
                **dict.fromkeys(["week-with-floor", "week"], ("horizon",)),
            },
        ),
    ],
)
def test_choices_that_mean_the_same_are_one(days: int, expected: dict[str, tuple[str, ...]]) -> None:
    found = choices_of(center(days))
    assert {one.name: one.same_as for one in found} == expected
    assert [one.name for one in found if one.is_own] == ["day"]


def test_units_that_are_asked_for_and_the_own_one() -> None:
    found = choices_of(center(15), ("horizon",))
    assert [one.name for one in found] == ["day", "horizon-with-floor", "horizon"]
    assert [one.name for one in choices_of(center(1), ("week",))] == ["day-with-floor", "day"]


def test_floors_are_its_own_or_three_quarters_of_the_share() -> None:
    assert next(one.floors for one in choices_of(center()) if one.floors) == {"mortgage": 0.6}
    own = choices_of(center(never_below=0.7))
    assert next(one.floors for one in own if one.floors) == {"mortgage": 0.7}
    assert [one.name for one in own if one.is_own] == ["day-with-floor"]


def test_a_target_without_a_share_has_no_floor() -> None:
    waits = load("half-hours")
    assert [one.name for one in choices_of(waits)] == ["interval", "day"]


def test_a_floor_below_a_share_of_every_interval_asks_for_nothing_more() -> None:
    found = choices_of(center(over="interval", never_below=0.5))
    assert [one.name for one in found if one.is_own] == ["interval"]


def test_targets_over_different_periods_stand_as_they_are() -> None:
    found = choices_of(load("bank-1999"), ("day",))
    assert [one.name for one in found] == ["as-in-the-file", "day-with-floor", "day"]
    assert found[0].scenario == load("bank-1999")


def test_which_is_harder() -> None:
    """The finer and the one with a floor; where shares of days count, only the floor."""
    by_name = {one.name: one for one in choices_of(center(15))}
    harder = {(a, b) for a in ALL_NAMES for b in ALL_NAMES if is_harder(by_name[a], by_name[b])}
    order = {
        "interval": ALL_NAMES,
        "day-with-floor": ALL_NAMES[1:],
        "day": ["day", "week", "horizon"],
        "week-with-floor": ALL_NAMES[3:],
        "week": ["week", "horizon"],
        "horizon-with-floor": ALL_NAMES[5:],
        "horizon": ["horizon"],
    }
    assert harder == {(a, b) for a, easier in order.items() for b in easier}
    of_days = {one.name: one for one in choices_of(_on_shares_of_days(center()))}
    assert is_harder(of_days["day-with-floor"], of_days["day"])
    assert not is_harder(of_days["interval"], of_days["day"])


def _on_shares_of_days(scenario: Scenario) -> Scenario:
    return scenario.changed({"plan.target_probability": 0.9})


def test_an_easier_choice_never_costs_more(weighed: tuple[Weighed, ...]) -> None:
    assert [one.choice.name for one in weighed] == [
        *("interval", "day-with-floor", "day", "week-with-floor", "week")
    ]
    for one in weighed:
        for other in weighed:
            if one.holds and is_harder(one.choice, other.choice):
                assert other.plan is not None
                assert one.plan is not None
                assert other.plan.cost <= one.plan.cost
                assert other.plan.lower_bound <= other.plan.cost + 1e-6


def test_every_interval_costs_more_than_the_day(weighed: tuple[Weighed, ...]) -> None:
    costs = {one.choice.name: one.plan.cost for one in weighed if one.plan is not None}
    assert costs["interval"] > costs["day"]


def test_the_worst_interval_is_that_of_the_simulation(weighed: tuple[Weighed, ...]) -> None:
    """Against ratios of sums taken one interval at a time."""
    (day,) = (one.plan for one in weighed if one.choice.name == "day")
    assert day is not None
    (told,) = kept(day.scenario, day.confirmed)
    levels = [
        estimate(one.numerator, one.denominator).value
        for i in range(96)
        if (one := day.confirmed.series("service_level", "contact_type", "mortgage", range(i, i + 1)))
    ]
    open_ones = [level for level in levels if level is not None]
    assert told.worst_interval.value == pytest.approx(min(open_ones))
    assert told.over_horizon.value is not None
    assert min(open_ones) < told.over_horizon.value


# --- Who stands for whom; searches are plans made once, at prices of our own -----------------------------------------


def searched(weighed: tuple[Weighed, ...], prices: Mapping[str, float | None]) -> Callable[[Choice], Plan]:
    plans = {one.choice.name: one.plan for one in weighed}

    def plan_of(choice: Choice) -> Plan:
        found, price = plans["interval"], prices[choice.name]
        if price is None:
            raise NoPlan("nobody may work then")
        assert found is not None
        return replace(found, cost=price, lower_bound=price - 10.0, scenario=choice.scenario)

    return plan_of


def small_choices() -> tuple[Choice, ...]:
    return choices_of(center(), ("interval", "day"))


def test_a_cheaper_plan_for_a_harder_choice_stands(weighed: tuple[Weighed, ...]) -> None:
    prices = {"interval": 900.0, "day-with-floor": 950.0, "day": 800.0}
    found = weigh(small_choices(), searched(weighed, prices))
    assert [(one.choice.name, one.planned_for) for one in found] == [
        ("interval", "interval"),
        ("day-with-floor", "interval"),
        ("day", "day"),
    ]
    taken = found[1].plan
    assert taken is not None
    assert taken.status == "best_found"
    assert (taken.cost, taken.lower_bound) == (900.0, 890.0)
    assert taken.gap == pytest.approx(10.0 / 900.0)
    target = taken.scenario.contact_type["mortgage"].service_target
    assert target is not None
    assert (target.over, target.never_below) == ("day", 0.6)


def test_without_a_plan_the_harder_one_stands_or_the_reason(weighed: tuple[Weighed, ...]) -> None:
    none = {"interval": None, "day-with-floor": 950.0, "day": None}
    by_name = {one.choice.name: one for one in weigh(small_choices(), searched(weighed, none))}
    assert by_name["interval"].plan is None
    assert by_name["interval"].why_not == "nobody may work then"
    assert by_name["day"].planned_for == "day-with-floor"


def test_an_interrupt_leaves_what_is_done(weighed: tuple[Weighed, ...]) -> None:
    """The own choice is planned first."""
    plan_of = searched(weighed, {"day": 800.0})

    def interrupted(choice: Choice) -> Plan:
        if choice.name != "day":
            raise KeyboardInterrupt
        return plan_of(choice)

    assert [one.choice.name for one in weigh(small_choices(), interrupted)] == ["day"]

    def at_once(_: Choice) -> Plan:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weigh(small_choices(), at_once)


def test_a_search_cut_short_is_the_last(weighed: tuple[Weighed, ...]) -> None:
    plan_of = searched(weighed, dict.fromkeys(("interval", "day-with-floor", "day"), 800.0))
    found = weigh(small_choices(), lambda choice: replace(plan_of(choice), is_cut_short=True))
    assert [one.choice.name for one in found] == ["day"]
