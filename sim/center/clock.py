"""SimPy's clock, with events at absolute times and in a fixed order at one instant."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush
from typing import Any

import simpy

Action = Callable[[Any, Any], None]  # what happens: to a center, and to whomever it concerns


class Moment(simpy.Event):
    """Something that happens at a fixed time: `action(center, what)`."""

    def __init__(self, clock: Clock, action: Action, center: Any, what: Any) -> None:
        self.env = clock
        self.callbacks = _HAPPENS
        self.action = action
        self.center = center
        self.what = what
        self._ok = True
        self._value = None


def _happens(moment: Any) -> None:
    moment.action(moment.center, moment.what)


_HAPPENS: Any = (_happens,)  # one for all moments: SimPy walks through it and then forgets it


class Clock(simpy.Environment):
    """SimPy schedules by delay; `now + (t − now)` is not always t, and two engines must agree on every moment."""

    def at(self, time_s: float, order: tuple[int, ...], action: Action, center: Any, what: Any) -> None:
        """Let `action(center, what)` happen at this time, in this order among what happens then."""
        moment = Moment(self, action, center, what)
        heappush(self._queue, (time_s, order, next(self._eid), moment))  # type: ignore[misc]
