"""What contacts are worth: the margin of what customers buy, in expectation."""

from __future__ import annotations

import numpy as np

from sim.measures.costs.time import over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def value(s: Stack) -> FloatArray:
    """Margin × (person share × answered by people + bot share × solved by the bot), by contact type.

    Every answered contact is a chance to sell, also the second of a need. Shares are expectations: nobody is drawn.
    """
    shares = [
        (0.0, 0.0) if sale is None else (sale.person * sale.margin, sale.bot * sale.margin)
        for sale in (declared.conversion for declared in s.world.scenario.contact_type.values())
    ]
    by_person, by_bot = np.array(shares).T[:, :, None]
    solved = s.of_types(AttemptSum.CONTAINED) - s.of_types(AttemptSum.WRONGLY_CLOSED)
    return by_person * over_horizon(s.of_types(AttemptSum.ANSWERED)) + by_bot * over_horizon(solved)
