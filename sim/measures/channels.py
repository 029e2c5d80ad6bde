"""Measures of chats side by side, of deferred work and of callbacks, and which scenarios can tell them."""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from sim.measures.measures import Of, Share
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def due_rate(of: Of) -> Share:
    """Deferred work done in time ÷ work that is due within some time."""
    return of(AttemptSum.DONE_IN_TIME), of(AttemptSum.DUE)


def backlog(s: Stack) -> FloatArray:
    """Deferred work that waits or is in hand when the horizon ends, whenever it came; by contact type."""
    return s.backlog


def live_occupancy(s: Stack) -> Share:
    """Live work ÷ time present, overtime counted in both."""
    return s.on_clock("work_s") - s.on_clock("deferred_s"), s.present_s


def mean_concurrency(s: Stack) -> Share:
    """Seconds of contacts in hand, each counted ÷ seconds with any: parallel contacts of an agent at work."""
    return _one_at_a_time_s(s) + s.on_clock("chats_s"), s.on_clock("work_s")


def slot_occupancy(s: Stack) -> Share:
    """Busy slots ÷ slots: an agent has as many as chats may be held at a time, and anything but a chat takes all."""
    slots = np.array([group.chat.limit for group in s.world.groups], dtype=np.float64)[:, None]
    return _one_at_a_time_s(s) * slots + s.on_clock("chats_s"), s.present_s * slots


def _one_at_a_time_s(s: Stack) -> FloatArray:
    return s.on_clock("work_s") - s.on_clock("chatting_s")


def has_deferred(scenario: Scenario) -> bool:
    """Whether some of the work is deferred."""
    return any(declared.is_deferred for declared in scenario.contact_type.values())


def has_due_work(scenario: Scenario) -> bool:
    """Whether some of it is due within some time."""
    return any(declared.due_h is not None for declared in scenario.contact_type.values())


def has_tickets(scenario: Scenario) -> bool:
    """Whether contacts leave tickets after closing."""
    return any(declared.when_closed is not None for declared in scenario.contact_type.values())


def has_chases(scenario: Scenario) -> bool:
    """Whether late work is asked after."""
    return any(declared.chase is not None for declared in scenario.contact_type.values())


def has_callbacks(scenario: Scenario) -> bool:
    """Whether somebody may be called back."""
    return any(declared.callback is not None for declared in scenario.contact_type.values())


def has_chats(scenario: Scenario) -> bool:
    """Whether agents hold several chats."""
    return any(group.concurrency is not None for group in scenario.agent_group.values())
