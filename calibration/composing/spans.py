"""A stretch of a record: the days from one date to another, as if nothing else had been recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calibration.records.contacts import DAY_S, Contacts


def between(contacts: Contacts, first: date | None, last: date | None) -> Contacts:
    """Contacts that joined from `first` to `last`, both included; days are counted from the first one."""
    begin = 0 if first is None else (first - contacts.first_day).days
    end = contacts.n_days if last is None else (last - contacts.first_day).days + 1
    begin = max(begin, 0)
    kept = contacts.of((contacts.day >= begin) & (contacts.day < end))
    moved = contacts.first_day.toordinal() + begin
    return replace(kept, first_day=date.fromordinal(moved), joined_s=kept.joined_s - begin * DAY_S)
