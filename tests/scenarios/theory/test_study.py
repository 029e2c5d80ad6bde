"""A study loads its parts, and numbers the streams of customers after the baseline."""

from pathlib import Path

from scenarios import load, load_study


def test_parts_of_a_study_come_from_beside_it_or_from_the_catalog(tmp_path: Path) -> None:
    (tmp_path / "retail.toml").write_text(
        'name = "retail"\nextends = "erlang-c"\n[contact_type.z]\nlike = "call"\n'
        '[agent_group.team]\nskills = ["z", "call"]\n'
    )
    (tmp_path / "question.toml").write_text(
        'study = "With z?"\nlabel = { zh = "有 z？" }\nbaseline = "erlang-c"\ndesigns = ["retail", "erlang-a"]\n',
        encoding="utf-8",
    )
    study = load_study(tmp_path / "question.toml")
    assert (study.name, study.study, study.precision) == ("question", "With z?", 0.005)
    assert (study.label, study.label_in("zh")) == ("With z?", "有 z？")
    assert study.baseline == load("erlang-c")
    assert [design.name for design in study.designs] == ["retail", "erlang-a"]
    assert study.streams == {"call": 0, "z": 1}


def test_a_design_that_lists_types_in_another_order_moves_no_stream(tmp_path: Path) -> None:
    text = "\n".join(
        f'[contact_type.{name}]\nchannel = "voice"\narrivals = {{ per_h = 1 }}\ntalk_s = 60'
        for name in ("new", "b", "a")
    )
    groups = '[agent_group.team]\nskills = ["a", "b", "new"]\nagents = { present = 1 }\n'
    calendar = "[calendar]\ninterval_min = 30\n"
    (tmp_path / "other.toml").write_text(f'name = "other"\n{calendar}{text}\n{groups}')
    (tmp_path / "order.toml").write_text('study = "order"\nbaseline = "n-design"\ndesigns = ["other"]\n')
    assert load_study(tmp_path / "order.toml").streams == {"a": 0, "b": 1, "new": 2}
