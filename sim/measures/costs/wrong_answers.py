"""What wrong answers cost: refunds, goodwill, second deliveries, in expectation."""

from __future__ import annotations

import numpy as np

from sim.measures.costs.time import over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def cost_of_wrong_answers(s: Stack) -> FloatArray:
    """Cost × (person share × answered by people + bot share × closed by the bot), by contact type.

    Shares are expectations: nobody is drawn to have got a wrong answer, and it has no other effect on the contact.
    """
    shares = [
        (0.0, 0.0) if wrong is None else (wrong.person * wrong.cost, wrong.bot * wrong.cost)
        for wrong in (declared.wrong_answer for declared in s.types)
    ]
    by_person, by_bot = np.array(shares).T[:, :, None]
    answered, closed = (
        over_horizon(s.of_types(kind)) for kind in (AttemptSum.ANSWERED, AttemptSum.CONTAINED)
    )
    return by_person * answered + by_bot * closed
