"""Which shipped mapping a file is of, by the names of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.records.events import looks_like_events
from calibration.records.mapping import EventsMapping, Mapping
from calibration.records.mapping_parts import FileHints
from calibration.records.maps import load_map, shipped_maps
from calibration.records.opening import Source
from calibration.records.sheets import Head, head_of, not_apart, plain
from scenarios.faults import Fault, FaultyInput, one_of


@dataclass(frozen=True)
class _Fit:
    """How a mapping fits a file."""

    name: str
    mapping: Mapping
    n_named: int
    missing: tuple[str, ...]

    @property
    def closeness(self) -> float:
        """Share of the mapping's columns that the file has."""
        return 1.0 - len(self.missing) / max(1, self.n_named)


def needed_columns(mapping: Mapping) -> list[str]:
    """Columns without which a file cannot be read by the mapping."""
    return [name for name in mapping.needed() if name not in mapping.optional]


def missing_columns(mapping: Mapping, head: Head) -> tuple[str, ...]:
    """Columns that the mapping needs and the head has not."""
    there = {plain(name) for name in head.names}
    return tuple(name for name in needed_columns(mapping) if plain(name) not in there)


def recognized(source: Source) -> tuple[str, Mapping]:
    """The one shipped mapping that fits the file: all its columns are there, and more of them than of any other."""
    headless = [name for name in shipped_maps() if load_map(name).file.header is not None]
    for name in headless:
        mapping = load_map(name)
        if isinstance(mapping, EventsMapping) and looks_like_events(source, mapping):
            return name, mapping
    fits = [_fit(name, source) for name in shipped_maps() if name not in headless]
    whole = sorted((fit for fit in fits if not fit.missing), key=lambda fit: -fit.n_named)
    head = head_of(source, frozenset(), FileHints())
    if not whole and not head.comes_apart:
        raise FaultyInput([not_apart(source, head)])
    if not whole:
        raise FaultyInput([_none_fits(source, fits)])
    best = [fit for fit in whole if fit.n_named == whole[0].n_named]
    if len(best) > 1:
        names = one_of([f"'{fit.name}'" for fit in best])
        raise FaultyInput(
            [Fault(source.name, "", "several mappings fit its columns", names, "name the one meant")]
        )
    return best[0].name, best[0].mapping


def _fit(name: str, source: Source) -> _Fit:
    mapping = load_map(name)
    needed = needed_columns(mapping)
    head = head_of(source, frozenset(plain(column) for column in needed), mapping.file)
    return _Fit(name, mapping, len(needed), missing_columns(mapping, head))


def _none_fits(source: Source, fits: list[_Fit]) -> Fault:
    nearest = max(fits, key=lambda fit: (fit.closeness, fit.n_named))
    if nearest.closeness <= 0.0:
        known = one_of([f"'{name}'" for name in shipped_maps()])
        hint = "write a mapping of your own: docs/features/records.md"
        return Fault(source.name, "", "no shipped mapping knows its columns", known, hint)
    missing = " and ".join(f"'{name}'" for name in nearest.missing)
    found = f"no shipped mapping fits; the nearest is '{nearest.name}', but there is no {missing}"
    return Fault(source.name, "", found, "", "name a mapping, or write one: docs/features/records.md")
