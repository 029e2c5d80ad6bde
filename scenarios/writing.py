"""A scenario as a TOML file: reading it again gives the same scenario.

Tables of the format get headers, their inner tables stand inline; long lists run over several lines.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from json import dumps
from typing import Any

from scenarios.faults import in_key
from scenarios.scenario import Scenario

WIDTH = 100
LONG = 24  # numbers, such as one for each hour of a day
NAMED = ("contact_type", "agent_group", "bot")


def dump(scenario: Scenario) -> str:
    """TOML text of a resolved scenario; keys that no file sets are left out."""
    return "\n".join(_document(scenario.as_dict())) + "\n"


def _document(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if not _has_header(key, value):
            yield _line(key, value)
    for key, value in data.items():
        if key in NAMED:
            for name, table in value.items():
                yield from _table((key, name), table)
        elif key == "event":
            for event in value:
                yield from ("", "[[event]]", *(_line(inner, said) for inner, said in event.items()))
        elif _has_header(key, value):
            yield from _table((key,), value)


def _has_header(key: str, value: Any) -> bool:
    return (isinstance(value, Mapping) and key != "label") or key == "event"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """A table with its header, and after it those of its tables that are too large for a line of it.

    These are the contact types of a bot, and tables by weekday class with a value for each interval.
    """
    served = table.get("contact_type", {}) if path[0] == "bot" and len(path) == 2 else {}
    large = {key: value for key, value in table.items() if _is_by_interval(value)}
    own = {k: value for k, value in table.items() if k not in large and not (served and k == "contact_type")}
    if own or not (served or large):
        yield from ("", f"[{'.'.join(in_key(step) for step in path)}]")
        yield from (_line(key, value) for key, value in own.items())
    for key, inner in large.items():
        yield from _table((*path, key), inner)
    for name, inner in served.items():
        yield from _table((*path, "contact_type", name), inner)


def _is_by_interval(value: Any) -> bool:
    """Whether it is a table that holds long lists, or a table of such tables."""
    if not isinstance(value, Mapping) or "law" in value:
        return False
    lists = any(isinstance(inner, list) and len(inner) >= LONG for inner in value.values())
    return lists or any(_is_by_interval(inner) for inner in value.values())


def _line(key: str, value: Any) -> str:
    return f"{in_key(key)} = {toml_value(value)}"


def toml_value(value: Any) -> str:
    """One value in TOML; numbers without needless decimals."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_line(key, inner) for key, inner in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return _list([toml_value(inner) for inner in value])
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _list(entries: list[str]) -> str:
    """Entries on one line if they fit, else wrapped."""
    one_line = f"[{', '.join(entries)}]"
    if len(one_line) <= WIDTH:
        return one_line
    lines = [""]
    for entry in entries:
        if lines[-1] and len(lines[-1]) + len(entry) + 2 > WIDTH:
            lines.append("")
        lines[-1] += f"{entry}, "
    return "[\n" + "".join(f"  {line.rstrip()}\n" for line in lines) + "]"
