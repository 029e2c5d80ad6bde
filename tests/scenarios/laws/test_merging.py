"""Laws of `extends` and `like`: this file wins, lists are replaced, another law or form replaces the whole."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scenarios import Scenario, from_data, load
from scenarios.laws import ByTime, Constant, Exponential, LawUntil, Lognormal

BASE = """
name = "base"
label = "Base"
summary = "what the base is"
[contact_type.a]
label = "Type a"
channel = "voice"
arrivals = { per_day = 100, shape = [1, 2], weekday = { sat = 2 }, factor = 1.5 }
talk_s = { law = "lognormal", mean = 240, cv = 1.1 }
patience_s = 180
service_target = "80/20"
redial = { share = 0.4, delay_s = 600 }
[contact_type.b]
like = "a"
arrivals = { per_h = 3 }
[agent_group.team]
skills = ["a", "b"]
agents = { present = 4 }
"""


@pytest.fixture
def design(tmp_path: Path) -> Any:
    """The scenario of a file that extends the base."""
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")

    def made(text: str) -> Scenario:
        file = tmp_path / "design.toml"
        file.write_text(f'name = "design"\nextends = "base"\n{text}', encoding="utf-8")
        return load(file)

    return made


def test_an_empty_design_is_the_base_under_another_name(design: Any) -> None:
    base = from_data(tomllib.loads(BASE))
    same = design("")
    assert same.contact_type == base.contact_type
    assert same.agent_group == base.agent_group
    assert (same.name, same.label, same.summary) == ("design", "design", ""), (
        "what is told of the base is not of it"
    )


def test_keys_beside_the_changed_one_stay(design: Any) -> None:
    redial = design("[contact_type.a]\nredial = { share = 0.2 }").contact_type["a"].redial
    assert (redial.share, redial.delay_s.expected) == (0.2, 600)


def test_one_key_of_a_law_can_be_changed(design: Any) -> None:
    assert design("[contact_type.a.talk_s]\nmean = 300").contact_type["a"].talk_s == Lognormal(
        mean=300, cv=1.1
    )


def test_another_law_replaces_the_whole(design: Any) -> None:
    text = '[contact_type.a]\ntalk_s = { law = "constant", value = 5 }'
    assert design(text).contact_type["a"].talk_s == Constant(value=5)


def test_a_short_form_can_be_changed_by_key(design: Any) -> None:
    text = "[contact_type.a]\npatience_s = { balk_share = 0.1 }\nservice_target = { max_abandonment_rate = 0.05 }"
    a = design(text).contact_type["a"]
    assert a.patience_s == Exponential(mean=180, balk_share=0.1)
    target = a.service_target
    assert (target.share, target.awt_s, target.max_abandonment_rate) == (0.8, 20, 0.05)


def test_another_form_of_arrivals_replaces_the_whole(design: Any) -> None:
    arrivals = design("[contact_type.a]\narrivals = { per_h = 10 }").contact_type["a"].arrivals
    assert (arrivals.per_h, arrivals.per_day, arrivals.shape, arrivals.weekday, arrivals.factor) == (
        10,
        None,
        None,
        None,
        1,
    )


def test_the_same_form_of_arrivals_keeps_the_rest(design: Any) -> None:
    arrivals = design("[contact_type.a]\narrivals = { per_day = 200 }").contact_type["a"].arrivals
    assert (arrivals.per_day, arrivals.shape, arrivals.factor) == (200, (1, 2), 1.5)


def test_lists_are_replaced(design: Any) -> None:
    text = (
        '[agent_group.team]\nskills = ["b"]\n[agent_group.others]\nskills = ["a"]\nagents = { present = 1 }'
    )
    groups = design(text).agent_group
    assert [skill.contact_type for skill in groups["team"].skills] == ["b"]
    assert list(groups) == ["team", "others"]


def test_types_of_the_base_come_first(design: Any) -> None:
    text = '[contact_type.c]\nlike = "a"\n[contact_type.b]\npatience_s = 9\n'
    text += '[agent_group.team]\nskills = ["c", "b", "a"]'
    assert list(design(text).contact_type) == ["a", "b", "c"]


def test_like_takes_what_the_design_made_of_the_other_type(design: Any) -> None:
    b = design("[contact_type.a]\npatience_s = 77").contact_type["b"]
    assert b.patience_s.expected == 77
    assert b.arrivals.per_h == 3, "its own keys win"
    assert b.label is None, "a label is a type's own"


def test_chain_of_three_files(tmp_path: Path) -> None:
    for name, base, n in (("one", "erlang-c", 50), ("two", "one", 51), ("three", "two", 53)):
        text = f'name = "{name}"\nextends = "{base}"\n[agent_group.team]\nagents = {{ present = {n} }}\n'
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "three.toml").agent_group["team"].agents.present == 53


def test_a_copy_may_extend_the_shipped_file_of_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "erlang-c.toml"
    file.write_text('name = "mine"\nextends = "erlang-c"\n', encoding="utf-8")
    assert load(file).contact_type == load("erlang-c").contact_type


def test_a_law_that_varies_replaces_the_whole_and_is_replaced(design: Any) -> None:
    text = '[contact_type.a]\ntalk_s = { by = [{ until = "24:00", law = 5 }] }'
    varying = design(text)
    assert varying.contact_type["a"].talk_s == ByTime(by=(LawUntil(until="24:00", law=Exponential(mean=5)),))
    assert varying.changed({"contact_type.a.talk_s": {"law": "constant", "value": 5}}).contact_type[
        "a"
    ].talk_s == Constant(value=5)
