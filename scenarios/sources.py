"""Where a number comes from; what no one says a source for is assumed."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from scenarios.quantities import Amount, Count, Frozen
from scenarios.table import Table

Data = dict[str, Any]

LIKE = r"contact_type\.[^.]+\.like"


class Source(Table):
    """What a figure rests on; grade A primary or several agreeing, B one secondary, C a vendor's claim."""

    example: ClassVar[str] = 'a table such as { says = "…", grade = "A" }'

    says: str
    grade: Literal["A", "B", "C"] | None = None
    url: str | None = None
    standard_error: Annotated[dict[str, Amount], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="of the figure, by the names of its parameters: { mean = 1.2, cv = 0.01 }",
    )
    n: Count | None = Field(default=None, description="observations that it rests on")

    @property
    def told(self) -> str:
        """What it says, how sure the figure is, and from how much: the sentence of a report."""
        errors = ", ".join(f"{name} {error_text(error)}" for name, error in self.standard_error.items())
        sure = [f"standard error: {errors}"] if errors else []
        counted = [] if self.n is None else [f"n = {self.n:,}"]
        return "; ".join([self.says, *sure, *counted])


def error_text(error: float) -> str:
    """A standard error to two digits, without an exponent."""
    return f"{error:.2g}" if error < 100.0 else f"{error:,.0f}"


ASSUMED = Source(says="assumed")


def _source(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


SourceField = Annotated[Source, BeforeValidator(_source, json_schema_input_type=str | Source)]


def source_for(sources: Mapping[str, Source], key: str) -> Source:
    """The source given for the key, or for the nearest table around it; else assumed."""
    while key:
        if key in sources:
            return sources[key]
        key = key.rpartition(".")[0]
    return ASSUMED


def figures(data: Any, prefix: str = "") -> dict[str, Any]:
    """Every figure by its dotted key: a value, a list, or a law, which is one figure however many keys it has."""
    if not isinstance(data, dict) or isinstance(data.get("law"), str):
        return {prefix: data}
    found: dict[str, Any] = {}
    for key, value in data.items():
        if prefix or key != "sources":
            found |= figures(value, f"{prefix}.{key}" if prefix else str(key))
    return found


def is_under(key: str, other: str) -> bool:
    """Whether `key` is `other` or stands inside it."""
    return key == other or key.startswith(other + ".")


def inherited_sources(base: Data, over: Data, result: Data) -> Data:
    """Sources after a file was merged over another.

    A source speaks of the figure that it was written for: where the upper file sets another value and gives
    no source of its own, that value is assumed. Figures left as they were keep theirs.
    """
    own = over.get("sources", {})
    before, after = _sourced(base), _sourced(result)
    unchanged = [key for key in after if key in before and before[key] == after[key]]
    sources: Data = {}
    for given, source in result["sources"].items():
        covered = [key for key in after if is_under(key, given)]
        if given in own or _same_inside(base, result, given, covered):
            sources[given] = source
        else:
            sources |= {key: source for key in covered if key in unchanged and key not in own}
    return sources


def _sourced(data: Data) -> dict[str, Any]:
    """The figures that a source may speak of; which type another one is like is not one of them."""
    return {key: value for key, value in figures(data).items() if not re.fullmatch(LIKE, key)}


def _same_inside(base: Data, result: Data, given: str, covered: list[str]) -> bool:
    """Whether a source still holds as it stands: for nothing that is there (a fault for the check), or for the same."""
    before, after = value_at(base, given), value_at(result, given)
    return before == after if covered or before is not None else True


def value_at(data: Any, key: str) -> Any:
    """Value at a dotted key; None where there is none."""
    for step in key.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data


def liked_sources(data: Data, own: Mapping[str, Data], like: Mapping[str, str]) -> Data:
    """Sources of a type hold for the figures that another type takes from it."""
    result = dict(data["sources"])
    for name in like:
        said = figures(own[name])
        for other in _chain(name, like):
            prefix = f"contact_type.{other}."
            for key in [key for key in data["sources"] if key.startswith(prefix)]:
                rest = key.removeprefix(prefix)
                taken = value_at(data["contact_type"][name], rest) is not None
                if taken and not any(is_under(rest, one) or is_under(one, rest) for one in said):
                    result.setdefault(f"contact_type.{name}.{rest}", data["sources"][key])
    return result


def _chain(name: str, like: Mapping[str, str]) -> list[str]:
    """The types that this one is like, the nearest first."""
    found = []
    while name in like:
        name = like[name]
        found.append(name)
    return found
