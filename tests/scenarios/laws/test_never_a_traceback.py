"""Whatever stands in a file, the answer is a scenario or sentences in our own words, never a traceback."""

import tomllib
from copy import deepcopy
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import FaultyInput, Scenario, from_data

FULL = tomllib.loads((Path(__file__).parents[1] / "full.toml").read_text("utf-8"))
LIBRARY_WORDS = (
    "Input should",
    "validation error",
    "Field required",
    "type=",
    "function-",
    "NoneType",
    "pydantic",
)

junk = st.sampled_from([
    None, True, -1, 0, 3, 10**400, 0.5, 82.0, float("nan"), float("inf"), "", "x", "mon", "plan", "80/20", "a.b",
    "3000/20", [], [[]], [1, "x"], {}, {"x": 1}, {"law": "gamma"}, {"law": 3}, {"law": {}}, {"like": "x"}, {"mon": 1},
    {"says": "x"}, [{}], [{"contact_type": "orders"}], [{"group": 3}], date(2026, 11, 9), time(8, 30),
    datetime(2026, 11, 9), datetime(2026, 11, 9, tzinfo=UTC), "08:00-22:00", "2026-11-09",
])  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into tables and lists."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [place for step, value in inner for place in places(value, (*path, step))]


PLACES = places(FULL)
changes = st.tuples(st.sampled_from(PLACES), st.sampled_from(["set", "drop", "rename"]), junk)


def spoiled(data: dict[str, Any], change: tuple[tuple[Any, ...], str, Any]) -> None:
    """One change made in the data, if its place is still there."""
    (*around, last), how, value = change
    table: Any = data
    for step in around:
        try:
            table = table[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(table, list) and isinstance(last, int) and last < len(table):
        table[last] = deepcopy(value)
    elif isinstance(table, dict) and last in table:
        old = table.pop(last)
        if how != "drop":
            table[last if how == "set" else f"{last}x"] = deepcopy(value) if how == "set" else old


def test_the_full_scenario_is_sound() -> None:
    assert isinstance(from_data(FULL), Scenario)


@settings(max_examples=200, deadline=None)
@given(st.lists(changes, min_size=1, max_size=4))
def test_spoiled_files_get_sentences(made: list[tuple[tuple[Any, ...], str, Any]]) -> None:
    data = deepcopy(FULL)
    for change in made:
        spoiled(data, change)
    try:
        assert isinstance(from_data(data, "full.toml"), Scenario)
    except FaultyInput as faulty:
        sentences = [str(fault) for fault in faulty.faults]
        assert sentences
        assert all(sentence.startswith("full.toml: ") for sentence in sentences)
        assert not [s for s in sentences for word in LIBRARY_WORDS if word in s], sentences
        assert len(set(sentences)) == len(sentences), "each fault once"
