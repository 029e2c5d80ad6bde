"""Who comes back: callers who gave up, and callers whom an agent cut off, beyond those who would call anyway.

Customers call a bank again and again; only the *excess* over what they do after an ordinary service is a return.
A return is seen only if the bank knew the caller, and it knew hardly anyone who was answered at once: what is
seen is a lower bound, and dividing it by the share of calls with a known caller at that time corrects it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import HALF_HOURS, Calls
from calibration.service.hang_ups import HANG_UP_S

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

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


def seconds_to_next_call(calls: Calls) -> FloatArray:
    """From the end of each call to the same customer's next one; infinite if none, NaN if nobody knows who it was.

    Call-backs are left out on both sides: they are the bank's calls, not the customer's.
    """
    known = np.nonzero((calls.customer != "") & (calls.contact_type != CALL_BACK))[0]
    order = known[np.lexsort((calls.clock_s[known], calls.customer[known]))]
    followed = calls.customer[order][1:] == calls.customer[order][:-1]
    this, following = order[:-1][followed], order[1:][followed]
    until_s = np.full(len(calls.day), np.nan)
    until_s[known] = np.inf
    until_s[this] = np.maximum(calls.clock_s[following] - calls.ended_s[this], 0.0)
    return until_s


def returns_after(calls: Calls, event: BoolArray, ordinary: BoolArray, within_s: float = WITHIN_S) -> Returns:
    """Excess returns after some calls, over those after ordinary ones.

    Share by t = (F(t) − G(t)) / (1 − G(t)),  F, G: share of known callers back by t after the event, after an
    ordinary service.
    """
    until_s = seconds_to_next_call(calls)
    after_event = np.sort(until_s[event & ~np.isnan(until_s)])
    after_ordinary = np.sort(until_s[ordinary & ~np.isnan(until_s)])
    times = np.arange(0.0, within_s + GRID_S / 2, GRID_S)
    back = np.searchsorted(after_event, times, side="right") / len(after_event)
    anyway = np.searchsorted(after_ordinary, times, side="right") / len(after_ordinary)
    excess = (back - anyway) / (1.0 - anyway)
    seen = event & ~np.isnan(until_s)
    return Returns(float(excess[-1]), known_share_around(calls, seen), times, excess)


def known_share_around(calls: Calls, event: BoolArray) -> float:
    """Share of calls with a known caller in the half hours of these events; only types that carry numbers."""
    carries = np.isin(calls.contact_type, ["PS", "PE", "NE"]) & calls.offered
    slot = calls.day * HALF_HOURS + np.minimum(calls.half_hour, HALF_HOURS - 1)
    n = np.bincount(slot[carries], minlength=slot.max() + 1)
    n_known = np.bincount(slot[carries & (calls.customer != "")], minlength=slot.max() + 1)
    around = slot[event & (n[slot] > 0)]
    return float((n_known[around] / n[around]).mean())


def ordinary_services(calls: Calls) -> BoolArray:
    """Calls that an agent served, without hanging up."""
    return calls.answered & (calls.talk_s >= HANG_UP_S)


def cut_off(calls: Calls) -> BoolArray:
    """Calls on which the agent hung up within seconds."""
    return calls.answered & (calls.talk_s < HANG_UP_S) & (calls.contact_type != CALL_BACK)
