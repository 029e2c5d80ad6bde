"""The sections on planning together: every center can be read, a plan in two steps is judged, the tables say it."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bench.page import page
from bench.page_together import large, together
from bench.sizes import SizeRow
from bench.skill_centers import CENTERS
from bench.store import Section, Store
from bench.together import IN_TURN, TOGETHER, TWO_STEP, CenterRow, Way, judged, two_step
from optimizer.people import groups_to_plan

WAYS = {
    TWO_STEP: Way(1_100.0, None, 1, 4, -0.012, 0.1),
    IN_TURN: Way(1_050.0, None, 0, 4, 0.004, 2.0),
    TOGETHER: Way(1_000.0, 800.0, 0, 4, 0.001, 20.0),
}
CENTER = CenterRow("N: two groups", 2, 2, 12, WAYS)
LARGE = SizeRow(2, 4, 52, 120, 1_234, 480, 5_000.0, 4_000.0, 0.2, "best_found", True, 0, 2, 0.01, 9, 61.4)
DATA = {
    "together": {"fresh_days": 2_000, "rows": [asdict(CENTER)]},
    "large": {"search_s": 600.0, "fresh_days": 200, "rows": [asdict(LARGE)]},
}


@pytest.mark.parametrize("title", CENTERS)
def test_the_centers_leave_several_groups_to_the_optimizer(title: str) -> None:
    """Every type has a target, and is known to a group that is planned."""
    center = CENTERS[title]()
    assert groups_to_plan(center) == list(center.agent_group)
    assert 2 <= len(center.agent_group) <= 4
    assert all(declared.service_target is not None for declared in center.contact_type.values())
    assert len({group.cost_per_h for group in center.agent_group.values()}) > 1


def test_two_steps_cost_the_hours_of_their_shifts() -> None:
    """The money told is that of the people judged: paid hours × cost_per_h."""
    people, cost = two_step(CENTERS["N: a front line, technicians who help"]())
    hours = {
        name: sum(shift.hours * shift.people for shift in group.agents.shifts or ())
        for name, group in people.agent_group.items()
    }
    assert cost == pytest.approx(sum(people.agent_group[name].cost_per_h * hours[name] for name in hours))
    assert len(judged(people, 40)) == len(people.contact_type)


def test_the_tables_say_what_was_found() -> None:
    """Ways beside each other, in parts of the cost together; a bound only where there is one."""
    sections = {
        name: Section("2026-01-01", f"python -m bench {name}", 0.0, data) for name, data in DATA.items()
    }
    text = page(Store({"processor": "one"}, sections))
    assert "| N: two groups | two-step | 1,100 | 1.100 |  |  | 1 of 4 | -1.2 | 0.1 |" in text
    assert "|  | together | 1,000 | 1.000 | 800 | 20.0 | 0 of 4 | +0.1 | 20.0 |" in text
    assert "| 2 | 4 | 52 | 120 | 1,234 | 480 | 5,000 | 4,000 | 20.0 | best_found | yes | 0 of 2 |" in text
    assert "2,000 fresh days" in "\n".join(together(sections["together"]))
    assert "after 600 s" in "\n".join(large(sections["large"]))
