"""From a file or a shipped name to a scenario."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from scenarios.faults import Fault, FaultyInput
from scenarios.merging import merged
from scenarios.scenario import Scenario
from scenarios.study import Study


def load(name_or_path: str | FilePath) -> Scenario:
    path = FilePath(name_or_path)
    if not path.exists():
        path = FilePath(str(files("scenarios") / "catalog" / f"{name_or_path}.toml"))
    return from_data(_read(path), path.name)


def _read(path: FilePath) -> dict[str, Any]:
    data = tomllib.loads(path.read_text("utf-8"))
    base = data.pop("extends", None)
    if base is None:
        return data
    beside = path.parent / f"{base}.toml"
    return merged(_read(beside if beside.exists() else path.parent / base), data)


def _like(data: dict[str, Any]) -> dict[str, Any]:
    types = data.get("contact_type", {})

    def resolved(name: str) -> dict[str, Any]:
        table = dict(types[name])
        like = table.pop("like", None)
        return merged(resolved(like), table) if like else table

    return data | {"contact_type": {name: resolved(name) for name in types}}


def from_data(data: dict[str, Any], file: str = "scenario") -> Scenario:
    try:
        return Scenario.model_validate(_like(data))
    except ValidationError as error:
        raise FaultyInput(
            Fault(file, ".".join(map(str, one["loc"])), f"got {one['input']}", one["msg"])
            for one in error.errors()
        ) from None


def with_changes(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    over: dict[str, Any] = {}
    for key, value in changes.items():
        table = over
        *parents, last = key.split(".")
        for parent in parents:
            table = table.setdefault(parent, {})
        table[last] = value
    return from_data(merged(scenario.as_dict(), over), f"{scenario.name} (changed)")


def load_study(name_or_path: str | FilePath) -> Study:
    path = FilePath(name_or_path)
    if not path.exists():
        path = FilePath(str(files("scenarios") / "catalog" / f"{name_or_path}.toml"))
    data = tomllib.loads(path.read_text("utf-8"))

    def part(name: str) -> Scenario:
        beside = path.parent / f"{name}.toml"
        return load(beside if beside.exists() else name)

    designs = tuple(part(name) for name in data["designs"])
    return Study(path.stem, data["study"], part(data["baseline"]), designs, data.get("precision", 0.005))


def check(name_or_path: str | FilePath) -> tuple[Fault, ...]:
    try:
        load(name_or_path)
    except FaultyInput as faulty:
        return faulty.faults
    return ()


def shipped_names() -> tuple[str, ...]:
    catalog = files("scenarios") / "catalog"
    return tuple(sorted(f.name[:-5] for f in catalog.iterdir() if f.name.endswith(".toml")))
