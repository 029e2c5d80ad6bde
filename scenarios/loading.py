"""From a file or a shipped name to a scenario or a study."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from scenarios.examining import examined
from scenarios.faults import Fault, FaultyInput
from scenarios.reading import Chain, Layer, find, parse, read_chain
from scenarios.resolving import NOT_INHERITED
from scenarios.scenario import Scenario
from scenarios.study import Study, is_study, study_from
from scenarios.table import plain


def load(name_or_path: str | FilePath) -> Scenario:
    """The scenario of a file, or the shipped one of that name; raises FaultyInput with every fault."""
    return load_path(find(name_or_path))


def load_path(path: FilePath) -> Scenario:
    """The scenario of a file."""
    chain = read_chain(path)
    if chain.layers and is_study(chain.layers[0].data):
        raise FaultyInput([Fault(chain.file, "", "is a study", "a scenario")])
    return examined(chain)


def load_study(name_or_path: str | FilePath) -> Study:
    """The study of a file, or the shipped one of that name, with its scenarios; raises FaultyInput with every fault."""
    path = find(name_or_path)
    return study_from(path, parse(path), load_path)


def load_any(name_or_path: str | FilePath) -> Scenario | Study:
    """Whichever of the two the file is."""
    path = find(name_or_path)
    data = parse(path)
    return study_from(path, data, load_path) if is_study(data) else load_path(path)


def check(name_or_path: str | FilePath) -> tuple[Fault, ...]:
    """Every fault of a scenario or a study, with those of the files it leads to; none if it can be used."""
    try:
        load_any(name_or_path)
    except FaultyInput as faulty:
        return faulty.faults
    return ()


def from_data(data: Mapping[str, Any], file: str = "scenario") -> Scenario:
    """The scenario of plain data, as a TOML parser gives it; `file` is what its faults are to name."""
    return examined(Chain([Layer(file, plain(data))]))


def with_changes(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Another scenario with these dotted keys set; label and summary stay."""
    base = scenario.as_dict()
    told = {key: base[key] for key in NOT_INHERITED if key in base}
    over = Layer(f"{scenario.name} (changed)", {**told, **_nested(changes)})
    return examined(Chain([over, Layer(scenario.name, base)]))


def _nested(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Tables in tables from dotted keys."""
    nested: dict[str, Any] = {}
    for key, value in changes.items():
        *around, last = key.split(".")
        table = nested
        for step in around:
            inner = table.setdefault(step, {})
            if not isinstance(inner, dict):
                raise FaultyInput(
                    [Fault("changes", key, f"'{step}' is set as a whole too", "one or the other")]
                )
            table = inner
        table[last] = plain(value)
    return nested
