"""Waiting, compiled: `sim.center.waiting` on records."""

from __future__ import annotations

import math

from sim.chance.draws import Purpose
from sim.codes import Origin, Outcome, Turn
from sim.kernel.arrivals import end_of_day_s
from sim.kernel.aside import interrupts
from sim.kernel.clock_sums import note_waiting
from sim.kernel.comeback import leaves_ticket, may_be_chased, may_redial
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw, ends
from sim.kernel.events import schedule
from sim.kernel.floor import join, leave, line_of, n_waiting
from sim.kernel.pools import free_if_forgotten, is_over
from sim.kernel.quantiles import quantile_at
from sim.kernel.record import NOBODY
from sim.kernel.rows import contact_at, group_at, line_at, need_at, route_at, skill_at, type_at
from sim.kernel.serving import chats_go_on, frees_line, offered
from sim.kernel.state import AHEAD, LATER, N_PLACES, PLAIN, WAITING, Center


@compiled
def asks_for_person(c: Center, contact: int) -> None:
    """Joins the queue of its type, unless it comes after closing or finds every line taken.

    Deferred work is taken in at any time.
    """
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.state = WAITING
    need_at(c, me.need).wanted_person = True
    if not c.open and me.origin != Origin.TRANSFER and not its_type.is_deferred:
        _comes_after_closing(c, contact)
        return
    if its_type.uses_line:
        if c.lines_in_use >= c.n_lines:
            ends(c, contact, Outcome.BLOCKED)
            may_redial(c, contact)
            is_over(c, contact)
            return
        c.lines_in_use += 1
        me.holds_line = True
    me.queued_s = c.now_s
    me.place = _place(c, contact) if its_type.goes_ahead else PLAIN
    if its_type.chase_as != NOBODY:
        may_be_chased(c, contact, c.now_s + its_type.chase_after_s)
    if offered(c, contact) or interrupts(c, contact):
        return
    if its_type.balk_share > 0.0 and draw(c, contact, Purpose.BALKS, me.attempt) < its_type.balk_share:
        leaves_queue(c, contact, Outcome.BALKED)
    else:
        waits(c, contact)


@seldom
def _comes_after_closing(c: Center, contact: int) -> None:
    """Leaves a ticket, with the type's chance, or is lost."""
    me = contact_at(c, contact)
    share = type_at(c, me.type).ticket_share
    if share > 0.0 and draw(c, contact, Purpose.TICKET, me.attempt) < share:
        ends(c, contact, Outcome.LEFT_TICKET)
        leaves_ticket(c, contact)
    else:
        ends(c, contact, Outcome.LOST)
    is_over(c, contact)


@compiled
def waits(c: Center, contact: int) -> None:
    """In line, until served, out of patience, or called back."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.callback_share > 0.0 and _is_called_back(c, contact):
        me.calls_back = True
        frees_line(c, contact)
        if not its_type.keeps_place:
            me.place = LATER
    me.in_line = True
    join(c, line_of(c, me.type, me.place), contact)
    if its_type.is_delayed:
        _awaits_others(c, contact)
    if its_type.patience != NOBODY and not me.calls_back:
        u = draw(c, contact, Purpose.PATIENCE, me.attempt)
        patience_s = quantile_at(c, its_type.patience, me.arrived_s, u)
        me.n_events += 1
        schedule(c, me.queued_s + patience_s * me.patience_factor, Turn.ABANDONMENT, contact)
    elif its_type.notice_of != NOBODY:
        me.n_events += 1
        schedule(c, end_of_day_s(c), Turn.ABANDONMENT, contact)


@seldom
def _place(c: Center, contact: int) -> int:
    """The line of the type in which the contact stands, if it has to wait."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.returns_ahead and Origin.REDIAL <= me.origin <= Origin.RECONNECT:
        return AHEAD
    return AHEAD if draw(c, contact, Purpose.VIP, 0) < its_type.vip_share else PLAIN


@seldom
def _is_called_back(c: Center, contact: int) -> bool:
    """Asked once, on joining: whether a callback is offered, and accepted."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if not _expected_wait_s(c, me.type) > its_type.callback_above_s:
        return False
    return draw(c, contact, Purpose.CALLBACK_ACCEPTED, me.attempt) < its_type.callback_share


@compiled
def _expected_wait_s(c: Center, contact_type: int) -> float:
    """(Waiting + 1) × mean handle ÷ people present with the skill: what an announcement would say."""
    n_present = 0
    for i in range(type_at(c, contact_type).n_routes):
        n_present += group_at(c, route_at(c, contact_type * c.n_groups + i).group).n_due
    if n_present == 0:
        return math.inf
    return (n_waiting(c, contact_type) + 1) * type_at(c, contact_type).mean_handle_s / n_present


@seldom
def _awaits_others(c: Center, contact: int) -> None:
    """At some wait a further group may take the contact: if somebody of it is free then, there and then."""
    me = contact_at(c, contact)
    next_s = math.inf
    for i in range(type_at(c, me.type).n_routes):
        group = route_at(c, me.type * c.n_groups + i).group
        at_s = me.queued_s + skill_at(c, group * c.n_types + me.type).after_s
        if c.now_s < at_s < next_s:
            next_s = at_s
    if next_s < math.inf:
        me.n_events += 1
        schedule(c, next_s, Turn.TIMER, contact)


@seldom
def others_may_take(c: Center, contact: int) -> None:
    """The wait has come at which a further group may take the contact."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if not me.in_line:
        free_if_forgotten(c, contact)
    elif offered(c, contact) or interrupts(c, contact):
        chats_go_on(c, me.type)
    else:
        _awaits_others(c, contact)


@compiled
def patience_ends(c: Center, contact: int) -> None:
    """Whoever still waits gives up; of those who were served meanwhile only the slot was kept."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if me.in_line:
        gives_up(c, contact)
    else:
        free_if_forgotten(c, contact)


@compiled
def gives_up(c: Center, contact: int) -> None:
    """Leaves the line, unserved."""
    me = contact_at(c, contact)
    contact_type = me.type  # what comes after may forget the contact
    me.in_line = False
    leave(c, line_of(c, contact_type, me.place), contact)
    note_waiting(c, contact, c.now_s)
    leaves_queue(c, contact, Outcome.ABANDONED)
    chats_go_on(c, contact_type)


@compiled
def leaves_queue(c: Center, contact: int, outcome: int) -> None:
    """Gone without a person, and perhaps back later."""
    frees_line(c, contact)
    ends(c, contact, outcome)
    may_redial(c, contact)
    is_over(c, contact)


@seldom
def closes(c: Center) -> None:
    """At closing those waiting are served by whoever is present, or sent away.

    Deferred work stays, and so does who was promised a call.
    """
    c.open = False
    if not c.clears_at_close:
        return
    for contact_type in range(c.n_types):
        if not type_at(c, contact_type).is_deferred:
            for place in range(N_PLACES):
                _clears(c, line_of(c, contact_type, place))


@seldom
def _clears(c: Center, line: int) -> None:
    contact = line_at(c, line).first
    while contact != NOBODY:
        behind = contact_at(c, contact).next
        if not contact_at(c, contact).calls_back:
            gives_up(c, contact)
        contact = behind


@seldom
def opens(c: Center) -> None:
    """Contacts are taken from now on."""
    c.open = True
    for group in range(c.n_groups):
        group_at(c, group).n_seats = group_at(c, group).n_due
