"""Laws of composing: queues become types, statements become a scenario with its sources, spans keep the days' names."""

from __future__ import annotations

from datetime import date

import numpy as np

from calibration.composing.contact_types import contact_types, keys_of
from calibration.composing.law_values import law_value
from calibration.composing.spans import between, spells_between
from calibration.composing.statements import Statement, assumed, scenario_data
from calibration.estimate import Estimate
from calibration.records.contacts import Contacts, Outcome
from calibration.records.spells import Spells


def contacts_of(queue: list[int], queues: tuple[str, ...], joined_s: list[float] | None = None) -> Contacts:
    n = len(queue)
    nothing = np.full(n, np.nan)
    return Contacts(
        first_day=date(2026, 1, 5),
        queues=queues,
        queue=np.array(queue),
        joined_s=np.array(joined_s if joined_s is not None else np.arange(n), dtype=np.float64),
        outcome=np.full(n, Outcome.ANSWERED),
        waited_s=np.zeros(n),
        talk_s=np.full(n, 100.0),
        wrap_up_s=nothing,
        menu_s=nothing,
        agents=(),
        agent=np.full(n, -1),
        customer=np.full(n, -1),
    )


def test_rare_queues_are_left_out_where_together_they_are_few() -> None:
    found = contact_types(contacts_of([0] * 50 + [1] * 3 + [2] * 2, ("Sales", "AA", "BB")), enough=10)
    assert found.names == ("sales",)
    assert found.left_out == {"AA": 3, "BB": 2}
    assert found.pooled == {}
    assert len(found.contacts) == 50


def test_rare_queues_share_a_type_where_together_they_are_enough() -> None:
    found = contact_types(contacts_of([0] * 8 + [1] * 50 + [2] * 7, ("AA", "Sales", "BB")), enough=10)
    assert found.labels == ("Sales", "others")
    assert found.pooled == {"AA": 8, "BB": 7}
    assert np.bincount(found.contacts.queue).tolist() == [50, 15]


def test_few_contacts_in_all_are_one_type() -> None:
    found = contact_types(contacts_of([0, 0, 1], ("AA", "BB")), enough=10)
    assert found.names == ("others",)
    assert len(found.contacts) == 3


def test_types_are_in_order_of_size() -> None:
    found = contact_types(contacts_of([0] * 20 + [1] * 50, ("small", "large")), enough=10)
    assert found.labels == ("large", "small")


def test_keys_are_short_words_each_once() -> None:
    assert keys_of(("Sales (EU)", "sales-eu", "投诉", "投诉2")) == ("sales_eu", "sales_eu_2", "queue", "2")


def test_shares_of_a_law_add_up_to_one() -> None:
    law = law_value({"law": "hyperexponential", "shares": [1 / 3, 2 / 3], "means": [12.34567, 999.99]})
    assert law == {"law": "hyperexponential", "shares": [0.3333, 0.6667], "means": [12.35, 1000.0]}
    thirds = law_value({"law": "hyperexponential", "shares": [1 / 3] * 3, "means": [1.0, 2.0, 3.0]})
    assert sum(thirds["shares"]) == 1.0
    parts = [
        {"share": 0.050512, "law": {"law": "exponential", "mean": 3.88123}},
        {"share": 0.949488, "law": {"law": "lognormal", "mean": 204.987, "cv": 1.10987}},
    ]
    mixed = law_value({"law": "mixture", "of": parts})
    assert sum(part["share"] for part in mixed["of"]) == 1.0
    assert mixed["of"][1]["law"] == {"law": "lognormal", "mean": 205.0, "cv": 1.11}


def test_statements_become_a_table_and_its_sources() -> None:
    talk = Statement(
        {"law": "exponential", "mean": 200.0}, "a record", "A", {"mean": Estimate(200.0, 1.234, 50)}
    )
    data = scenario_data(
        [
            ("contact_type.call.talk_s", talk),
            ("agent_group.team.cost_per_h", assumed(25.0, "money of today")),
        ],
        {"name": "small", "contact_type.call.channel": "voice"},
    )
    assert data["contact_type"]["call"] == {
        "channel": "voice",
        "talk_s": {"law": "exponential", "mean": 200.0},
    }
    assert data["sources"] == {
        "contact_type.call.talk_s": {
            "says": "a record",
            "grade": "A",
            "standard_error": {"mean": 1.2},
            "n": 50,
        },
        "agent_group.team.cost_per_h": {"says": "assumed: money of today"},
    }


def test_a_span_counts_its_days_from_its_first() -> None:
    day_s = 86_400.0
    contacts = contacts_of([0] * 4, ("call",), [10.0, day_s + 20.0, 2 * day_s + 30.0, 3 * day_s + 40.0])
    inner = between(contacts, date(2026, 1, 6), date(2026, 1, 7))
    assert inner.first_day == date(2026, 1, 6)
    assert inner.joined_s.tolist() == [20.0, day_s + 30.0]
    assert between(contacts, None, None).joined_s.tolist() == contacts.joined_s.tolist()
    assert len(between(contacts, date(2027, 1, 1), None)) == 0


def test_spells_move_with_the_days_of_a_span() -> None:
    day_s = 86_400.0
    contacts = contacts_of([0] * 3, ("call",), [10.0, day_s + 20.0, 2 * day_s + 30.0])
    spells = Spells(
        first_day=contacts.first_day,
        agents=("a",),
        agent=np.zeros(4, dtype=np.int64),
        paused=np.zeros(4, dtype=np.bool_),
        began_s=np.array([100.0, day_s + 100.0, np.nan, 2 * day_s + 100.0]),
        ended_s=np.array([200.0, day_s + 200.0, day_s + 300.0, 2 * day_s + 200.0]),
    )
    moved = spells_between(spells, between(contacts, date(2026, 1, 6), date(2026, 1, 6)))
    assert moved.first_day == date(2026, 1, 6)
    assert moved.ended_s.tolist() == [200.0, 300.0]
