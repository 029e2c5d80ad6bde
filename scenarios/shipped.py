"""What is shipped: one line for each scenario and study of the catalog, without checking any."""

from dataclasses import dataclass

from scenarios.reading import catalog, parse, shipped_names
from scenarios.study import is_study


@dataclass(frozen=True)
class CatalogEntry:
    """A shipped file: its name, whether it is a scenario or a study, and what it is about."""

    name: str
    kind: str
    summary: str


def catalog_entries() -> tuple[CatalogEntry, ...]:
    """Every shipped file, scenarios first, each kind in alphabetical order."""
    entries = [_entry(name) for name in shipped_names()]
    return tuple(sorted(entries, key=lambda entry: (entry.kind, entry.name)))


def _entry(name: str) -> CatalogEntry:
    data = parse(catalog() / f"{name}.toml")
    kind = "study" if is_study(data) else "scenario"
    return CatalogEntry(name, kind, str(data.get("summary", data.get("study", ""))))
