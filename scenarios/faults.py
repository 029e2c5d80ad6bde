"""Faults: what is wrong in a file, where, what was expected, and what was probably meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file, as a sentence."""

    file: str
    key: str
    found: str
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """File, key, what was found, what was expected, and what to write instead."""
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return where + sentence(self.found, self.expected, self.hint)


@dataclass(frozen=True)
class Finding:
    """A fault by its path in the resolved data; the file is found later."""

    path: Path
    found: str
    expected: str = ""
    hint: str = ""


class FaultyInput(Exception):
    """Input that cannot be used; carries every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["FaultyInput"], tuple[tuple[Fault, ...]]]:
        return (FaultyInput, (self.faults,))


def sentence(found: str, expected: str, hint: str) -> str:
    """Found X, expected Y (write Z); a question follows a semicolon instead."""
    text = f"{found}, expected {expected}" if expected else found
    if not hint:
        return text
    return f"{text}; {hint}" if hint.startswith("did you mean") else f"{text} ({hint})"


def nearest(name: str, names: Iterable[str]) -> str:
    """ "did you mean 'billing'?" where a name is near enough, else nothing."""
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean '{by_lower[close[0]]}'?" if close else ""


def one_of(names: Sequence[str]) -> str:
    """a, b or c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def got(value: object) -> str:
    """What was found, as the file would write it."""
    return f"got {as_written(value)}"


def as_written(value: object) -> str:
    """A value in the words of a TOML file; tables and lists by their kind."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return f"{value:g}" if isinstance(value, float) else str(value)


def key_text(path: Path, data: object = None) -> str:
    """A path as people read it: `agent_group.team.skills["call"].weight`; unnamed entries count from 1."""
    text = ""
    for step in path:
        inner = _step_into(data, step)
        if isinstance(step, int):
            text += f"[{_name_of_entry(inner) or step + 1}]"
        else:
            text += f".{step}" if text else step
        data = inner
    return text


def _step_into(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _name_of_entry(entry: object) -> str:
    """Entries of a list go by what names them, where something does."""
    if isinstance(entry, str):
        return ""
    if isinstance(entry, dict):
        for key in ("name", "contact_type", "group"):
            if isinstance(entry.get(key), str):
                return f'"{entry[key]}"'
    return ""
