"""Frozen dataclasses of plain data to JSON and back; a type that does not fit is a fault, not a guess."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Data = TypeVar("Data")


def to_json(data: Any) -> str:
    """The dataclass as JSON text, keys in the order of the fields; NaN is a fault."""
    return json.dumps(dataclasses.asdict(data), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(kind: type[Data], text: str) -> Data:
    """The dataclass that `to_json` wrote."""
    built: Data = from_plain(kind, json.loads(text))
    return built


def from_plain(kind: Any, value: Any) -> Any:
    """A value of this type from what a JSON parser gives: dataclasses, tuples, dicts, options and leaves."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        _require(isinstance(value, Mapping) and set(value) <= set(hints), kind, value)
        return kind(**{name: from_plain(hints[name], inner) for name, inner in value.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        _require(isinstance(value, list), kind, value)
        return tuple(from_plain(arguments[0], inner) for inner in value)
    if origin is dict:
        _require(isinstance(value, Mapping), kind, value)
        return {key: from_plain(arguments[1], inner) for key, inner in value.items()}
    if origin in (Union, types.UnionType):
        return None if value is None else from_plain(_only_kind(arguments), value)
    return _leaf(kind, value)


def _only_kind(arguments: tuple[Any, ...]) -> Any:
    return next(kind for kind in arguments if kind is not type(None))


def _leaf(kind: Any, value: Any) -> Any:
    if get_origin(kind) is Literal:
        _require(value in get_args(kind), kind, value)
    elif kind is float:
        _require(isinstance(value, int | float) and not isinstance(value, bool), kind, value)
        return float(value)
    else:
        _require(type(value) is kind, kind, value)
    return value


def _require(fits: bool, kind: Any, value: Any) -> None:
    if not fits:
        raise ValueError(f"expected {getattr(kind, '__name__', kind)}, found {str(value)[:60]!r}")
