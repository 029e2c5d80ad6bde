"""Mappings by shipped name or by file, with every fault of a mapping file at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from calibration.records.mapping import KINDS, Mapping
from scenarios.faults import Fault, FaultyInput, key_text, nearest, one_of
from scenarios.reading import parse
from scenarios.translating import findings_in, without_misspelled

Data = dict[str, Any]


def shipped_maps() -> tuple[str, ...]:
    """Names of the shipped mappings, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_map(name_or_path: str | Path) -> Mapping:
    """The mapping of that name or file; raises FaultyInput with all that is wrong with it."""
    path = _found(name_or_path)
    return _shipped(path) if path.parent == _folder() else _checked(path)


@cache
def _shipped(path: Path) -> Mapping:
    return _checked(path)


def _folder() -> Path:
    return Path(str(files("calibration.records") / "maps"))


def _found(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    if str(name_or_path) in shipped_maps():
        return _folder() / f"{name_or_path}.toml"
    beside = [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    hint = nearest(path.name, [*shipped_maps(), *beside])
    expected = "" if hint else one_of(shipped_maps())
    raise FaultyInput(
        [Fault(str(name_or_path), "", "no such mapping, neither a file nor shipped", expected, hint)]
    )


def _checked(path: Path) -> Mapping:
    data = _with_base(path)
    kind = data.get("kind")
    if kind not in KINDS:
        expected = one_of([f'"{kind}"' for kind in KINDS])
        found = "missing" if kind is None else f"got {kind!r}"
        hint = nearest(kind, KINDS) if isinstance(kind, str) else ""
        raise FaultyInput([Fault(path.name, "kind", found, expected, hint)])
    model = KINDS[kind]
    findings = without_misspelled(findings_in(model, data))
    if findings:
        raise FaultyInput(
            Fault(path.name, key_text(f.path, data), f.found, f.expected, f.hint) for f in findings
        )
    return model.model_validate(data)


def _with_base(path: Path, above: tuple[Path, ...] = ()) -> Data:
    """What the file says, laid over the mapping that it extends; tables are merged, lists replaced."""
    data = parse(path)
    base = data.pop("extends", None)
    if base is None:
        return data
    if not isinstance(base, str):
        raise FaultyInput([Fault(path.name, "extends", f"got {base!r}", "the name of a mapping in quotes")])
    beside = path.parent / base
    found = beside if beside.is_file() and beside != path else _found(base)
    if found in (path, *above):
        raise FaultyInput([Fault(path.name, "extends", f"goes round in a ring at '{base}'")])
    return _merged(_with_base(found, (path, *above)), data)


def _merged(under: Data, over: Data) -> Data:
    both = {
        key: _merged(under[key], value) for key, value in over.items() if _are_tables(under.get(key), value)
    }
    return under | over | both


def _are_tables(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)
