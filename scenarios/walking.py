"""The schema, walked along a path: which keys a table has, and the words for what belongs in a place."""

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.faults import Path, one_of, step_into
from scenarios.laws import Law, law_called
from scenarios.quantities import Number, Words

A_LAW = "a law, or its mean as a number"
WEEKDAY_KEYS = 'weekdays such as "sat", "mon-fri" or "sun-thu"'
IN_WORDS: dict[Any, str] = {
    "bool": "true or false",
    "str": "text in quotes",
    "date": "a date such as 2026-11-09",
    "datetime": "a local time such as 2026-11-11T09:00:00",
    "tuple": "a list",
    "dict": "a table",
}


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields of a table by the key that the file uses."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def kinds(annotation: Any) -> list[Any]:
    """What may stand in a place: unions taken apart, decorations removed, None left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [kind for part in get_args(annotation) for kind in kinds(part)]
    return [] if annotation is NoneType else [annotation]


def table_at(model: type[BaseModel], path: Path, data: Any) -> type[BaseModel] | None:
    """Class of the table at a path; of a law's classes the one that the data names."""
    tables = [kind for kind in _kinds_at(model, path, data) if _is_table(kind)]
    if tables and issubclass(tables[0], Law):
        at = _value_at(data, path)
        return law_called(at) if isinstance(at, dict) else None
    return tables[0] if tables else None


def words_at(model: type[BaseModel], path: Path, data: Any) -> str:
    """What belongs at a path, in words."""
    field = field_at(model, path, data)
    if field is not None:
        return words_for(field)
    return " or ".join(dict.fromkeys(_words_for_kind(kind) for kind in _kinds_at(model, path, data)))


def words_for(field: FieldInfo) -> str:
    """What belongs in a field, in words: its limits where it has some, else its kind."""
    limits = limits_of(field)
    if limits is not None:
        return limits.expected
    return " or ".join(dict.fromkeys(_words_for_kind(kind) for kind in kinds(field.annotation)))


def limits_of(field: FieldInfo) -> Number | Words | None:
    """The limits of a field's value, where it has some."""
    decorations = (*field.metadata, *_decorations(field.annotation))
    return next((one for one in decorations if isinstance(one, Number | Words)), None)


def _words_for_kind(kind: Any) -> str:
    if _is_table(kind):
        return A_LAW if issubclass(kind, Law) else str(kind.example)
    if get_origin(kind) is Literal:
        return one_of([f'"{word}"' for word in get_args(kind)])
    name = getattr(get_origin(kind) or kind, "__name__", "")
    return IN_WORDS.get(name, "another value")


def _decorations(annotation: Any) -> tuple[Any, ...]:
    """Decorations of `X | None` written as Annotated[X, …] | None."""
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[1:]
    if get_origin(annotation) in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not NoneType]
        return _decorations(parts[0]) if len(parts) == 1 else ()
    return ()


def field_at(model: type[BaseModel], path: Path, data: Any) -> FieldInfo | None:
    """The field that a path leads to; None at entries of lists and tables by name."""
    if not path or not isinstance(path[-1], str):
        return None
    table = table_at(model, path[:-1], data)
    return fields_of(table).get(path[-1]) if table else None


def _kinds_at(model: type[BaseModel], path: Path, data: Any) -> list[Any]:
    at: list[Any] = [model]
    for n, step in enumerate(path):
        value = _value_at(data, path[:n])
        at = [inner for kind in at for inner in _inner_kinds(kind, step, value)]
    return at


def _inner_kinds(kind: Any, step: str | int, value: Any) -> list[Any]:
    """What may stand one step inside a table, a list, or a table of tables."""
    if _is_table(kind):
        if issubclass(kind, Law) and isinstance(value, dict) and law_called(value) is not kind:
            return []
        field = fields_of(kind).get(str(step))
        return kinds(field.annotation) if field else []
    arguments = get_args(kind)
    if get_origin(kind) is dict and isinstance(step, str):
        return kinds(arguments[1])
    return kinds(arguments[0]) if get_origin(kind) is tuple and isinstance(step, int) else []


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = step_into(data, step)
    return data
