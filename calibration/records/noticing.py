"""What a planner should know of a record before anything is fitted to it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from calibration.records.contacts import Contacts
from calibration.records.intervals import Intervals

_FEW = 0.001
_SHORT_S = 10.0


def of_contacts(contacts: Contacts) -> list[str]:
    """Missing days, tiny queues, unknown agents and customers, talks of a few seconds."""
    if len(contacts) == 0:
        return ["no contact in these files"]
    per_day = np.bincount(contacts.day, minlength=contacts.n_days)
    return [
        *_missing_days(contacts, per_day),
        *_tiny_queues(contacts),
        *_unknown(contacts),
        *_short_talks(contacts),
    ]


def _missing_days(contacts: Contacts, per_day: np.ndarray) -> list[str]:
    empty = np.flatnonzero(per_day == 0)
    if len(empty) == 0:
        return []
    shown = ", ".join((contacts.first_day + timedelta(days=int(day))).isoformat() for day in empty[:5])
    more = ", ..." if len(empty) > 5 else ""
    return [f"days without a contact: {len(empty):,} of {contacts.n_days:,} ({shown}{more})"]


def _tiny_queues(contacts: Contacts) -> list[str]:
    counts = np.bincount(contacts.queue, minlength=len(contacts.queues))
    return [
        f"queue '{name}' has {n:,} of {len(contacts):,} contacts"
        for name, n in zip(contacts.queues, counts.tolist(), strict=True)
        if 0 < n < _FEW * len(contacts)
    ]


def _unknown(contacts: Contacts) -> list[str]:
    notes = []
    nameless = int((contacts.answered & (contacts.agent < 0)).sum())
    if contacts.agents and nameless:
        notes.append(f"answered, and nobody knows by whom: {nameless:,} (kept)")
    if (contacts.customer >= 0).any():
        shares = [
            f"{100.0 * (contacts.customer[chosen] < 0).mean():.0f} % of {word}"
            for word, chosen in (
                ("the answered", contacts.answered),
                ("those who hung up", contacts.abandoned),
            )
            if chosen.any()
        ]
        notes.append(f"customer unknown: {', '.join(shares)}")
    return notes


def _short_talks(contacts: Contacts) -> list[str]:
    talked = contacts.answered & ~np.isnan(contacts.talk_s)
    short = talked & (contacts.talk_s < _SHORT_S)
    if not short.any():
        return []
    share = 100.0 * short.sum() / talked.sum()
    return [f"talks under {_SHORT_S:.0f} s: {int(short.sum()):,} ({share:.1f} % of {int(talked.sum()):,})"]


def of_intervals(intervals: Intervals) -> list[str]:
    """Missing days, and where offered is not answered + abandoned."""
    notes = []
    rows = np.stack([intervals.offered, intervals.answered, intervals.present])
    empty = np.flatnonzero(np.isnan(rows).all(axis=(0, 2, 3)))
    if len(empty):
        shown = ", ".join((intervals.first_day + timedelta(days=int(day))).isoformat() for day in empty[:5])
        more = ", ..." if len(empty) > 5 else ""
        notes.append(f"days without a row: {len(empty):,} of {intervals.n_days:,} ({shown}{more})")
    mismatch = intervals.mismatch()
    if mismatch is not None and mismatch.n:
        notes.append(str(mismatch))
    return notes
