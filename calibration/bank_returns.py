"""Who comes back to the bank: callers who gave up, and callers whom an agent cut off, beyond those who call anyway.

As calibration.returning has it, in the plainest form: the excess within one hour, as it was counted.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import TYPES, Calls
from calibration.records.contacts import BoolArray, Contacts
from calibration.returning.excess import Seen, excess
from calibration.returning.next_contact import known_share_around, seconds_to_next
from calibration.service.hang_ups import HANG_UP_S

FloatArray = npt.NDArray[np.float64]

WITHIN_S = 3600.0
"""Redials have come by then: the excess after one hour and after a day are the same."""
GRID_S = 30.0
CALL_BACK = "TT"


@dataclass(frozen=True)
class Returns:
    """How many come back, and how soon."""

    seen_share: float
    """Excess among known callers: a lower bound."""
    known_share: float
    """Of calls at those times, how many had a known caller."""
    times_s: FloatArray
    excess: FloatArray
    """Excess by each time."""

    @property
    def share(self) -> float:
        """Seen ÷ known: as many as come back if the unknown return like the known."""
        return self.seen_share / self.known_share

    @property
    def mean_delay_s(self) -> float:
        """Mean time to the return: the area above the curve."""
        reached = self._reached
        return float(np.sum(np.diff(self.times_s) * (1.0 - (reached[1:] + reached[:-1]) / 2)))

    @property
    def median_delay_s(self) -> float:
        """Time by which half of the returns have come."""
        return float(np.interp(0.5, self._reached, self.times_s))

    def cdf(self, t_s: FloatArray) -> FloatArray:
        """Share of the returns that have come by these times."""
        return np.interp(t_s, self.times_s, self._reached)

    @property
    def _reached(self) -> FloatArray:
        """The curve brought to 1 at its end; by chance it may dip, a distribution function does not."""
        return np.minimum(np.maximum.accumulate(self.excess) / self.excess[-1], 1.0)


@dataclass(frozen=True)
class Followed:
    """The calls as contacts, and the time from each to the same caller's next; call-backs are the bank's own."""

    contacts: Contacts
    own: BoolArray
    until_s: FloatArray

    @property
    def ordinary(self) -> BoolArray:
        """Served without the agent hanging up."""
        return self.contacts.answered & (np.nan_to_num(self.contacts.talk_s) >= HANG_UP_S)

    @property
    def cut_off(self) -> BoolArray:
        """Callers on whom the agent hung up within seconds."""
        short = np.nan_to_num(self.contacts.talk_s, nan=np.inf) < HANG_UP_S
        return self.contacts.answered & short & self.own

    def of_type(self, name: str) -> BoolArray:
        """Calls of this type."""
        return self.contacts.queue == TYPES.index(name)

    def returns_after(self, event: BoolArray, ordinary: BoolArray, within_s: float = WITHIN_S) -> Returns:
        """Excess of known callers back after some calls, over those back after ordinary ones."""
        known = ~np.isnan(self.until_s)
        after, anyway = (
            Seen(self.until_s[chosen], self.contacts.customer[chosen])
            for chosen in (event & known, ordinary & known)
        )
        times_s = np.arange(0.0, within_s + GRID_S / 2, GRID_S)
        back = excess(after, anyway, times_s)
        around = known_share_around(self.contacts, event & known, self.own)
        return Returns(float(back[-1]), around, times_s, back)


def followed(calls: Calls) -> Followed:
    """The calls with what followed them."""
    contacts = calls.contacts
    own = contacts.queue != TYPES.index(CALL_BACK)
    return Followed(contacts, own, seconds_to_next(contacts, own, calls.ended_s))
