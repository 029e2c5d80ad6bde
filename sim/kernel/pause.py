"""Why the kernel gives the word back."""

from __future__ import annotations

from enum import IntEnum


class Pause(IntEnum):
    """A day has gone by, the run is over, or pools and buffers are full."""

    DAY_IS_OVER = 0
    RUN_IS_OVER = 1
    NO_ROOM = 2
