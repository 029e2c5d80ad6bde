"""Records of a simulated center, as its own system would keep them: truths that are known, for calibration to find."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts, Outcome
from scenarios import Scenario
from sim.codes import Outcome as Ended
from sim.kernel.record import NOBODY, Records
from sim.replicate import Asked, run

Column = npt.NDArray[Any]
MONDAY = date(2026, 1, 5)
"""First day of the record of a scenario without a date: its day 0 is a Monday."""


def simulated_contacts(scenario: Scenario, seed: int = 1) -> Contacts:
    """The contacts of one replication that reached the agents' queue within the horizon, in order of joining."""
    blocks: list[Records] = []
    run(scenario, Asked(seed=seed, replications=1), log=lambda _, rows: blocks.append(rows.copy()))
    rows = np.concatenate(blocks)
    joined_s = rows["queued_s"]
    counted = (joined_s >= 0.0) & (joined_s < scenario.calendar.horizon_s) & (rows["outcome"] != Ended.OPEN)
    rows = rows[counted]
    return _contacts(scenario, rows[np.argsort(rows["queued_s"], kind="stable")])


def _contacts(scenario: Scenario, rows: Records) -> Contacts:
    answered = rows["outcome"] == Ended.SERVED
    joined_s = np.rint(rows["queued_s"])  # a record keeps whole seconds
    until_s = np.rint(np.where(answered, rows["answered_s"], rows["ended_s"]))
    agents, agent = _agents(scenario, rows)
    return Contacts(
        first_day=scenario.calendar.start or MONDAY,
        queues=tuple(scenario.contact_type),
        queue=rows["type"].astype(np.int64),
        joined_s=joined_s,
        outcome=np.where(answered, Outcome.ANSWERED, Outcome.ABANDONED).astype(np.int64),
        waited_s=until_s - joined_s,
        talk_s=np.where(answered, np.rint(rows["talk_s"]), np.nan),
        wrap_up_s=np.where(answered, np.rint(rows["wrap_up_s"]), np.nan),
        menu_s=np.full(len(rows), np.nan),
        agents=agents,
        agent=agent,
        customer=_customers(rows),
    )


def _agents(scenario: Scenario, rows: Records) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Names of agents, the group and the place in it, and whose each contact was; −1: nobody's."""
    groups = tuple(scenario.agent_group)
    pairs = np.stack([rows["group"], rows["agent"]], axis=1).astype(np.int64)
    served = rows["group"] != NOBODY
    agent = np.full(len(rows), -1, dtype=np.int64)
    known, place = np.unique(pairs[served], axis=0, return_inverse=True)
    agent[served] = place.ravel()
    return tuple(f"{groups[group]}-{number + 1}" for group, number in known), agent


def _customers(rows: Records) -> npt.NDArray[np.int64]:
    """A customer for each need: whoever comes again about it is known by it."""
    keys = np.stack([rows["need_type"], rows["day"], rows["k"]], axis=1)
    _, customer = np.unique(keys, axis=0, return_inverse=True)
    return np.asarray(customer.ravel(), dtype=np.int64)
