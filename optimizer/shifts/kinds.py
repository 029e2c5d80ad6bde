"""Every shift that the rules allow on a day, and which of them may share their breaks."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.shifts.rules import BreakRule, ShiftRules
from optimizer.shifts.slots import Slots

Windows = tuple["Window", ...]


@dataclass(frozen=True)
class Window:
    """A break's possible starts, `first` to `last` slots after the shift's start; away for `n_slots` slots."""

    rule: int
    first: int
    last: int
    n_slots: int


@dataclass(frozen=True)
class ShiftKind:
    """A shift of one day: where it starts (slot of the horizon), how many slots it lasts, its breaks' windows."""

    day: int
    start: int
    n_slots: int
    windows: Windows


def shift_kinds(slots: Slots, rules: ShiftRules) -> tuple[ShiftKind, ...]:
    """Shifts that lie within one stretch of open time: nobody is scheduled while the center is closed."""
    lengths = [
        (length_s // slots.slot_s, windows_of(length_s, slots.slot_s, rules.breaks))
        for length_s in rules.lengths_s
        if length_s // slots.slot_s <= slots.n
    ]
    kinds = []
    for first, end in slots.open_spans:
        for begins in range(first, min(end, first + slots.n)):
            start = slots.at(begins)
            if _may_start(start, slots, rules):
                kinds += [
                    ShiftKind(start // slots.n_per_day, start, n_slots, windows)
                    for n_slots, windows in lengths
                    if begins + n_slots <= end
                ]
    return tuple(sorted(kinds, key=lambda kind: (kind.start, kind.n_slots)))


def windows_of(length_s: int, slot_s: int, breaks: tuple[BreakRule, ...]) -> Windows:
    """The breaks of a shift of this length. A break that ends after the shift even at its earliest falls away.

    A window without the beginning of a slot in it takes the next slot.
    """
    found = []
    for rule, each in enumerate(breaks):
        n_slots = -(-each.length_s // slot_s)
        first = -(-each.from_s // slot_s)
        last = min(each.to_s // slot_s, length_s // slot_s - n_slots)
        if first + n_slots <= length_s // slot_s:
            found.append(Window(rule, first, max(first, last), n_slots))
    return tuple(found)


def _may_start(start: int, slots: Slots, rules: ShiftRules) -> bool:
    """Whether a shift may start in this slot: at an interval's edge, or as the rules say."""
    after_midnight_s = (start % slots.n_per_day) * slots.slot_s
    if rules.starts is None:
        return after_midnight_s % slots.horizon.interval_s == 0
    starts = rules.starts
    in_time = starts.from_s <= after_midnight_s <= starts.to_s
    return in_time and (after_midnight_s - starts.from_s) % starts.every_s == 0
