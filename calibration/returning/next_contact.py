"""From the end of each contact to the same customer's next one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

HALF_HOUR_S = 1800.0
CALLED_BACK_WITHIN_S = 14_400.0
CALL_BACK_SHARE = 0.5
ENOUGH = 30


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


def call_back_queues(contacts: Contacts) -> tuple[str, ...]:
    """Queues that look like the center's own call-backs.

    At least half of their contacts with a known customer follow within four hours an abandoned one of the same
    customer in another queue. Nobody redials into another queue so often.
    """
    known = np.nonzero(contacts.customer >= 0)[0]
    order = known[np.lexsort((contacts.joined_s[known], contacts.customer[known]))]
    this, before = order[1:], order[:-1]
    follows = (
        (contacts.customer[this] == contacts.customer[before])
        & (contacts.joined_s[this] - contacts.ended_s[before] <= CALLED_BACK_WITHIN_S)
        & contacts.abandoned[before]
        & (contacts.queue[this] != contacts.queue[before])
    )
    n = np.bincount(contacts.queue[known], minlength=len(contacts.queues))
    n_follow = np.bincount(contacts.queue[this[follows]], minlength=len(contacts.queues))
    found = (n >= ENOUGH) & (n_follow >= CALL_BACK_SHARE * n)
    return tuple(name for name, is_one in zip(contacts.queues, found.tolist(), strict=True) if is_one)


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
