"""What the Python interface says to questions that have no answer."""

from __future__ import annotations

import re
import sys

import pytest

from ccplan import api
from scenarios import FaultyInput
from tests.ccplan.small import small_center


def says(sentence):
    """The whole message, word for word."""
    return pytest.raises(ValueError, match=f"^{re.escape(sentence)}$")


MORE_PEOPLE = {"agent_group.team.agents.present": 8}


@pytest.fixture(scope="module")
def run():
    return api.simulate(small_center(), replications=2)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"measure": "servicelevel"}, "measure: 'servicelevel' is not told; did you mean 'service_level'?"),
        (
            {"measure": "offered", "scope": "type"},
            "scope: got 'type', expected total, contact_type, agent_group, channel or bot",
        ),
        (
            {"measure": "offered", "scope": "contact_type", "name": "sell"},
            "name: got 'sell', expected 'ask' or 'tell'",
        ),
        ({"measure": "offered", "scope": "contact_type"}, "name: got '', expected 'ask' or 'tell'"),
        ({"measure": "offered", "name": "ask"}, "name: got 'ask', expected ''"),
        ({"measure": "occupancy", "interval": 3}, "interval: 'occupancy' needs intervals=True in simulate"),
    ],
)
def test_a_figure_that_is_not_there(run, asked, sentence):
    with says(sentence):
        run.value(**asked)


def test_money_has_no_intervals():
    run = api.simulate(small_center(), replications=2, intervals=True)
    with says("interval: 'cost_total' is not told by interval"):
        run.value("cost_total", interval=3)
    with says("interval: got 24, expected 0 to 23"):
        run.value("offered", interval=24)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"replications": 0}, "replications: got 0, expected a whole number of at least 1"),
        ({"replications": 2.5}, "replications: got 2.5, expected a whole number of at least 1"),
        ({"seed": -1}, "seed: got -1, expected a whole number of at least 0"),
        ({"workers": 0}, "workers: got 0, expected a whole number of at least 1"),
        ({"precision": 5}, "precision: got 5, expected a number between 0 and 1, such as 0.005"),
    ],
)
def test_sizes_that_mean_nothing(options, sentence):
    with says(sentence):
        api.simulate(small_center(), **options)


def test_one_size_is_enough():
    with says("replications and precision: got both, expected one of them"):
        api.compare([small_center()], replications=3, precision=0.01)


def test_several_designs_must_be_named():
    center = small_center()
    found = api.compare([center, center.changed(MORE_PEOPLE), center], replications=2)
    with says("design: got none, expected 'small-2' or 'small-3'"):
        found.difference("offered")
    with says("design: got 'small', expected 'small-2' or 'small-3'"):
        found.difference("offered", "small")


def test_a_baseline_alone_is_no_comparison():
    with pytest.raises(FaultyInput, match="designs: is empty, expected at least one design"):
        api.compare([small_center()], replications=2)


def test_people_left_to_the_optimizer_cannot_be_simulated():
    unplanned = small_center().changed({"agent_group.team.agents": "plan"})
    for ask in (lambda: api.simulate(unplanned), lambda: api.compare([unplanned, small_center()])):
        with pytest.raises(FaultyInput, match=r'agent_group\.team\.agents: "plan", expected people'):
            ask()


def test_without_pandas_a_sentence(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"^to_frame\(\) needs pandas, which is not installed"):
        run.to_frame()
