"""Twins: the records of a simulation taken from its memory, and read back from the log that it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from calibration.records.reading import read
from calibration.simulated import simulated_contacts
from ccplan import cli
from ccplan.exits import EXIT_DONE
from scenarios import load


def test_the_log_read_back_holds_the_same_contacts(tmp_path: Path) -> None:
    run = [
        "simulate",
        "known-center",
        "--replications",
        "1",
        "--seed",
        "3",
        "--log",
        "--out",
        str(tmp_path / "run"),
    ]
    assert cli.run(run) == EXIT_DONE
    logged = read(tmp_path / "run" / "events.csv").contacts
    kept = simulated_contacts(load("known-center"), seed=3)
    assert logged is not None
    assert logged.first_day == kept.first_day
    inside = logged.of(logged.offered & (logged.joined_s >= 0.0) & (logged.day < 56))
    assert len(inside) == len(kept)
    assert np.array_equal(inside.outcome, kept.outcome)
    assert [inside.queues[i] for i in inside.queue] == [kept.queues[i] for i in kept.queue]
    assert np.abs(inside.joined_s - kept.joined_s).max() <= 1.0
    assert np.abs(inside.waited_s - kept.waited_s).max() <= 1.0
    assert np.nanmax(np.abs(inside.talk_s - kept.talk_s)) <= 1.0
