"""Slots for contacts and needs, taken from the free and given back when nothing points to them any more."""

from __future__ import annotations

import math

from sim.codes import BotOutcome, Origin, Outcome
from sim.kernel.compiling import compiled
from sim.kernel.counting import is_counted
from sim.kernel.experience import note_effort
from sim.kernel.log_rows import log_attempt
from sim.kernel.record import NOBODY
from sim.kernel.rows import contact_at, need_at, type_at
from sim.kernel.state import COMING, FREE, OVER, Center
from sim.kernel.tallies import note_attempt, note_back, note_backlog, note_need


@compiled
def new_need(c: Center, contact_type: int) -> int:
    """A slot for the need whose first contact comes now."""
    its_type = type_at(c, contact_type)
    need = c.free_need
    me = need_at(c, need)
    c.free_need = me.next
    c.n_free_needs -= 1
    me.in_use = True
    me.number = c.n_needs_begun
    c.n_needs_begun += 1
    me.type = contact_type
    me.day = c.day
    me.k = its_type.next_k
    me.key = its_type.next_key
    me.began_s = c.now_s
    me.second_contact_s = math.inf
    me.resolved_s = math.nan
    me.n_attempts = 0
    me.n_contacts = 0
    me.conversations = 0
    me.n_delighted = 0
    me.effort = 0.0
    me.n_open = 0
    me.wanted_person = False
    me.reached_person = False
    me.closed_type = NOBODY
    return need


@compiled
def new_contact(c: Center, need: int, contact_type: int, origin: int) -> int:
    """A slot for the next attempt of a need, which may be yet to come."""
    contact = c.free_contact
    me = contact_at(c, contact)
    c.free_contact = me.next
    c.n_free_contacts -= 1
    me.need = need
    me.type = contact_type
    me.origin = origin
    me.attempt = need_at(c, need).n_attempts
    need_at(c, need).n_attempts += 1
    need_at(c, need).n_open += 1
    me.state = COMING
    me.n_events = 0
    me.skip_bot = False
    me.talk_factor = 1.0
    me.patience_factor = 1.0
    me.bot = BotOutcome.NO_BOT
    me.left_bot_s = math.nan
    me.queued_s = math.nan
    me.answered_s = math.nan
    me.talk_s = math.nan
    me.wrap_up_s = math.nan
    me.ended_s = math.nan
    me.group = NOBODY
    me.agent = NOBODY
    me.outcome = Outcome.OPEN
    me.resolved = False
    me.conversation = 0
    me.n_looks = 0
    me.in_line = False
    me.holds_line = False
    me.calls_back = False
    me.chases = False
    me.put_back = False
    return contact


@compiled
def goes_on_as(origin: int) -> bool:
    """Whether an attempt is the same contact in another queue: transferred, or the ticket that it left."""
    return Origin.TRANSFER <= origin <= Origin.TICKET


@compiled
def begins(c: Center, contact: int) -> None:
    """An attempt arrives: it counts from now on, for the run and for its need."""
    me = contact_at(c, contact)
    need = need_at(c, me.need)
    me.arrived_s = c.now_s
    me.number = c.n_begun
    c.n_begun += 1
    if is_counted(c, me.arrived_s):
        c.counted_under_way += 1
    if not goes_on_as(me.origin):
        need.n_contacts += 1
        if me.attempt > 0 and need.second_contact_s == math.inf:
            need.second_contact_s = me.arrived_s
        if need.closed_type != NOBODY:
            note_back(c, me.need)


@compiled
def is_over(c: Center, contact: int) -> None:
    """An attempt has ended and what follows from it is on the clock: into the sums, and the slot is free.

    Free, that is, once no event of its own is left on the heap.
    """
    me = contact_at(c, contact)
    if is_counted(c, me.arrived_s):
        c.counted_under_way -= 1
        note_attempt(c, contact)
    if c.logs:
        log_attempt(c, contact)
    if c.has_experience:
        note_effort(c, contact)
    if not math.isnan(me.queued_s) and type_at(c, me.type).is_deferred:
        note_backlog(c, contact)
    need = need_at(c, me.need)
    need.n_open -= 1
    if need.n_open == 0:
        note_need(c, me.need, False)
        _free_need(c, me.need)
    me.state = OVER
    free_if_forgotten(c, contact)


@compiled
def free_if_forgotten(c: Center, contact: int) -> None:
    """The slot of an attempt that is over, as soon as no event points to it."""
    me = contact_at(c, contact)
    if me.state == OVER and me.n_events == 0:
        me.state = FREE
        me.next = c.free_contact
        c.free_contact = contact
        c.n_free_contacts += 1


@compiled
def _free_need(c: Center, need: int) -> None:
    me = need_at(c, need)
    me.in_use = False
    me.next = c.free_need
    c.free_need = need
    c.n_free_needs += 1
