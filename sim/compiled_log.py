"""The compiled engine's log as records: the same columns as the readable engine's (`sim.records`)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.compiled import LogBlock
from sim.kernel import state
from sim.records import Attempts, Needs, Records

_NO_ROWS = LogBlock(
    np.empty(0, dtype=state.ATTEMPT_ROW),
    np.empty(0, dtype=state.NEED_ROW),
    np.empty(0, dtype=state.OVERTIME_ROW),
)


def records_of_blocks(blocks: Iterable[LogBlock]) -> Records:
    """All blocks together: attempts in order of arrival, needs in order of first contact."""
    attempts, needs, overtime = (np.concatenate(parts) for parts in zip(_NO_ROWS, *blocks, strict=True))
    attempts, needs = attempts[np.argsort(attempts["number"])], needs[np.argsort(needs["number"])]
    return Records(
        attempts=Attempts(
            contact_type=attempts["type"],
            **{
                name: attempts[name].copy()
                for name in Attempts.__dataclass_fields__
                if name != "contact_type"
            },
        ),
        needs=Needs(
            contact_type=needs["type"],
            **{name: needs[name].copy() for name in Needs.__dataclass_fields__ if name != "contact_type"},
        ),
        overtime_group=overtime["group"],
        overtime_start_s=overtime["start_s"],
        overtime_end_s=overtime["end_s"],
    )
