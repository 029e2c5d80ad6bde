"""What every table of the file shares: unknown keys are faults, and a value once read does not change."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from scenarios.quantities import FrozenDict


class Table(BaseModel):
    """One table of a scenario file; attributes are named as its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)
    example: ClassVar[str] = "a table"  # what a planner is told to write in its place


class Labels(Table):
    """What people read in place of a key, by language."""

    example: ClassVar[str] = 'text in quotes, or a table { en = "…", zh = "…" }'

    en: str | None = None
    zh: str | None = None

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> Any:
        """The text alone, where only English is given."""
        table = handler(self)
        return self.en if list(table) == ["en"] else table


def _labels(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


LabelField = Annotated[Labels, BeforeValidator(_labels, json_schema_input_type=str | Labels)]


class Labeled(Table):
    """A table with a name for people: `label = "Bot first"`, or `label = { en = "…", zh = "…" }`."""

    labels: LabelField | None = Field(default=None, alias="label", description="what people read")

    @property
    def label(self) -> str | None:
        """The English label, if the file has one."""
        return self.labels.en if self.labels else None

    def label_in(self, language: str) -> str | None:
        """The label in that language, else the English one, else None."""
        own = getattr(self.labels, language, None) if self.labels else None
        return own or self.label


def plain(value: Any) -> Any:
    """Tables, lists and leaves without our classes: what a TOML or JSON writer takes."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


__all__ = ["FrozenDict", "LabelField", "Labeled", "Labels", "Table", "plain"]
