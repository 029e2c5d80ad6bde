"""A stretch of a record: the days from one date to another, as if nothing else had been recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from calibration.records.contacts import DAY_S, Contacts
from calibration.records.spells import Spells


def spells_between(spells: Spells, contacts: Contacts) -> Spells:
    """The spells of these contacts' days, their moments counted from the contacts' first midnight."""
    shift_s = (contacts.first_day - spells.first_day).days * float(DAY_S)
    began_s, ended_s = spells.began_s - shift_s, spells.ended_s - shift_s
    known = np.where(np.isnan(began_s), ended_s, began_s)
    kept = (
        (known < contacts.n_days * float(DAY_S)) & ~(ended_s <= 0.0) & ~(np.isnan(ended_s) & (began_s < 0.0))
    )
    return Spells(
        first_day=contacts.first_day,
        agents=spells.agents,
        agent=spells.agent[kept],
        paused=spells.paused[kept],
        began_s=began_s[kept],
        ended_s=ended_s[kept],
    )


def between(contacts: Contacts, first: date | None, last: date | None) -> Contacts:
    """Contacts that joined from `first` to `last`, both included; days are counted from the first one."""
    begin = 0 if first is None else (first - contacts.first_day).days
    end = contacts.n_days if last is None else (last - contacts.first_day).days + 1
    begin = max(begin, 0)
    kept = contacts.of((contacts.day >= begin) & (contacts.day < end))
    moved = contacts.first_day.toordinal() + begin
    return replace(kept, first_day=date.fromordinal(moved), joined_s=kept.joined_s - begin * DAY_S)
