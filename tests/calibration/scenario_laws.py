"""A law's table read as a scenario reads it."""

from typing import Any

from pydantic import TypeAdapter

from scenarios.laws import Law, LawField

_LAWS: TypeAdapter[Law] = TypeAdapter(LawField)


def declared(table: dict[str, Any]) -> Law:
    """The law, or the scenario's own complaint."""
    return _LAWS.validate_python(table)
