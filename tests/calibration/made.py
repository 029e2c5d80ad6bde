"""Contacts made for a test: whatever is not told is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts, Outcome

FIRST_DAY = date(2026, 3, 2)  # a Monday


def contacts_of(
    joined_s: npt.ArrayLike,
    *,
    waited_s: npt.ArrayLike = 0.0,
    talk_s: npt.ArrayLike = np.nan,
    outcome: npt.ArrayLike = Outcome.ANSWERED,
    queue: npt.ArrayLike = 0,
    agent: npt.ArrayLike = -1,
    customer: npt.ArrayLike = -1,
    queues: Sequence[str] = ("calls",),
    agents: Sequence[str] = (),
) -> Contacts:
    """Contacts in order of joining; each column one value for all, or one for each."""
    joined = np.asarray(joined_s, dtype=np.float64)
    order = np.argsort(joined, kind="stable")

    def column(values: npt.ArrayLike, kind: type) -> npt.NDArray:
        return np.broadcast_to(np.asarray(values), joined.shape).astype(kind)[order]

    agent_column = column(agent, np.int64)
    names = tuple(agents) or tuple(f"a{i}" for i in range(int(agent_column.max(initial=-1)) + 1))
    return Contacts(
        first_day=FIRST_DAY,
        queues=tuple(queues),
        queue=column(queue, np.int64),
        joined_s=joined[order],
        outcome=column(outcome, np.int64),
        waited_s=column(waited_s, np.float64),
        talk_s=column(talk_s, np.float64),
        wrap_up_s=np.full(len(joined), np.nan),
        menu_s=np.full(len(joined), np.nan),
        agents=names,
        agent=agent_column,
        customer=column(customer, np.int64),
    )
