"""The published JSON Schema and the program agree: on every file that is shipped, and on single wrong values."""

import tomllib
from datetime import date
from importlib.resources import files
from json import loads
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scenarios import shipped_names
from scenarios.reading import catalog
from tests.scenarios.messages.told import cases, told

FULL = Path(__file__).parents[1] / "full.toml"
SCHEMAS = {
    kind: loads((files("scenarios") / f"{kind}.schema.json").read_text("utf-8"))
    for kind in ("scenario", "study")
}
SHIPPED = [catalog() / f"{name}.toml" for name in shipped_names()]


def as_json(value: Any) -> Any:
    """TOML data as JSON has it: dates are strings."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str) -> list[str]:
    data = tomllib.loads(text)
    schema = SCHEMAS["study" if "study" in data else "scenario"]
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema).iter_errors(as_json(data))
    ]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_a_json_schema(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("file", [*SHIPPED, FULL], ids=lambda file: file.stem)
def test_schema_accepts_what_is_shipped(file: Path) -> None:
    assert complaints(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_first_line_names_the_schema(file: Path) -> None:
    text = file.read_text("utf-8")
    kind = "study" if "study" in tomllib.loads(text) else "scenario"
    assert text.splitlines()[0] == f"#:schema ../{kind}.schema.json"
    assert (catalog() / f"../{kind}.schema.json").is_file()


SHORT = [
    "talk_s = 300",
    'service_target = "80/20"',
    'label = "Calls"',
    "patience_s = { balk_share = 0.1 }",
    'like = "b"',
]


@pytest.mark.parametrize("line", SHORT)
def test_schema_accepts_short_forms_and_parts(line: str) -> None:
    assert complaints(f'name = "x"\nextends = "y"\n[contact_type.a]\n{line}\n') == []


def test_schema_requires_a_name_and_nothing_else() -> None:
    assert complaints('name = "x"') == []
    assert complaints('extends = "y"') == ["$: 'name' is a required property"]


# What a schema of single keys can see; the rest are rules across keys, need the base, or are no JSON (inf).
WORDS = ("got 82", "got -24", "unknown key", "unknown law", "weekdays such as")
INSIDE_AN_OPTION = (
    'options[1]."contact_type.'  # the schema sees where a dotted key begins, not where it leads
)
SEEN = [
    case
    for case in cases()
    if any(word in case[2][0] for word in WORDS) and INSIDE_AN_OPTION not in case[2][0]
]


@pytest.mark.parametrize(("reason", "text", "sentences"), SEEN, ids=[case[0] for case in SEEN])
def test_schema_complains_where_the_program_does(
    reason: str, text: str, sentences: list[str], tmp_path: Path
) -> None:
    assert told(text, tmp_path) == sentences
    assert complaints(f'name = "retail"\n{text}'), reason
