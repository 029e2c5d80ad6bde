"""Laws of sources: a source speaks of the figure that it was written for, and of no other."""

from pathlib import Path
from typing import Any

from scenarios import Scenario, from_data, load, source_of

DATA: dict[str, Any] = {
    "name": "sourced",
    "contact_type": {
        "a": {
            "channel": "voice",
            "arrivals": {"per_h": 10},
            "talk_s": {"law": "lognormal", "mean": 240, "cv": 1.1},
            "patience_s": 180,
        },
        "b": {"like": "a", "patience_s": 60},
    },
    "agent_group": {"team": {"skills": ["a", "b"], "agents": {"present": 4}, "cost_per_h": 24}},
    "sources": {
        "contact_type.a.talk_s": {"says": "switch", "grade": "A"},
        "contact_type.a.patience_s": {"says": "survey", "grade": "B"},
        "agent_group.team": "books",
    },
}


def says(scenario: Scenario, key: str) -> str:
    return source_of(scenario, key).says


def test_what_nobody_sourced_is_assumed() -> None:
    assert says(from_data(DATA), "contact_type.a.arrivals.per_h") == "assumed"


def test_source_of_a_table_holds_inside_it() -> None:
    scenario = from_data(DATA)
    assert says(scenario, "contact_type.a.talk_s.mean") == "switch"
    assert says(scenario, "agent_group.team.agents.present") == "books"


def test_changed_figure_is_assumed_and_its_neighbors_keep_theirs() -> None:
    changed = from_data(DATA).changed({"agent_group.team.cost_per_h": 30, "contact_type.a.talk_s.mean": 200})
    assert says(changed, "agent_group.team.cost_per_h") == "assumed"
    assert says(changed, "agent_group.team.agents.present") == "books"
    assert says(changed, "contact_type.a.talk_s") == "assumed", "a law is one figure"
    assert says(changed, "contact_type.a.talk_s.cv") == "assumed"
    assert says(changed, "contact_type.a.patience_s") == "survey"


def test_figure_set_to_what_it_was_keeps_its_source() -> None:
    assert (
        says(from_data(DATA).changed({"agent_group.team.cost_per_h": 24}), "agent_group.team.cost_per_h")
        == "books"
    )


def test_change_may_bring_its_own_source() -> None:
    changes = {"contact_type.a.patience_s": 99, "sources": {"contact_type.a.patience_s": "new survey"}}
    assert says(from_data(DATA).changed(changes), "contact_type.a.patience_s") == "new survey"


def test_like_takes_sources_with_the_figures() -> None:
    scenario = from_data(DATA)
    assert says(scenario, "contact_type.b.talk_s") == "switch"
    assert says(scenario, "contact_type.b.patience_s") == "assumed", "its own figure, not the survey's"


def test_sources_change_no_figure() -> None:
    without = from_data({key: value for key, value in DATA.items() if key != "sources"})
    assert without.contact_type == from_data(DATA).contact_type


def test_every_figure_of_the_textbook_scenarios_is_marked() -> None:
    for name in ("erlang-a", "erlang-c", "n-design"):
        scenario = load(name)
        for kind in ("contact_type", "agent_group"):
            for one in getattr(scenario, kind):
                assert says(scenario, f"{kind}.{one}.talk_s").startswith("assumed")
        assert scenario.sources


BOOKS = """
name = "shop"
contact_type.a = { channel = "voice", arrivals = { per_h = 10 }, talk_s = 240, patience_s = 180 }
contact_type.b = { like = "a", patience_s = 60 }
agent_group.team = { skills = ["a", "b"], agents = { present = 4 } }
sources = { contact_type = "books" }
"""


def test_one_source_for_all_types_holds_for_what_a_design_leaves_as_it_was(tmp_path: Path) -> None:
    """The source is then told figure by figure; what a type is like is no figure."""
    (tmp_path / "shop.toml").write_text(BOOKS, encoding="utf-8")
    design = tmp_path / "design.toml"
    design.write_text('name = "design"\nextends = "shop"\ncontact_type.a.talk_s = 90\n', encoding="utf-8")
    scenario = load(design)
    assert says(scenario, "contact_type.a.talk_s") == "assumed"
    assert says(scenario, "contact_type.b.patience_s") == "books"


def test_a_source_in_a_table_of_its_own_may_have_standard_errors(tmp_path: Path) -> None:
    table = '\n[sources."contact_type.a.talk_s"]\nsays = "record"\nstandard_error = { mean = 2.5 }\nn = 900\n'
    books = BOOKS.replace('sources = { contact_type = "books" }\n', table)
    (tmp_path / "shop.toml").write_text(books, encoding="utf-8")
    assert load(tmp_path / "shop.toml").source_of("contact_type.a.talk_s").standard_error == {"mean": 2.5}
