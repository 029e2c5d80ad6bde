"""Which returns a record tells surely enough to state them, and how many of the offered contacts they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from calibration.records.contacts import BoolArray, Contacts
from calibration.returning import Returns, ReturnsFit
from calibration.service.hang_ups import HANG_UP_S

SEEN, LEAST = 2.0, 0.005
"""A share below so many of its standard errors, or below this, is not stated."""


def told_only(returns: ReturnsFit, queues: Sequence[str]) -> ReturnsFit:
    """The fit without what cannot be told from none; a queue without redials of its own takes those of all.

    Nobody returns because of the center's own calls.
    """
    of_all = _told(returns.redial_of_all)
    return replace(
        returns,
        redial=tuple(
            None if queue in returns.left_out else _told(one) or of_all
            for queue, one in zip(queues, returns.redial, strict=True)
        ),
        redial_of_all=of_all,
        cut_off=_told(returns.cut_off),
        reconnect=_told(returns.reconnect),
    )


def _told(found: Returns | None) -> Returns | None:
    """The returns, if their share can be told from none and their delay can be told at all."""
    if found is None or found.share.standard_error is None or found.delay.mean_error_s is None:
        return None
    return found if found.share.value > max(SEEN * found.share.standard_error, LEAST) else None


def share_of(found: Returns | None) -> float:
    """The share that comes back; 0 where it is not told."""
    return 0.0 if found is None else min(found.share.value, 1.0)


def returning_share(contacts: Contacts, returns: ReturnsFit, queue: int) -> float:
    """Expected returns ÷ offered contacts of a queue: after giving up, being cut off, and ordinary services."""
    if contacts.queues[queue] in returns.left_out:
        return 0.0
    own = contacts.queue == queue
    cut = cut_off(contacts) & own
    ordinary = contacts.answered & own & ~cut
    back = share_of(returns.redial[queue]) * (contacts.abandoned & own).sum()
    back += share_of(returns.cut_off) * cut.sum() + share_of(returns.reconnect) * ordinary.sum()
    return float(back / max((contacts.offered & own).sum(), 1))


def cut_off(contacts: Contacts) -> BoolArray:
    """Services of a few seconds: somebody hung up."""
    return np.asarray(contacts.answered & (np.nan_to_num(contacts.talk_s, nan=np.inf) < HANG_UP_S))
