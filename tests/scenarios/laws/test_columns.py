"""Laws of columns: values of a CSV file stand in the scenario once it is loaded, and each bad cell has its line."""

from pathlib import Path

import pytest

from scenarios import Scenario, check, from_data, load
from scenarios.laws import Empirical
from scenarios.writing import dump
from tests.scenarios.messages.told import told

SAMPLE = '[contact_type.call]\ntalk_s = { law = "empirical", file = "talk.csv", column = "talk_s" }'
PLACE = "contact_type.call.talk_s"


def loaded(text: str, folder: Path, name: str = "retail") -> Scenario:
    (folder / f"{name}.toml").write_text(f'name = "{name}"\n{text}\n', encoding="utf-8")
    return load(folder / f"{name}.toml")


@pytest.mark.parametrize(
    "content",
    [
        "talk_s\n10\n20.5\n\n0\n",
        "id,talk_s\n1,10\n2,20.5\n3,\n4,0\n",
        "id;talk_s;agent\n1;10;ann\n2; 20.5 ;bob\n3;0;cai\n",
        '\ufeffname\ttalk_s\n"a\tb"\t10\nb\t20.5\nc\t0\n',
    ],
)
def test_values_stand_in_the_scenario(content: str, tmp_path: Path) -> None:
    """Whichever separator, with or without a byte-order mark; empty cells are no values."""
    (tmp_path / "talk.csv").write_text(content, encoding="utf-8")
    talk_s = loaded('extends = "erlang-c"\n' + SAMPLE, tmp_path).contact_type["call"].talk_s
    assert talk_s == Empirical(values=(10, 20.5, 0))


def test_a_written_scenario_needs_the_file_no_more(tmp_path: Path) -> None:
    (tmp_path / "talk.csv").write_text("talk_s\n10\n20\n", encoding="utf-8")
    scenario = loaded('extends = "erlang-c"\n' + SAMPLE, tmp_path)
    (tmp_path / "talk.csv").unlink()
    (tmp_path / "copy.toml").write_text(dump(scenario), encoding="utf-8")
    assert load(tmp_path / "copy.toml") == scenario == scenario.changed({})


def test_the_file_lies_beside_the_scenario_that_names_it(tmp_path: Path) -> None:
    """A design elsewhere that extends it, and changes only the column, reads the same file."""
    base, designs = tmp_path / "base", tmp_path / "designs"
    base.mkdir()
    designs.mkdir()
    (base / "talk.csv").write_text("talk_s,long_s\n10,100\n20,200\n", encoding="utf-8")
    loaded('extends = "erlang-c"\n' + SAMPLE, base, "base")
    (designs / "base.toml").symlink_to(base / "base.toml")
    other = 'extends = "../base/base.toml"\n[contact_type.call.talk_s]\ncolumn = "long_s"'
    assert loaded(other, designs, "design").contact_type["call"].talk_s == Empirical(values=(100, 200))


def test_a_sample_of_another_form_replaces_the_whole(tmp_path: Path) -> None:
    (tmp_path / "talk.csv").write_text("talk_s\n10\n20\n", encoding="utf-8")
    scenario = loaded('extends = "erlang-c"\n' + SAMPLE, tmp_path)
    loaded('extends = "erlang-c"\n' + SAMPLE, tmp_path, "base")
    values = {"law": "empirical", "values": [7]}
    assert scenario.changed({"contact_type.call.talk_s": values}).contact_type["call"].talk_s.values == (7,)
    other = 'extends = "base"\n[contact_type.call.talk_s]\nlaw = "empirical"\nvalues = [8]'
    assert loaded(other, tmp_path, "design").contact_type["call"].talk_s == Empirical(values=(8,))


FAULTS = [
    ("talk\n10\n", "column", "no column 'talk_s' in talk.csv; did you mean 'talk'?"),
    ("agent,queue\n1,2\n", "column", 'no column \'talk_s\' in talk.csv, expected "agent" or "queue"'),
    ("", "column", "no column 'talk_s' in talk.csv, expected a line of names"),
    ("talk_s\n", "column", "column 'talk_s' of talk.csv holds nothing, expected numbers"),
    ("talk_s\n10\nlong\n", "column", 'line 3 of talk.csv holds "long", expected a number, 0 or more'),
    (
        "talk_s\n10\n-1\n5\nnan\n",
        "column",
        'line 3 of talk.csv holds "-1", and 1 more such (line 5), expected a number, 0 or more',
    ),
]


@pytest.mark.parametrize(("content", "key", "sentence"), FAULTS)
def test_a_column_that_cannot_be_used_is_a_fault(
    content: str, key: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "talk.csv").write_text(content, encoding="utf-8")
    assert told(SAMPLE, tmp_path) == [f"{PLACE}.{key}: {sentence}"]


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "talk.csv").write_bytes(b"talk_s\n\xff\n")
    assert told(SAMPLE, tmp_path) == [f"{PLACE}.file: byte 8 of talk.csv is not text in UTF-8"]


def test_a_misspelled_file_gets_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "talks.csv").write_text("talk_s\n10\n", encoding="utf-8")
    assert told(SAMPLE, tmp_path) == [
        f"{PLACE}.file: got \"talk.csv\", expected a CSV file beside this one; did you mean 'talks.csv'?"
    ]


def test_a_sample_in_a_part_of_the_day_is_read_as_well(tmp_path: Path) -> None:
    (tmp_path / "talk.csv").write_text("talk_s\n10\n20\n", encoding="utf-8")
    late = '{ until = "24:00", law = { law = "empirical", file = "talk.csv", column = "talk_s" } }'
    text = f'extends = "erlang-c"\n[contact_type.call]\ntalk_s = {{ by = [ {{ until = "10:00", law = 5 }}, {late} ] }}'
    talk_s = loaded(text, tmp_path).contact_type["call"].talk_s
    assert talk_s.by[1].law == Empirical(values=(10, 20))
    assert check(tmp_path / "retail.toml") == ()


def test_plain_data_names_files_beside_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talk.csv").write_text("talk_s\n10\n20\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sample = {"law": "empirical", "file": "talk.csv", "column": "talk_s"}
    data = {
        "name": "small",
        "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 6}, "talk_s": sample}},
        "agent_group": {"team": {"skills": ["call"], "agents": {"present": 2}}},
    }
    assert from_data(data).contact_type["call"].talk_s == Empirical(values=(10, 20))
