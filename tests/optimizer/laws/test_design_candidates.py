"""Laws of what may be chosen: budgets hold, what excludes each other is never taken together, nothing else is lost."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.design import candidates as candidates_module
from optimizer.design.candidates import candidates_of, without_bots_options
from scenarios import FaultyInput, from_data
from scenarios.choosing import exclude_each_other, options_of, with_options
from tests.optimizer.design_worlds import BUY, POINT, alone, options, shop

KEYS = {
    "contact_type.call.talk_s": [200, 220],
    "contact_type.call.patience_s": [100, 150],
    "assist": [{"groups": ["team"], "talk_factor": 0.9}],
    "assist.talk_factor": [0.8],
    BUY: [0.5, 0.9],
    "bot.menu.contact_type.call.of_100": [{"solved": 30, "wrongly_closed": 2, "handed_over": 68}],
    POINT: [0.5, 1.0],
}
AN_OPTION = (
    st.sampled_from(sorted(KEYS))
    .flatmap(
        lambda key: st.fixed_dictionaries(
            {key: st.sampled_from(KEYS[key]), "per_month": st.integers(0, 5).map(float)}
        )
    )
    .map(lambda option: {"assist.groups": ["team"], **option} if "assist.talk_factor" in option else option)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(AN_OPTION, min_size=1, max_size=5), st.none() | st.integers(0, 12))
def test_candidates_are_the_allowed_subsets(chosen: list[dict[str, object]], budget: int | None) -> None:
    limit = {} if budget is None else {"budget_per_month": budget}
    scenario = shop(design={"options": chosen, **limit})
    all_options = options_of(scenario)
    expected = {
        subset
        for n in range(len(all_options) + 1)
        for subset in combinations(range(len(all_options)), n)
        if not any(exclude_each_other(all_options[i], all_options[j]) for i, j in combinations(subset, 2))
        and (budget is None or sum(all_options[i].per_month for i in subset) <= budget)
    }
    found = candidates_of(alone(scenario))
    assert len(found) == len(expected)
    assert found[0].taken == ()
    assert len({candidate.key for candidate in found}) == len(found)
    for candidate in found:
        assert budget is None or candidate.per_month <= budget
        assert candidate.scenario.plan.design is None


def test_options_in_any_order_make_the_same_center() -> None:
    scenario = shop(design={"options": options()})
    careful, _, assist = options_of(scenario)
    one, other = (with_options(scenario, order) for order in ([careful, assist], [assist, careful]))
    assert one.bot == other.bot
    assert one.assist == other.assist


def test_the_two_ways_of_setting_a_bot_exclude_each_other() -> None:
    by_point = {"label": "point", POINT: 1.0}
    shares = {"solved": 45, "wrongly_closed": 25, "handed_over": 30}
    by_share = {"label": "shares", f"{POINT.rpartition('.')[0]}.of_100": shares}
    one, other = options_of(shop(design={"options": [by_point, by_share]}))
    assert exclude_each_other(one, other)


def test_of_100_counts_where_the_base_stands_at_a_point() -> None:
    key = f"{POINT.rpartition('.')[0]}.of_100"
    shares = {"solved": 45, "wrongly_closed": 25, "handed_over": 30}
    scenario = shop(design={"options": [{key: shares}]})
    center = with_options(scenario, options_of(scenario))
    assert center.bot["menu"].contact_type["call"].stands_at.solved == 45


def test_operating_points_are_options_but_for_the_one_where_the_bot_stands() -> None:
    found = options_of(shop(design={"operating_points": True}))
    assert [option.changes for option in found] == [{POINT: 1.0}]


def test_a_group_gains_skills_behind_its_own_and_a_route_of_last_rank() -> None:
    gained = [{"agent_group.team.skills.mail": {"talk_factor": 1.2}}, {"agent_group.team.skills.chat": True}]
    data = shop().as_dict()
    data["plan"]["design"] = {"options": gained}
    other = {"channel": "voice", "arrivals": {"per_h": 5}, "talk_s": 100}
    data["contact_type"] |= {"mail": {**other, "routed_to": [{"group": "aside", "rank": 3}]}, "chat": other}
    data["agent_group"]["aside"] = {"skills": ["mail", "chat"], "agents": {"present": 3}}
    scenario = from_data(data)
    center = with_options(scenario, options_of(scenario))
    skills = [(skill.contact_type, skill.talk_factor) for skill in center.agent_group["team"].skills]
    assert skills == [("call", 1.0), ("mail", 1.2), ("chat", 1.0)]
    routes = center.contact_type["mail"].routed_to
    assert routes is not None
    assert [(route.group, route.rank) for route in routes] == [("aside", 3), ("team", 4)]
    assert center.contact_type["chat"].routed_to is None


def test_prices_once_and_by_the_month_are_those_of_the_horizon() -> None:
    option = {"contact_type.call.talk_s": 200, "per_month": 300, "one_off": 2400}
    scenario = shop(design={"options": [option], "one_off_months": 24})
    nothing, taken = candidates_of(alone(scenario))
    assert nothing.beside == 0.0
    assert taken.beside == pytest.approx((300 + 2400 / 24) * 12 / 365.25)  # one day


def test_the_same_without_its_bot() -> None:
    found = candidates_of(alone(shop(design={"options": options()})))
    by_label = {candidate.label: candidate for candidate in found}
    assert without_bots_options(by_label["careful + assist"], found) is by_label["assist"]
    assert without_bots_options(by_label["careful"], found) is by_label["nothing"]
    assert without_bots_options(by_label["assist"], found) is by_label["nothing"]


def test_too_many_combinations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_module, "MOST", 4)
    with pytest.raises(FaultyInput) as raised:
        candidates_of(alone(shop(design={"options": options()})))
    assert str(raised.value) == (
        "shop: plan.design: makes more than 4 combinations, expected fewer options, or a smaller budget"
    )


def test_options_that_do_not_go_together_are_told() -> None:
    shares = f"{POINT.rpartition('.')[0]}.of_100"
    points = f"{POINT.rpartition('.')[0]}.operating_points"
    scenario = shop(
        design={
            "options": [
                {shares: {"solved": 45, "wrongly_closed": 25, "handed_over": 20, "left": 10}},
                {points: [{"solved": 30, "wrongly_closed": 2}, {"solved": 45, "wrongly_closed": 50}]},
            ]
        }
    )
    with pytest.raises(FaultyInput) as raised:
        candidates_of(alone(scenario))
    assert "adds up to 105 with those who leave (10), expected at most 100" in str(raised.value)
