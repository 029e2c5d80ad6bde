"""Every shift that the rules allow on a day, and which of them may share their breaks."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.shifts.offers import BreakRule, Offer
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.slots import Slots

Windows = tuple["Window", ...]
ShiftKey = tuple[int, int, int]  # start slot, number of slots, number of the offer


@dataclass(frozen=True)
class Window:
    """A break's possible starts, `first` to `last` slots after the shift's start; away for `n_slots` slots."""

    rule: int
    first: int
    last: int
    n_slots: int


@dataclass(frozen=True)
class ShiftKind:
    """A shift of one day: where it starts (slot of the horizon), how many slots it lasts, its breaks' windows.

    cost_h: in paid hours at the group's price; most: people on it, None: no limit
    number: of its offer among all offers
    """

    day: int
    start: int
    n_slots: int
    windows: Windows
    cost_h: float
    most: int | None
    is_part_time: bool
    number: int

    @property
    def slots_at_work(self) -> int:
        """Its slots without those of its breaks."""
        return self.n_slots - sum(window.n_slots for window in self.windows)

    @property
    def key(self) -> ShiftKey:
        """Its index."""
        return self.start, self.n_slots, self.number


def shift_kinds(slots: Slots, rules: ShiftRules) -> tuple[ShiftKind, ...]:
    """Shifts that lie within one stretch of open time: nobody is scheduled while the center is closed."""
    offers = [
        (number, offer, windows_of(offer.length_s, slots.slot_s, offer.breaks, rules.first_break(offer)))
        for number, offer in enumerate(rules.offers)
        if offer.length_s // slots.slot_s <= slots.n
    ]
    kinds = []
    for first, end in slots.open_spans:
        for begins in range(first, min(end, first + slots.n)):
            start = slots.at(begins)
            for number, offer, windows in offers:
                n_slots = offer.length_s // slots.slot_s
                if begins + n_slots <= end and _may_start(start, slots, offer):
                    kinds.append(
                        ShiftKind(
                            day=start // slots.n_per_day,
                            start=start,
                            n_slots=n_slots,
                            windows=windows,
                            cost_h=offer.cost_h,
                            most=offer.most,
                            is_part_time=offer.is_part_time,
                            number=number,
                        )
                    )
    return tuple(sorted(kinds, key=lambda kind: kind.key))


def windows_of(length_s: int, slot_s: int, breaks: tuple[BreakRule, ...], number: int = 0) -> Windows:
    """The breaks of a shift of this length, numbered from `number` on.

    A break that ends after the shift even at its earliest falls away. A window without the beginning of a slot in
    it takes the next slot.
    """
    found = []
    for rule, each in enumerate(breaks, number):
        n_slots = -(-each.length_s // slot_s)
        first = -(-each.from_s // slot_s)
        last = min(each.to_s // slot_s, length_s // slot_s - n_slots)
        if first + n_slots <= length_s // slot_s:
            found.append(Window(rule, first, max(first, last), n_slots))
    return tuple(found)


def _may_start(start: int, slots: Slots, offer: Offer) -> bool:
    """Whether a shift may start in this slot: at an interval's edge, or as its offer says."""
    day, after_midnight_s = slots.day_and_s(start)
    if slots.horizon.weekdays[day] not in offer.weekdays:
        return False
    if offer.starts is None:
        return after_midnight_s % slots.horizon.interval_s == 0
    starts = offer.starts
    in_time = starts.from_s <= after_midnight_s <= starts.to_s
    return in_time and (after_midnight_s - starts.from_s) % starts.every_s == 0
