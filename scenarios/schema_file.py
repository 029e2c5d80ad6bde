"""The JSON Schema of scenario and study files, for editors: `python -m scenarios.schema_file` writes both.

It is made from the models, with two differences. A file may extend another, so that only `name` is required
of it; and it may say `extends`, and in a contact type `like`, which are gone from a resolved scenario.
"""

from importlib.resources import files
from json import dumps
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scenarios.scenario import Scenario
from scenarios.study import StudyFile

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
EXTENDS = {"type": "string", "description": "a file beside this one, or a shipped name; this file wins"}
LIKE = {"type": "string", "description": "take every key from that contact type, then these"}


def scenario_schema() -> Schema:
    """JSON Schema of a scenario file."""
    schema = _schema(Scenario, "Scenario of a contact center", ["name"])
    schema["properties"]["extends"] = EXTENDS
    schema["$defs"]["ContactType"]["properties"]["like"] = LIKE
    tables = "|".join(Scenario.model_fields)
    schema["$defs"]["DesignOption"] |= {
        "patternProperties": {
            rf"^({tables})(\.|$)": {"description": "a change, by its dotted key in quotes"}
        },
        "additionalProperties": False,
    }
    return schema


def study_schema() -> Schema:
    """JSON Schema of a study file."""
    return _schema(StudyFile, "Study: a baseline and its designs", ["study", "baseline", "designs"])


def _schema(model: type[BaseModel], title: str, required: list[str]) -> Schema:
    schema = _loosened(model.model_json_schema(mode="validation"))
    return {"$schema": DRAFT, **schema, "title": title, "required": required}


def _loosened(node: Any) -> Any:
    """Nothing required, for it may stand in the file that is extended; and no null, which TOML has not."""
    if isinstance(node, list):
        return [_loosened(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    loosened = {key: _loosened(value) for key, value in node.items() if not _is_left_out(key, value)}
    if "patternProperties" in loosened:
        loosened["additionalProperties"] = False
    return _without_null(loosened)


def _is_left_out(key: str, value: Any) -> bool:
    """A word of JSON Schema that is not wanted; a key of the file of that name has a table of words as its value."""
    unwanted = key in ("required", "discriminator", "title") or (key == "default" and value is None)
    return unwanted and not (
        isinstance(value, dict) and not value.keys().isdisjoint(("type", "anyOf", "$ref"))
    )


def _without_null(node: Schema) -> Schema:
    """A choice without null; of one that is left, the one itself. With nothing required, several may fit at once."""
    choices = node.pop("oneOf", node.pop("anyOf", None))
    if choices is None:
        return node
    left = [choice for choice in choices if choice != {"type": "null"}]
    return {**node, **left[0]} if len(left) == 1 else {**node, "anyOf": left}


SCHEMAS = {"scenario.schema.json": scenario_schema, "study.schema.json": study_schema}


def text_of(schema: Schema) -> str:
    """The schema as it stands in the package."""
    return dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write both schemas into a folder."""
    for name, make in SCHEMAS.items():
        (folder / name).write_text(text_of(make()), "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(str(files("scenarios"))))
