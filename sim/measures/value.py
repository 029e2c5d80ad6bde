"""What contacts are worth: the margin of sales, less the margin lost with those who leave; in expectation."""

from __future__ import annotations

import numpy as np

from sim.measures.experience import value_lost
from sim.measures.proactive import margin_of_notices
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def value(s: Stack) -> FloatArray:
    """Won with sales and lost with customers, by contact type; a scenario states one of them, never both."""
    return margin_of_sales(s) + margin_of_notices(s) - value_lost(s)


def margin_of_sales(s: Stack) -> FloatArray:
    """Margin × (person share × answered by people + bot share × solved by the bot), by contact type.

    Every answered contact is a chance to sell, also the second of a need. Shares are expectations: nobody is drawn.
    """
    shares = [
        (0.0, 0.0) if sale is None else (sale.person * sale.margin, sale.bot * sale.margin)
        for sale in (declared.conversion for declared in s.types)
    ]
    by_person, by_bot = np.array(shares).T[:, :, None]
    solved = s.of_types(AttemptSum.CONTAINED) - s.of_types(AttemptSum.WRONGLY_CLOSED)
    won: FloatArray = by_person * s.of_types(AttemptSum.ANSWERED) + by_bot * solved
    return won
