"""Faults of files: not there, not text, not TOML, in rings; and the file named is the one in which the key stands."""

from pathlib import Path

import pytest

from scenarios import FaultyInput, check, load, load_study
from tests.scenarios.messages.told import told

A_FILE = "expected a file beside this one or a shipped name"


def sentences(name_or_path: str | Path) -> list[str]:
    return [str(fault) for fault in check(name_or_path)]


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_missing_file_gets_the_nearest_shipped_name() -> None:
    assert sentences("erlng-a") == ["erlng-a: no such file or shipped name; did you mean 'erlang-a'?"]


def test_missing_file_gets_the_nearest_file_beside(tmp_path: Path) -> None:
    write(tmp_path, "retail.toml", "")
    asked = str(tmp_path / "retial.toml")
    assert sentences(asked) == [f"{asked}: no such file or shipped name; did you mean 'retail.toml'?"]


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    assert sentences(tmp_path) == [f"{tmp_path}: is a folder, expected a file or a shipped name"]


def test_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "retail.toml").write_bytes(b'name = "caf\xe9"')
    assert sentences(tmp_path / "retail.toml") == ["retail.toml: byte 12: not text in UTF-8"]


SYNTAX = [
    ("a value without quotes", "name = retail", "line 1, column 8: not a value (text needs quotes)"),
    ("quotes left open", 'name = "retail\n', "line 1, column 15: a line ends inside quotes"),
    ("a key twice", 'name = "a"\nname = "b"\n', "line 2, column 11: this key stands twice"),
    ("no value", 'name = "a"\nsummary\n', "line 2, column 8: expected '=' after a key in a key/value pair"),
]


@pytest.mark.parametrize(("reason", "text", "sentence"), SYNTAX, ids=[row[0] for row in SYNTAX])
def test_what_is_not_toml_has_line_and_column(reason: str, text: str, sentence: str, tmp_path: Path) -> None:
    assert told(text, tmp_path, head="") == [sentence], reason


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "retail.toml"
    file.write_bytes(b'\xef\xbb\xbfname = "retail"\r\nextends = "erlang-c"\r\n')
    assert load(file).name == "retail"


def test_base_that_is_not_there(tmp_path: Path) -> None:
    file = write(tmp_path, "retail.toml", 'name = "retail"\nextends = "erlang-d"\nsumary = "x"\n')
    assert sentences(file) == [
        f"retail.toml: extends: got \"erlang-d\", {A_FILE}; did you mean 'erlang-c'?",
        "retail.toml: sumary: unknown key; did you mean 'summary'?",
    ]


def test_bases_in_a_ring(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'name = "a"\nextends = "b"\n')
    write(tmp_path, "b.toml", 'name = "b"\nextends = "a"\n')
    assert sentences(tmp_path / "a.toml") == ["b.toml: extends: goes round in a ring: a -> b -> a"]


def test_fault_names_the_file_in_which_the_key_stands(tmp_path: Path) -> None:
    write(
        tmp_path,
        "base.toml",
        'name = "base"\nextends = "erlang-c"\n[contact_type.call]\nresolution_rate = 82\nwrap_up_s = -1\n',
    )
    file = write(
        tmp_path, "top.toml", 'name = "top"\nextends = "base"\n[contact_type.call]\nwrap_up_s = -2\n'
    )
    assert sentences(file) == [
        "base.toml: contact_type.call.resolution_rate: got 82, expected a share in [0, 1] (write 0.82)",
        "top.toml: contact_type.call.wrap_up_s: got -2, expected a law, or its mean as a number, 0 or more",
    ]


def test_missing_key_belongs_to_the_file_of_its_table(tmp_path: Path) -> None:
    write(
        tmp_path, "base.toml", 'name = "base"\nextends = "erlang-c"\n[contact_type.billing]\nlike = "call"\n'
    )
    text = 'name = "top"\nextends = "base"\n[agent_group.team]\nskills = ["call", "billing"]\n[assist]\n'
    file = write(tmp_path, "top.toml", text)
    assert sentences(file) == ["top.toml: assist.groups: missing, expected a list"]


def test_fault_taken_from_another_type_is_told_once(tmp_path: Path) -> None:
    text = '[contact_type.call]\nwrap_up_s = -1\n[contact_type.b]\nlike = "call"\n'
    text += '[agent_group.team]\nskills = ["call", "b"]'
    assert told(text, tmp_path) == [
        "contact_type.call.wrap_up_s: got -1, expected a law, or its mean as a number, 0 or more"
    ]


def test_name_is_not_taken_from_the_base(tmp_path: Path) -> None:
    expected = "name: missing, expected a name that fits a file: letters, digits, '-' and '_'"
    assert told("", tmp_path, head='extends = "erlang-c"\n') == [expected]
    unfit = """name: got "retail peak", expected a name that fits a file: letters, digits, '-' and '_'"""
    assert told("", tmp_path, head='name = "retail peak"\nextends = "erlang-c"\n') == [unfit]


def test_study_is_not_a_scenario() -> None:
    with pytest.raises(FaultyInput, match=r"^bank-bot\.toml: is a study, expected a scenario$"):
        load("bank-bot")
    with pytest.raises(FaultyInput, match=r"^erlang-a\.toml: is a scenario, expected a study$"):
        load_study("erlang-a")


STUDY = [
    (
        "a part that is not there",
        'study = "x"\nbaseline = "erlang-b"\ndesigns = ["erlang-a"]',
        "baseline: got \"erlang-b\", expected a file beside this one or a shipped name; did you mean 'erlang-c'?",
    ),
    ("no designs", 'study = "x"\nbaseline = "erlang-c"', "designs: missing, expected a list"),
    (
        "an empty list",
        'study = "x"\nbaseline = "erlang-c"\ndesigns = []',
        "designs: is empty, expected at least one design",
    ),
    (
        "the baseline against itself",
        'study = "x"\nbaseline = "erlang-c"\ndesigns = ["erlang-c"]',
        "designs[1]: has the name 'erlang-c', as baseline has, expected another name",
    ),
    (
        "a misspelled key",
        'study = "x"\nbaseline = "erlang-c"\ndesigns = ["erlang-a"]\nprecison = 0.01',
        "precison: unknown key; did you mean 'precision'?",
    ),
    (
        "a precision that is none",
        'study = "x"\nbaseline = "erlang-c"\ndesigns = ["erlang-a"]\nprecision = 5',
        "precision: got 5, expected a share in (0, 1], above 0 (write 0.05)",
    ),
    (
        "other days",
        'study = "x"\nbaseline = "erlang-c"\ndesigns = ["bank-1999"]',
        "designs[1]: calendar.start is 1999-03-14, expected absent as in the baseline",
    ),
]


@pytest.mark.parametrize(("reason", "text", "sentence"), STUDY, ids=[row[0] for row in STUDY])
def test_faulty_study(reason: str, text: str, sentence: str, tmp_path: Path) -> None:
    assert told(text, tmp_path, head="")[:1] == [sentence], reason


def test_study_tells_the_faults_of_its_parts(tmp_path: Path) -> None:
    write(tmp_path, "design.toml", 'name = "design"\nextends = "erlang-c"\n[lines]\nn = 0\n')
    file = write(
        tmp_path, "study.toml", 'study = "x"\nbaseline = "erlang-c"\ndesigns = ["design", "desing"]\n'
    )
    assert sentences(file) == [
        "design.toml: lines.n: got 0, expected a whole number, 1 or more",
        f"study.toml: designs[2]: got \"desing\", {A_FILE}; did you mean 'design'?",
    ]
