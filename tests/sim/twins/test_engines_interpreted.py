"""Twins: the kernel without its compiler is plain Python, and writes the same log."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin, Outcome
from sim.world.world import world_of
from tests.sim.engines import Lived, compiled, same_records, same_totals
from tests.sim.worlds import call, center, constant, team

ROOT = Path(__file__).parents[3]
LIVE = """
import pickle, sys
from sim.world.world import world_of
from tests.sim.engines import compiled
from tests.sim.twins.test_engines_interpreted import SAMPLE, small
with open(sys.argv[1], "wb") as file:
    pickle.dump(compiled(world_of(small()), SAMPLE), file)
"""
SAMPLE = Sample(3, 1, "antithetic")


def small() -> Scenario:
    """A short day with a bot, lines, transfers and returns."""
    part = {"of_100": {"solved": 30, "wrongly_closed": 20, "handed_over": 50}, "session_s": constant(90)}
    again = {"share": 0.8, "delay_s": {"law": "lognormal", "mean": 900, "cv": 1.0}}
    back = {"share": 0.8, "delay_h": {"law": "gamma", "mean": 1.0, "cv": 0.7}}
    types = {
        "call": call(
            arrivals={"per_day": 60, "shape": [1, 3, 1]},
            talk_s={"law": "lognormal", "mean": 300, "cv": 1.2},
            wrap_up_s=constant(60),
            patience_s={"law": "exponential", "mean": 120, "balk_share": 0.2},
            redial=again,
            reconnect=back,
            resolution_rate=0.6,
            transfer={"share": 0.3, "to": "expert"},
        ),
        "expert": call(arrivals={"per_day": 10}, patience_s=600),
    }
    groups = {"team": team(2, ["call", "expert"], policy="weighted_wait"), "late": team(1, ["expert"])}
    hours = {"warm_up_h": 0, "run_out_h": 24, "hours": {"mon-sun": "09:00-12:00"}}
    bot = {"menu": {"contact_type": {"call": part}, "max_sessions": 2, "selectivity": 0.5}}
    return center(types, groups, hours, bot=bot, lines={"n": 4}, busyness={"day_cv": 0.3})


def interpreted(folder: Path) -> Lived:
    """The same replication in a process in which nothing is compiled."""
    file = folder / "lived.pickle"
    without = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    subprocess.run([sys.executable, "-c", LIVE, str(file)], check=True, cwd=ROOT, env=without)
    lived: Lived = pickle.loads(file.read_bytes())
    return lived


def test_the_interpreted_kernel_writes_the_same_log(tmp_path):
    ours, theirs = compiled(world_of(small()), SAMPLE), interpreted(tmp_path)
    a = theirs.records.attempts
    assert {Origin.REDIAL, Origin.RECONNECT, Origin.TRANSFER} <= set(a.origin.tolist())
    assert {Outcome.SERVED, Outcome.ABANDONED, Outcome.CLOSED_BY_BOT} <= set(a.outcome.tolist())
    assert {BotOutcome.REFUSED, BotOutcome.WRONGLY_CLOSED, BotOutcome.ESCALATED} <= set(a.bot.tolist())
    assert same_records(ours.records, theirs.records) == []
    assert same_totals(ours.totals, theirs.totals) == []
