"""The order of things that happen at one instant, the same in every engine."""

from __future__ import annotations

from enum import IntEnum


class Turn(IntEnum):
    """Classes of events, in the order in which those of one instant take their turn."""

    NEW_DAY = 0
    OPENING = 1
    COMING = 2
    GOING = 3
    OUTAGE = 4
    BOT_END = 5
    SERVICE_END = 6
    ABANDONMENT = 7
    ARRIVAL = 8
