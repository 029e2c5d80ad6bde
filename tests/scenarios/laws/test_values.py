"""A scenario is a value: it does not change, equal content is equal, and it travels to other processes."""

import copy
import pickle
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from scenarios import catalog_entries, digest, dump, from_data, load

FULL = Path(__file__).parents[1] / "full.toml"


def test_attributes_and_tables_do_not_change() -> None:
    scenario = load(FULL)
    with pytest.raises(ValidationError):
        scenario.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError, match="does not change"):
        scenario.contact_type["new"] = scenario.contact_type["orders"]
    with pytest.raises(TypeError, match="does not change"):
        scenario.agent_group.pop("general")
    with pytest.raises(TypeError, match="does not change"):
        scenario.sources.update({})


def test_changed_leaves_the_first_as_it_was() -> None:
    first = load(FULL)
    before = digest(first)
    second = first.changed(
        {"contact_type.orders.arrivals.factor": 1.2, "contact_type.experts.patience_s": 30}
    )
    assert digest(first) == before != digest(second)
    assert first.contact_type["orders"].arrivals.factor == 1.1
    assert second.contact_type["orders"].arrivals.factor == 1.2
    assert (second.name, second.label, second.summary) == (first.name, first.label, first.summary)


def test_changed_there_and_back_is_the_same() -> None:
    first = load(FULL)
    there = first.changed({"contact_type.experts.arrivals.per_h": 3})
    assert there.changed({"contact_type.experts.arrivals.per_h": 2}) == first


def test_none_takes_a_key_away() -> None:
    assert (
        load("erlang-a").changed({"contact_type.call.patience_s": None}).contact_type["call"].patience_s
        is None
    )


def test_equal_files_are_equal_and_hash_alike() -> None:
    one, two = load(FULL), load(FULL)
    assert one == two
    assert hash(one) == hash(two)
    assert digest(one) == digest(two)


@pytest.mark.parametrize("name", ["erlang-c", "erlang-a", "n-design"])
def test_copies_by_pickle_and_deepcopy_are_equal(name: str) -> None:
    scenario = load(name)
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario


def test_digest_knows_no_order_of_keys_but_knows_that_of_types() -> None:
    data = tomllib.loads(dump(load("n-design")))
    turned = {key: data[key] for key in reversed(data)}
    assert digest(from_data(turned)) == digest(from_data(data))
    types = data["contact_type"]
    swapped = data | {"contact_type": {key: types[key] for key in reversed(types)}}
    assert digest(from_data(swapped)) != digest(from_data(data)), "types number the streams of customers"


def test_digest_sees_every_key() -> None:
    """Setting any number of the full scenario a little higher gives another digest."""
    scenario = load(FULL)
    for key in ("lines.n", "plan.max_present", "bot.menu.price.per_minute", "assist.per_seat_month"):
        table, _, last = key.rpartition(".")
        old = scenario.as_dict()
        for step in table.split("."):
            old = old[step]
        assert digest(scenario.changed({key: old[last] + 1})) != digest(scenario), key


def test_written_and_read_again_is_the_same() -> None:
    shipped = [entry.name for entry in catalog_entries() if entry.kind == "scenario"]
    for path in [FULL, *shipped]:
        scenario = load(path)
        assert from_data(tomllib.loads(dump(scenario))) == scenario


def test_importing_needs_neither_numpy_nor_scipy() -> None:
    code = "import sys, scenarios; print([m for m in ('numpy', 'scipy', 'click', 'jinja2', 'sim') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
