"""Names of the joint model's variables and constraints in LP text: group, day and time, shift, cut and promise.

    people(north,mon_09.00,8h,0)                 people of north on the eight hours from nine, the rules' offer 0
    present(north,mon_09.00)                     heads of north in the column of time that begins at nine
    cuts(3,call_service_level_Mon_09.00_10.00)   cut 3, and the promise and the period that it is for
    short(3,...)                                 heads short of cut 3
    bent_gain(3,...,mon_09.00)                   what the column gains for bent cut 3; bent: its limits, line by line
    region(present(north,mon_09.00))             how far people may move from the last ones

LP text has no spaces, colons and minus signs in names: these become "_", "." and "_".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from optimizer.horizon import clock
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.slots import Slots
from optimizer.together.master import Master

_BY_COLUMN = ("n", "present", "count_present")
_BY_SLOT = ("keep_least_present", "stay_below_most_present")
_BY_BREAK = ("break_starts", "waiting", "one_break_each", "break_before_window_closes")
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_.,()']")


def names_in(master: Master) -> Callable[[Any], str]:
    """What names every variable and constraint of a master's model, each by a name of its own."""
    given: dict[str, int] = {}

    def name_of(component: Any) -> str:
        name = _FORBIDDEN.sub("_", _name(master, component).replace(":", "."))
        given[name] = given.get(name, 0) + 1
        return name if given[name] == 1 else f"{name}_{given[name]}"

    return name_of


def _name(master: Master, component: Any) -> str:
    kind, index, block = component.parent_component().local_name, component.index(), component.parent_block()
    if block.parent_component() is master.model.group:
        return _of_group(master, str(block.index()), kind, index)
    if kind == "region":
        return f"region({_name_of_people(master, index - 1)})"
    is_bent = block is not master.model
    if kind in ("cuts", "short") and not is_bent:
        return _joined(kind, index, master.cut_of[index - 1])
    if is_bent and block.local_name == "curves":
        return _of_curve(master, kind, index)
    return component.name if index is None else _joined(kind, index)


def _of_group(master: Master, group: str, kind: str, index: Any) -> str:
    """Of one group: by shift, by column of time, or by slot; the rest by the numbers that they have."""
    if kind in _BY_COLUMN:
        return _joined(kind, group, _column(master, index))
    slots = master.groups.problems[group].slots
    if kind in _BY_SLOT or kind == "people":
        if kind in _BY_SLOT:
            return _joined(kind, group, _moment(slots, index))
        start, n_slots, offer = index
        return _joined(kind, group, _moment(slots, start), f"{n_slots * slots.slot_s / HOUR_S:g}h", offer)
    if kind in _BY_BREAK:
        _, team, rule, slot = index
        return _joined(kind, group, _moment(slots, slot), f"team_{team}", f"break_{rule + 1}")
    return _joined(kind, group) if index is None else _joined(kind, group, index)


def _moment(slots: Slots, slot: int) -> str:
    day, at_s = slots.day_and_s(slot)
    return f"{slots.horizon.day_name(day)}_{clock(at_s)}"


def _of_curve(master: Master, kind: str, index: Any) -> str:
    """Of the last round's bent cuts: by cut and promise, by column of time, by line."""
    k, *place = index if isinstance(index, tuple) else (index,)
    column = [_column(master, place[0])] if place else []
    return _joined(kind if kind == "bent" else f"bent_{kind}", k, master.curve_of[k - 1], *column, *place[1:])


def _name_of_people(master: Master, position: int) -> str:
    """The name of what cuts count in this place."""
    if master.by_choice:
        return _name(master, master.groups.choices[position].variable)
    g, column = divmod(position, master.frame.n_columns)
    return _joined("heads", master.frame.groups[g], _column(master, column))


def _column(master: Master, column: int) -> str:
    """The moment at which a column of time begins."""
    week = master.frame.week
    day, interval = divmod(int(master.frame.intervals_of(column)[0]), week.n_intervals_per_day)
    return f"{week.day_name(day)}_{clock(interval * week.interval_s)}"


def _joined(kind: str, *parts: Any) -> str:
    flat = [str(one) for part in parts for one in (part if isinstance(part, tuple) else (part,))]
    return f"{kind}({','.join(flat)})"
