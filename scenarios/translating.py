"""From pydantic's errors to our sentences."""

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios import not_built
from scenarios.faults import Finding, Path, got, nearest, one_of, step_into
from scenarios.laws import NAMES
from scenarios.walking import A_LAW, WEEKDAY_KEYS, fields_of, table_at, words_at

KEY = "[key]"
BALK = "balk_share"  # every law has the field, but only patience may use it


def findings_in(model: type[BaseModel], data: Any) -> list[Finding]:
    """Every place where the data is not what the schema says."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        found = [_finding(model, data, one) for one in error.errors(include_url=False)]
        return list(dict.fromkeys(found))
    return []


def without_misspelled(findings: list[Finding]) -> list[Finding]:
    """A key that is missing because it was misspelled is one fault, not two."""
    meant = {(f.path[:-1], f.hint) for f in findings if f.found == "unknown key"}
    return [
        f
        for f in findings
        if f.found != "missing" or (f.path[:-1], f"did you mean '{f.path[-1]}'?") not in meant
    ]


def _finding(model: type[BaseModel], data: Any, error: ErrorDetails) -> Finding:
    path = path_in(data, error["loc"], error["type"])
    if error["type"] == "missing":
        return Finding(path, "missing", words_at(model, path, data))
    if error["type"] == "extra_forbidden":
        return _unknown_key(model, path, data)
    if error["loc"][-1] == KEY:
        return Finding(path, got(error["input"]), WEEKDAY_KEYS)
    return _wrong_value(model, path, data, error)


def _wrong_value(model: type[BaseModel], path: Path, data: Any, error: ErrorDetails) -> Finding:
    """Finding for a value that does not belong where it stands."""
    if error["type"] == "leaf":
        return _wrong_leaf(path, error)
    if error["type"] == "literal_error":
        return _wrong_word(path, error["input"], str(error["ctx"]["expected"]))
    if error["type"].startswith("union_tag"):
        return _wrong_law(path, error["input"])
    return Finding(path, got(error["input"]), words_at(model, path, data), _unquoted_date(error))


def path_in(data: Any, location: tuple[str | int, ...], kind: str) -> Path:
    """Path in the file of an error's location, whose steps also name the branches of unions."""
    path: Path = ()
    for n, step in enumerate(location):
        last = n == len(location) - 1
        if step_into(data, step) is None and not (last and kind == "missing") and not _is_none(data, step):
            continue
        data = step_into(data, step)
        path = (*path, step)
    return path


def _is_none(data: Any, step: str | int) -> bool:
    return isinstance(data, dict) and step in data


def _wrong_leaf(path: Path, error: ErrorDetails) -> Finding:
    context = error["ctx"]
    return Finding(path, context["found"] or got(error["input"]), context["expected"], context["hint"])


def _unknown_key(model: type[BaseModel], path: Path, data: Any) -> Finding:
    table = table_at(model, path[:-1], data)
    keys = [key for key in fields_of(table) if key != BALK or "patience_s" in path] if table else []
    hint = nearest(str(path[-1]), [*keys, *not_built.keys_at(path[:-1])])
    return Finding(path, "unknown key", "" if hint else one_of(keys), hint)


def _wrong_word(path: Path, value: object, expected: str) -> Finding:
    words = re.findall(r"'([^']*)'", expected)
    hint = nearest(value, words) if isinstance(value, str) and len(words) > 1 else ""
    return Finding(path, got(value), one_of([f'"{word}"' for word in words]), hint)


def _wrong_law(path: Path, value: object) -> Finding:
    if not isinstance(value, dict):
        number = isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value)
        return Finding(path, got(value), A_LAW, f"write {value} without quotes" if number else "")
    name = value.get("law")
    if name is None:
        return Finding(path, "names no law", "law = " + one_of([f'"{law}"' for law in NAMES]))
    hint = nearest(name, NAMES) if isinstance(name, str) else ""
    expected = "" if hint else one_of([f'"{law}"' for law in NAMES])
    return Finding((*path, "law"), f"unknown law {name!r}", expected, hint)


def _unquoted_date(error: ErrorDetails) -> str:
    value = error["input"]
    dated = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value)
    return f"write {value} without quotes" if dated and error["type"].startswith("date") else ""
