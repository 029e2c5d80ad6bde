"""Defaults of the format, as its page states them."""

from scenarios import from_data
from scenarios.scenario import Scenario

SMALL = {
    "name": "small",
    "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 600}, "talk_s": 300}},
    "agent_group": {"team": {"skills": ["call"], "agents": {"present": 52}}},
    "bot": {"menu": {"contact_type": {"call": {}}}},
}


def small() -> Scenario:
    return from_data(SMALL)


def test_defaults_of_a_contact_type() -> None:
    call = small().contact_type["call"]
    assert (call.resolution_rate, call.short_abandon_s, call.arrivals.factor) == (1, 5, 1)
    assert (call.wrap_up_s, call.patience_s, call.redial, call.reconnect, call.transfer) == (None,) * 5


def test_defaults_of_a_group() -> None:
    team = small().agent_group["team"]
    assert (team.policy, team.cost_per_h, team.max_occupancy) == ("priority", 0, None)
    assert [(s.contact_type, s.talk_factor, s.resolution_rate, s.weight) for s in team.skills] == [
        ("call", 1, None, 1)
    ]
    assert team.shrinkage.available_share == 1


def test_defaults_of_a_bot() -> None:
    menu = small().bot["menu"]
    assert (menu.always_on, menu.selectivity, menu.max_sessions) == (False, 0, None)
    served = menu.contact_type["call"]
    assert (served.entry_share, served.of_100.handed_over, served.of_100.contained) == (1, 100, 0)
    assert (served.handover.talk_factor, served.handover.patience_factor) == (1, 1)
    assert not served.wrongly_closed_skip_bot


def test_defaults_of_the_center() -> None:
    scenario = small()
    assert (scenario.calendar.at_close, scenario.calendar.on_time_up) == ("serve", "person")
    assert (scenario.calendar.warm_up_h, scenario.calendar.run_out_h, scenario.lines) == (None, None, None)
    assert (scenario.label, scenario.label_of("agent_group", "team")) == ("small", "team")


def test_defaults_of_the_experience_model() -> None:
    experience = {
        "effort": {"per_wait_min": 0.1, "per_contact": 1, "per_transfer": 0.5, "per_bot_loop": 0.7},
        "satisfaction": {"base": 0.7, "above_expectation": 0.1, "below_expectation": -0.1, "resolved": 0.2},
        "churn": {"base": 0.05, "unresolved": 0.25, "stated_to_real": 0.15},
    }
    assert small().experience is None
    assert small().contact_type["call"].expectation is None
    stated = small().changed({"experience": experience, "contact_type.call.expectation": {"wait_s": 45}})
    assert stated.experience is not None
    assert (stated.experience.delight, stated.experience.customer_value) == (None, 0)
    assert stated.experience.effort.per_deferred_h == 0
    expectation = stated.contact_type["call"].expectation
    assert expectation is not None
    assert (expectation.wait_cv, expectation.contacts, expectation.drift_per_year) == (0, 1, 0)


def test_short_target_is_a_share_within_seconds() -> None:
    target = (
        small().changed({"contact_type.call.service_target": "80/20"}).contact_type["call"].service_target
    )
    assert target is not None
    assert (target.share, target.awt_s, target.over) == (0.8, 20, "interval")


def test_shrinkage_of_scheduled_time() -> None:
    """(1 − 0.12)(1 − 0.06) · 0.95 = 0.78584."""
    keys = {"planned": 0.12, "absent": 0.06, "adherence": 0.95}
    team = small().changed({"agent_group.team.shrinkage": keys}).agent_group["team"]
    assert round(team.shrinkage.available_share, 12) == 0.78584


def test_labels_by_language() -> None:
    scenario = small().changed({"label": {"en": "Small", "zh": "小"}, "contact_type.call.label": "Calls"})
    assert (scenario.label, scenario.label_in("zh"), scenario.label_in("de")) == ("Small", "小", "Small")
    assert scenario.label_of("contact_type", "call", "zh") == "Calls"
