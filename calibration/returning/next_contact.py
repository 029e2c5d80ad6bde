"""From the end of each contact to the same customer's next one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

HALF_HOUR_S = 1800.0


def seconds_to_next(
    contacts: Contacts, own: BoolArray | None = None, ended_s: FloatArray | None = None
) -> FloatArray:
    """Seconds to the same customer's next contact; infinite if none, NaN if nobody knows who it was.

    own: the contacts that customers made themselves; the center's own calls are left out on both sides
    ended_s: moments at which contacts were over, where the record has a clock of its own for them
    A customer who called again before the last contact was over has come back at once (0).
    """
    chosen = contacts.customer >= 0 if own is None else (contacts.customer >= 0) & own
    known = np.nonzero(chosen)[0]
    order = known[np.lexsort((contacts.joined_s[known], contacts.customer[known]))]
    followed = contacts.customer[order][1:] == contacts.customer[order][:-1]
    this, following = order[:-1][followed], order[1:][followed]
    until_s = np.full(len(contacts), np.nan)
    until_s[known] = np.inf
    over_s = contacts.ended_s if ended_s is None else ended_s
    until_s[this] = np.maximum(contacts.joined_s[following] - over_s[this], 0.0)
    return until_s


def known_share_around(contacts: Contacts, event: BoolArray, own: BoolArray) -> float:
    """Share of offered contacts with a known customer, on average over the half hours of these events.

    Only queues that carry names count: those whose known share is at least a tenth of the best queue's.
    """
    offered = contacts.offered & own
    total = np.bincount(contacts.queue[offered], minlength=len(contacts.queues))
    known = np.bincount(contacts.queue[offered & (contacts.customer >= 0)], minlength=len(contacts.queues))
    share = known / np.maximum(total, 1)
    carries = offered & (share >= 0.1 * share.max(initial=0.0))[contacts.queue]
    slot = (contacts.joined_s // HALF_HOUR_S).astype(np.int64)
    n = np.bincount(slot[carries], minlength=slot.max(initial=0) + 1)
    n_known = np.bincount(slot[carries & (contacts.customer >= 0)], minlength=len(n))
    around = slot[event & (n[slot] > 0)]
    return float((n_known[around] / n[around]).mean()) if len(around) else 1.0
