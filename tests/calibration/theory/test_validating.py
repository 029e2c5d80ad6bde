"""A known center's own records held against it: limits that hold what they say, and a wrong law found and named."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from calibration.people.ready import EDGES_S, Limits, law_of, ready_after_s
from calibration.people.staffing import Staffing
from calibration.simulated import simulated_contacts
from calibration.validating.heads import from_records
from calibration.validating.history import MEASURES, history_of
from calibration.validating.limits import coverage, inside, rank_of
from calibration.validating.validation import Asked, Validation, validate
from scenarios import Scenario

MONDAY = date(2026, 3, 2)


def center(**changes: object) -> Scenario:
    """Ten hours a day with 60 contacts an hour for six people: some wait, some leave."""
    calls = {
        "channel": "voice",
        "arrivals": {"per_h": 60},
        "talk_s": {"law": "lognormal", "mean": 300, "cv": 1.0},
        "wrap_up_s": {"law": "exponential", "mean": 30},
        "patience_s": 180,
        "service_target": "80/20",
    }
    return Scenario.model_validate(
        {
            "name": "known",
            "calendar": {"start": MONDAY, "days": 10, "hours": {"mon-sun": "08:00-18:00"}},
            "contact_type": {"call": calls | changes},
            "agent_group": {"team": {"skills": ["call"], "agents": {"present": 6}}},
        }
    )


def staffing(people: float = 6.0, days: int = 10) -> Staffing:
    """What a staffing file of this center says."""
    start_s = np.array([day * 86_400.0 + 1800.0 * i for day in range(days) for i in range(16, 36)])
    return Staffing(start_s, np.full(len(start_s), people), ("",) * len(start_s), 1800, MONDAY)


def held(
    model: Scenario, truth: Scenario, seed: int = 1, people: float = 6.0, causes: bool = True
) -> Validation:
    return validate(model, simulated_contacts(truth, seed), staffing(people), Asked(seed, 39, causes))


def test_limits_hold_nine_in_ten_whatever_the_distribution():
    # R = 39, k = 2: (R + 1 − 2k) / (R + 1) = 0.9 exactly. Standard error of 20,000 tries: 0.0021; four of them,
    # false alarms 6 in 100,000.
    draws = np.random.default_rng(1).lognormal(0.0, 2.0, size=(40, 20_000))
    assert rank_of(39) == 2
    assert abs(inside(draws[1:], draws[0]).mean() - 0.9) < 4 * 0.0021


def test_coverage_of_a_right_model_is_what_its_own_replications_have():
    draws = np.random.default_rng(2).normal(size=(40, 400))
    found = coverage(draws[1:], draws[0])
    # 38 others and k = 2: (39 − 4) / 39; the mean of 39 × 400 tries, four standard errors of independent ones.
    assert abs(found.expected - 35 / 39) < 4 * np.sqrt(0.9 * 0.1 / (39 * 400))
    assert found.low < found.share < found.high


def test_a_center_s_own_records_fall_between_its_limits():
    """Histories of a right model are covered as often as its own replications.

    Five histories of 200 half hours. Half hours of a day are not independent: the standard error of a history's
    coverage is the spread between replications, which are histories too. Four of them of the mean of five; false
    alarms 6 in 100,000.
    """
    truth = center()
    found = {measure: [] for measure in MEASURES}
    for seed in range(5):
        for measure, one in held(truth, truth, seed, causes=False).whole.coverage.items():
            spread = (one.high - one.low) / (2 * 1.645)
            found[measure].append((one.share - one.expected) / spread)
    for measure, scores in found.items():
        assert abs(np.mean(scores)) < 4 / np.sqrt(5), measure


def test_a_right_model_blames_nobody():
    # Misfit beyond the second highest of 39 right models: false alarms 1 in 20; this seed is none.
    found = held(center(), center())
    assert found.whole.misfit.is_chance
    assert found.whole.blame.hurts_most is None


@pytest.mark.parametrize(
    ("wrong", "people", "name"),
    [
        ({"patience_s": 90}, 6.0, "patience"),
        ({"talk_s": {"law": "lognormal", "mean": 240, "cv": 1.0}}, 6.0, "talk"),
        ({"wrap_up_s": {"law": "exponential", "mean": 90}}, 6.0, "wrap-up"),
        ({}, 6.4, "people present"),
    ],
    ids=["patience halved", "talk a fifth shorter", "wrap-up tripled", "people counted too many"],
)
def test_a_wrong_assumption_is_found_and_named(wrong: dict[str, object], people: float, name: str):
    found = held(center(**wrong), center(), people=people).whole
    assert not found.misfit.is_chance
    assert found.blame.hurts_most is not None
    assert found.blame.hurts_most.name == name
    assert found.blame.hurts_most.misfit.is_chance


def test_people_inferred_from_the_records_are_as_many_as_there_were():
    """Six people, ten hours, ten days: 600 hours, less the idle time before a first contact and after a last.

    With 5.5 of six busy that is a few minutes a person and day.
    """
    truth = center()
    history = history_of(simulated_contacts(truth), truth)
    assert from_records(truth, history, seed=1).hours == pytest.approx(600.0, rel=0.03)


def test_the_law_of_pauses_is_found_from_ends_seen_and_ends_between_limits():
    """Exponential pauses of mean 100 s: half are seen, half lie between two of many moments at which one looked.

    Share beyond 120 s: exp(−1.2) = 0.301, standard error below 0.006 with 8,000 pauses; four of them.
    """
    rng = np.random.default_rng(3)
    true_s = np.minimum(rng.exponential(100.0, 8000), 1150.0)
    looked_s = np.cumsum(rng.exponential(60.0, (8000, 80)), axis=1)  # whatever the pause
    seen = np.arange(8000) % 2 == 0
    low_s = np.where(seen, true_s, np.where(looked_s <= true_s[:, None], looked_s, 0.0).max(axis=1))
    high_s = np.where(seen, true_s, np.where(looked_s > true_s[:, None], looked_s, 1199.0).min(axis=1))
    found = Limits(low_s, high_s, np.zeros(8000, dtype=np.bool_))
    beyond = law_of(found)[EDGES_S[:-1] >= 120.0].sum()
    assert abs(beyond - np.exp(-1.2)) < 4 * 0.006
    drawn_s = ready_after_s(found, seed=1)
    assert ((drawn_s >= low_s) & (drawn_s <= high_s)).all()
    assert abs(drawn_s.mean() - true_s.mean()) < 4 * 100.0 / np.sqrt(8000)


def test_occupancy_of_both_sides_is_the_same_work():
    truth = center()
    rows = {row.measure: row for row in held(truth, truth, causes=False).whole.totals}
    assert rows["occupancy"].low <= rows["occupancy"].observed <= rows["occupancy"].high


def test_customers_of_a_surge_are_found_and_their_haste_is_named():
    """On one day of three weeks 240 callers come in an hour of a usual 60; they leave after 15 s and talk for 20."""
    noon_s = 3 * 86_400 + 43_200
    rush = {
        "channel": "voice",
        "arrivals": {"replay": (noon_s + np.arange(240) * 15.0).tolist()},
        "talk_s": 20,
        "patience_s": 15,
    }
    usual = center().changed({"calendar.days": 21})
    data = usual.as_dict()
    data["contact_type"]["rush"] = rush
    data["agent_group"]["team"]["skills"] = ["call", "rush"]
    contacts = simulated_contacts(Scenario.model_validate(data))
    alike = replace(contacts, queues=("call",), queue=np.zeros_like(contacts.queue))
    found = validate(usual, alike, staffing(days=21), Asked(1, 39))
    assert [one.day for one in found.surges] == [3]
    assert found.usual is not None
    assert found.usual.misfit.is_chance
    assert not found.whole.misfit.is_chance
    assert found.whole.blame.hurts_most is not None
    assert found.whole.blame.hurts_most.name == "customers of surges"
    assert found.whole.blame.hurts_most.misfit.value < 0.5 * found.whole.misfit.value
