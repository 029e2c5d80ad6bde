"""Where a number comes from; what no one says a source for is assumed."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from scenarios.table import Table


class Source(Table):
    """What a figure rests on; grade A primary or several agreeing, B one secondary, C a vendor's claim."""

    says: str
    grade: Literal["A", "B", "C"] | None = None
    url: str | None = None


ASSUMED = Source(says="assumed")


def _source(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


SourceField = Annotated[Source, BeforeValidator(_source, json_schema_input_type=str | Source)]


def source_for(sources: dict[str, Source], key: str) -> Source:
    """The source given for the key, or for the nearest table around it; else assumed."""
    while key:
        if key in sources:
            return sources[key]
        key = key.rpartition(".")[0]
    return ASSUMED


def is_under(key: str, other: str) -> bool:
    """Is `key` the same as `other`, or inside it?"""
    return key == other or key.startswith(other + ".")


def leaves(data: Any, prefix: str = "") -> dict[str, Any]:
    """Every value that is not a table, by its dotted key."""
    if not isinstance(data, dict):
        return {prefix: data}
    found: dict[str, Any] = {}
    for key, value in data.items():
        found |= leaves(value, f"{prefix}.{key}" if prefix else str(key))
    return found
