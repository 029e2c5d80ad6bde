"""What holds of every validation: both sides count the same contacts, and parts add up to the whole."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from calibration.people.staffing import Staffing
from calibration.records.contacts import Contacts, Outcome
from calibration.records.spells import Spells
from calibration.simulated import simulated_contacts
from calibration.validating.comparing import Row
from calibration.validating.heads import from_scenario, from_staffing, group_of_agents, heads_of
from calibration.validating.history import history_of
from calibration.validating.replaying import replayed
from calibration.validating.validation import Asked, Validation, validate
from results.validation_csv import intervals_csv
from results.validation_data import validation_data
from results.validation_page import validation_html
from results.validation_text import validation_table
from scenarios import Scenario

MONDAY = date(2026, 3, 2)
REPLICATIONS = 19


def center(**calendar: object) -> Scenario:
    """Two types that call again, two groups, a bot: what a replay has to take off."""
    voice = {"channel": "voice", "talk_s": 200, "wrap_up_s": 20, "patience_s": 120}
    return Scenario.model_validate(
        {
            "name": "two-lines",
            "calendar": {"start": MONDAY, "days": 2, "hours": {"mon-sun": "08:00-18:00"}} | calendar,
            "busyness": {"day_cv": 0.3},
            "contact_type": {
                "order": voice
                | {
                    "label": "Orders",
                    "arrivals": {"per_h": 40},
                    "redial": {"share": 0.5, "delay_s": 300},
                    "service_target": "80/20",
                },
                "advice": voice | {"arrivals": {"per_h": 20}, "talk_s": 400, "priority": 2},
            },
            "agent_group": {
                "all_round": {"skills": ["order", "advice"], "agents": {"present": 3}},
                "orders_only": {"skills": ["order"], "agents": {"present": 2}},
            },
            "bot": {
                "menu": {
                    "contact_type": {"order": {"of_100": {"solved": 20, "handed_over": 80}, "session_s": 30}}
                }
            },
        }
    )


@pytest.fixture(scope="module")
def contacts() -> Contacts:
    return simulated_contacts(center())


@pytest.fixture(scope="module")
def found(contacts: Contacts) -> Validation:
    return validate(center(), contacts, None, Asked(1, REPLICATIONS))


def of(found: Validation, measure: str, scope: str) -> list[Row]:
    return [row for row in found.rows if row.measure == measure and row.scope == scope]


def test_every_recorded_contact_is_replayed_and_none_calls_again(found: Validation, contacts: Contacts):
    (total,) = of(found, "offered", "total")
    assert total.observed == total.predicted == total.low == total.high == contacts.offered.sum()
    for row in of(found, "offered", "interval"):
        assert row.observed == row.predicted


@pytest.mark.parametrize("scope", ["contact_type", "day", "hour", "interval"])
@pytest.mark.parametrize("measure", ["service_level", "abandonment_rate", "mean_wait_s"])
def test_parts_add_up_to_the_whole(found: Validation, measure: str, scope: str):
    (total,) = of(found, measure, "total")
    parts = of(found, measure, scope)
    n = sum(row.offered for row in parts)
    assert n == total.offered
    for side in ("observed", "predicted"):
        whole = sum(row.offered * getattr(row, side) for row in parts) / n
        assert whole == pytest.approx(getattr(total, side), rel=1e-9)


def test_limits_hold_the_prediction_of_a_total(found: Validation):
    for row in found.whole.totals:
        assert row.low <= row.predicted <= row.high
        assert row.bias == pytest.approx(row.predicted - row.observed)


def test_what_happened_is_counted_as_the_record_has_it(found: Validation, contacts: Contacts):
    by_measure = {row.measure: row for row in found.whole.totals}
    assert by_measure["abandonment_rate"].observed == contacts.abandoned.mean()
    assert by_measure["mean_wait_s"].observed == pytest.approx(contacts.waited_s.mean())
    within = contacts.answered & (contacts.waited_s <= 20.0)
    assert by_measure["service_level"].observed == within.mean()


def test_a_replay_has_laws_routing_and_nothing_that_calls_again(contacts: Contacts):
    scenario = center()
    history = history_of(contacts, scenario)
    replay = replayed(scenario, history, heads_of(scenario, history, None, 1))
    assert replay.contact_type["order"].redial is None
    assert replay.contact_type["advice"].priority == 2
    assert replay.contact_type["advice"].talk_s == scenario.contact_type["advice"].talk_s
    assert not replay.bot
    assert replay.busyness is None
    moments = replay.contact_type["order"].arrivals.replayed_s
    assert moments == tuple(np.sort(contacts.joined_s[contacts.queue == 0]))


def test_the_same_seed_gives_the_same_figures_and_another_does_not(found: Validation, contacts: Contacts):
    again = validate(center(), contacts, None, Asked(1, REPLICATIONS))
    assert again == found
    other = validate(center(), contacts, None, Asked(2, REPLICATIONS, causes=False))
    assert other.rows != found.rows


def test_queues_are_found_by_key_label_or_the_pooled_type(contacts: Contacts):
    renamed = replace(contacts, queues=("Orders", "ADVICE"))
    assert history_of(renamed, center()).left_out == {}
    strange = replace(contacts, queues=("Orders", "complaints"))
    history = history_of(strange, center())
    n = int((contacts.queue == 1).sum())
    assert history.left_out == {"queue 'complaints' is no contact type of two-lines": n}
    assert len(history.contacts) == len(contacts) - n


def test_contacts_of_closed_hours_are_on_neither_side(contacts: Contacts):
    """Ten at three in the night, whom nobody answers."""
    early = replace(
        contacts.of(np.arange(len(contacts)) < 10),
        joined_s=np.arange(10) + 10_800.0,
        outcome=np.full(10, int(Outcome.ABANDONED)),
    )
    both = {
        name: np.concatenate([getattr(early, name), getattr(contacts, name)])
        for name in contacts.__dataclass_fields__
        if isinstance(getattr(contacts, name), np.ndarray)
    }
    found = validate(center(), replace(contacts, **both), None, Asked(1, REPLICATIONS, causes=False))
    assert found.n_contacts == len(contacts)
    assert found.left_out == {"joined while the center was closed": 10}


def test_a_staffing_file_names_groups_or_is_divided_as_they_served(contacts: Contacts):
    scenario = center()
    history = history_of(contacts, scenario)
    start_s = np.repeat(np.arange(20) * 1800.0 + 28_800.0, 2)
    named = Staffing(start_s, np.tile([3.0, 2.0], 20), ("all round", "orders only") * 20, 1800, MONDAY)
    heads = from_staffing(scenario, history, named)
    assert heads.of_group("all_round")[16:36].tolist() == [3] * 20
    assert heads.of_group("orders_only").sum() == 40
    plain = Staffing(start_s[::2], np.full(20, 5.0), ("",) * 20, 1800, MONDAY)
    divided = from_staffing(scenario, history, plain)
    assert divided.hours == pytest.approx(50.0)
    assert divided.present[0].sum() > divided.present[1].sum()


def test_people_of_the_scenario_stand_in_where_the_records_name_nobody(contacts: Contacts):
    scenario = center()
    nobody = replace(contacts, agent=np.full(len(contacts), -1))
    heads = heads_of(scenario, history_of(nobody, scenario), None, 1)
    assert heads.hours == pytest.approx(2 * 10 * 5)
    assert "as the scenario has them" in heads.source
    week = center(days=7, closed=[])
    assert from_scenario(week, history_of(nobody, week)).hours == pytest.approx(100.0)


def test_agents_belong_to_the_group_of_their_name_or_of_what_they_serve(contacts: Contacts):
    scenario = center()
    by_name = group_of_agents(scenario, history_of(contacts, scenario))
    assert [name.rpartition("-")[0] for name in contacts.agents] == [
        tuple(scenario.agent_group)[group] for group in by_name
    ]
    unnamed = replace(contacts, agents=tuple(f"A{i}" for i in range(len(contacts.agents))))
    by_skill = group_of_agents(scenario, history_of(unnamed, scenario))
    served_advice = [
        bool(((contacts.agent == i) & (contacts.queue == 1)).any()) for i in range(len(by_skill))
    ]
    assert [group == 0 for group in by_skill] == served_advice


def test_all_forms_of_the_answer_can_be_written(found: Validation):
    data = json.loads(json.dumps(validation_data(found, 1.0), allow_nan=False))
    keys = {"measure", "scope", "name", "observed", "predicted", "low", "high"}
    assert all(set(row) == keys for row in data["validation"])
    scopes = {(row["measure"], row["scope"]) for row in data["validation"]}
    for measure in ("abandonment_rate", "mean_wait_s", "service_level", "offered"):
        for scope in ("total", "contact_type", "hour", "interval"):
            assert (measure, scope) in scopes
    table = validation_table(found, 30)
    assert max(len(line) for line in table.splitlines()) <= 100
    assert (
        "What hurts most" in table
        or "no assumption is to blame" in table
        or "nothing that was tried" in table
    )
    page = validation_html(found, 30)
    assert page.count("<svg") == 2
    assert len(intervals_csv(found).splitlines()) == 1 + len(of(found, "offered", "interval"))


def test_log_ins_go_before_what_the_records_tell(contacts: Contacts):
    """Three and two people logged in from 8:00 to 18:00, one of them at lunch for an hour on the first day."""
    names = ("all_round-1", "all_round-2", "all_round-3", "orders_only-1", "orders_only-2")
    days = np.repeat([0.0, 86_400.0], 5)
    spells = Spells(
        first_day=contacts.first_day,
        agents=names,
        agent=np.append(np.tile(np.arange(5), 2), 0),
        paused=np.append(np.zeros(10, dtype=np.bool_), True),
        began_s=np.append(days + 28_800.0, 43_200.0),
        ended_s=np.append(days + 64_800.0, 46_800.0),
    )
    unserved = contacts.of(contacts.joined_s < 30_000.0)  # so that nobody is kept by a contact
    history = history_of(unserved, center())
    heads = heads_of(center(), history, None, 1, spells)
    assert heads.source == "log-ins and pauses"
    assert not heads.inferred
    assert heads.of_group("all_round").sum() * heads.step_s == (30 - 1) * 3600
    assert heads.of_group("orders_only").sum() * heads.step_s == 20 * 3600
