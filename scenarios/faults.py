"""Faults: what is wrong in a file, where, what was expected, and what was probably meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
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
    """A fault by its path in the resolved data; in which file the key stands is found later."""

    path: Path
    found: str
    expected: str = ""
    hint: str = ""


class FaultyInput(Exception):  # noqa: N818 - it says what it is; nobody would look for "FaultyInputError"
    """Input that cannot be used; carries every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["FaultyInput"], tuple[tuple[Fault, ...]]]:
        return (FaultyInput, (self.faults,))


def sentence(found: str, expected: str, hint: str) -> str:
    """Join the parts: found X, expected Y (write Z); a question follows a semicolon instead."""
    text = f"{found}, expected {expected}" if expected else found
    if not hint:
        return text
    return f"{text}; {hint}" if hint.startswith("did you mean") else f"{text} ({hint})"


def nearest(name: str, names: Iterable[str]) -> str:
    """Ask "did you mean …?" where a known name is near enough; else say nothing."""
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean '{by_lower[close[0]]}'?" if close else ""


def one_of(names: Sequence[str]) -> str:
    """List names in words: a, b or c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def unknown(path: Path, what: str, name: str, names: Sequence[str]) -> Finding:
    """Finding for a name nobody knows: the nearest one, or else all that there are."""
    hint = nearest(name, names)
    expected = one_of(sorted(names)) if names and not hint else ""
    return Finding(
        path, f"unknown {what}" if path[-1] == name else f"unknown {what} '{name}'", expected, hint
    )


def got(value: object) -> str:
    """Say what was found, as the file would write it."""
    return f"got {as_written(value)}"


def as_written(value: object) -> str:
    """Words of a TOML file for a value; tables and lists by their kind."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f'"{value}"' if isinstance(value, str) else str(value)


def key_text(path: Path, data: object) -> str:
    """Path in the words of the file: `agent_group.team.skills["call"].weight`; unnamed entries count from 1."""
    text = ""
    for step in path:
        data = step_into(data, step)
        if isinstance(step, int):
            text += f"[{_name_of_entry(data) or step + 1}]"
        else:
            text += f".{in_key(step)}" if text else in_key(step)
    return text


def in_key(step: str) -> str:
    """One step of a dotted key; quoted where TOML wants it."""
    return step if re.fullmatch(r"[\w-]+", step, re.ASCII) else f'"{step}"'


def step_into(data: object, step: str | int) -> object:
    """Value one step further inside tables and lists; None where there is none."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _name_of_entry(entry: object) -> str:
    """Name of a list's entry, in quotes, where something in it names it."""
    names = [entry.get(key) for key in ("name", "contact_type", "group")] if isinstance(entry, dict) else []
    return next((f'"{name}"' for name in names if isinstance(name, str)), "")
