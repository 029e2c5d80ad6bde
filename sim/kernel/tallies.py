"""Sums over attempts and needs, gathered while the clock runs, so that memory does not grow with the contacts."""

from __future__ import annotations

import math

from sim.codes import BotOutcome, Origin, Outcome, SpellKind
from sim.kernel.clock_sums import note_spell
from sim.kernel.compiling import compiled, seldom
from sim.kernel.counting import interval_of, is_counted, wait_bin
from sim.kernel.experience import note_felt
from sim.kernel.log_rows import log_attempt, log_need, log_spell
from sim.kernel.record import NOBODY
from sim.kernel.rows import (
    ages_at,
    attempt_sums_at,
    contact_at,
    need_at,
    need_sums_at,
    peak_at,
    type_at,
    waits_at,
)
from sim.kernel.state import Center
from sim.records.wait_histogram import N_BINS

_SEVEN_DAYS_S = 7 * 86400.0


@compiled
def note_attempt(c: Center, contact: int) -> None:
    """A counted attempt is over."""
    me = contact_at(c, contact)
    offered = not math.isnan(me.queued_s)
    interval = interval_of(c, me.queued_s if offered else me.arrived_s)
    sums = attempt_sums_at(c, me.type * c.n_intervals + interval)
    _note_origin(c, me.type, interval, me.origin)
    if me.bot != 0:
        _note_bot(c, me.type, interval, me.bot)
    if offered:
        _note_offered(c, contact, interval)
    elif me.outcome == Outcome.LOST:
        sums.lost += 1.0
    elif me.outcome == Outcome.BLOCKED:
        sums.blocked += 1.0
    elif me.outcome == Outcome.LEFT_TICKET:
        sums.left_tickets += 1.0


@compiled
def _note_origin(c: Center, contact_type: int, interval: int, origin: int) -> None:
    sums = attempt_sums_at(c, contact_type * c.n_intervals + interval)
    if origin == Origin.FRESH:
        sums.fresh += 1.0
    elif origin == Origin.REDIAL:
        sums.redials += 1.0
    elif origin == Origin.RECONNECT:
        sums.reconnects += 1.0
    elif origin == Origin.TRANSFER:
        sums.transferred += 1.0
    elif origin == Origin.TICKET:
        sums.tickets += 1.0
    elif origin == Origin.CHASE:
        sums.chases += 1.0
    else:
        sums.after_notice += 1.0


@compiled
def note_prevented(c: Center, contact_type: int, at_s: float) -> None:
    """A need that would have come at this moment, and does not."""
    if is_counted(c, at_s):
        attempt_sums_at(c, contact_type * c.n_intervals + interval_of(c, at_s)).prevented += 1.0


@seldom
def note_spared(c: Center, contact_type: int) -> None:
    """A first contact that would come now, had no notice made it needless."""
    note_prevented(c, contact_type, c.now_s)
    if c.logs:
        log_spell(c, SpellKind.PREVENTED, contact_type, c.now_s, c.now_s)


@compiled
def _note_bot(c: Center, contact_type: int, interval: int, bot: int) -> None:
    sums = attempt_sums_at(c, contact_type * c.n_intervals + interval)
    if bot == BotOutcome.REFUSED:
        sums.refused_by_bot += 1.0
    if bot < BotOutcome.SOLVED:
        return
    sums.entered_bot += 1.0
    if bot == BotOutcome.ESCALATED:
        sums.escalated += 1.0
    elif bot == BotOutcome.LEFT:
        sums.left_bot += 1.0
    else:
        sums.contained += 1.0
        if bot == BotOutcome.WRONGLY_CLOSED:
            sums.wrongly_closed += 1.0


@compiled
def _note_offered(c: Center, contact: int, interval: int) -> None:
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    sums = attempt_sums_at(c, me.type * c.n_intervals + interval)
    answered = not math.isnan(me.answered_s)
    wait_s = (me.answered_s if answered else me.ended_s) - me.queued_s
    sums.offered += 1.0
    sums.wait_s += wait_s
    if me.calls_back:
        sums.callbacks += 1.0
    if its_type.is_deferred:
        _note_deferred(c, contact, interval)
    if answered:
        if wait_s > 0.0:
            sums.delayed += 1.0
        _note_answered(c, contact, interval, wait_s)
    elif me.outcome == Outcome.UNREACHED:
        sums.unreached += 1.0
        if wait_s > 0.0:
            sums.delayed += 1.0
    else:
        sums.delayed += 1.0
        sums.abandoned += 1.0
        if wait_s < its_type.short_abandon_s:
            sums.short_abandoned += 1.0
        if wait_s <= its_type.awt_s:
            sums.abandoned_within_awt += 1.0
    waits_at(c, me.type * N_BINS + wait_bin(c, wait_s)).n += 1


@seldom
def _note_deferred(c: Center, contact: int, interval: int) -> None:
    me = contact_at(c, contact)
    sums = attempt_sums_at(c, me.type * c.n_intervals + interval)
    due_s = me.queued_s + type_at(c, me.type).due_s
    sums.deferred += 1.0
    if due_s < math.inf:
        sums.due += 1.0
        if me.ended_s <= due_s:
            sums.done_in_time += 1.0


@seldom
def note_backlog(c: Center, contact: int) -> None:
    """Deferred work that was open when the horizon ended, whenever it came."""
    me = contact_at(c, contact)
    if me.queued_s < c.horizon_s and not me.ended_s < c.horizon_s:
        ages_at(c, me.type * N_BINS + wait_bin(c, c.horizon_s - me.queued_s)).n += 1


@compiled
def _note_answered(c: Center, contact: int, interval: int, wait_s: float) -> None:
    """By type, and by the group that answered: its rows stand behind those of the types. Notices are no answers."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.notice_of != NOBODY and me.resolved:
        attempt_sums_at(c, me.type * c.n_intervals + interval).reached += 1.0
    if wait_s <= its_type.awt_s:
        attempt_sums_at(c, me.type * c.n_intervals + interval).answered_within_awt += 1.0
    for row in (me.type, c.n_types + me.group):
        if row != me.type and its_type.notice_of != NOBODY:
            return
        sums = attempt_sums_at(c, row * c.n_intervals + interval)
        sums.answered += 1.0
        sums.answer_s += wait_s
        sums.to_person_s += me.answered_s - me.arrived_s
        sums.talk_s += me.talk_s
        sums.wrap_up_s += me.wrap_up_s
        if c.n_peaks > 0 and _is_at_peak(c, me.answered_s):
            sums.answered_at_peak += 1.0


@seldom
def _is_at_peak(c: Center, at_s: float) -> bool:
    """Whether an event brings more contacts at this moment."""
    at_peak = False
    for peak in range(c.n_peaks):
        at_peak = at_peak or peak_at(c, peak).opens_s <= at_s < peak_at(c, peak).closes_s
    return at_peak


@seldom
def note_back(c: Center, need: int) -> None:
    """The next contact of a need that a bot has closed: within the refund window, the closing is not confirmed."""
    me = need_at(c, need)
    if c.now_s - me.closed_s <= type_at(c, me.closed_type).refund_window_s and is_counted(
        c, me.closed_arrived_s
    ):
        interval = interval_of(c, me.closed_arrived_s)
        attempt_sums_at(c, me.closed_type * c.n_intervals + interval).back_in_window += 1.0
    me.closed_type = NOBODY


@seldom
def note_open(c: Center, contact: int) -> None:
    """The run is over, and the attempt is not."""
    me = contact_at(c, contact)
    if type_at(c, me.type).is_deferred and not math.isnan(me.queued_s):
        note_backlog(c, contact)
    if me.in_line and me.put_back:
        note_spell(c, SpellKind.WAITING_AGAIN, me.type, me.put_back_s, c.now_s)
    if c.logs:
        log_attempt(c, contact)


@compiled
def note_need(c: Center, need: int, is_open: bool) -> None:
    """Nothing more will happen about a need, or the run has ended."""
    me = need_at(c, need)
    if c.logs:
        log_need(c, need, is_open)
    if not is_counted(c, me.began_s):
        return
    met = not math.isnan(me.resolved_s)
    row = me.type * c.n_intervals + interval_of(c, me.began_s)
    sums = need_sums_at(c, row)
    sums.needs += 1.0
    sums.contacts += me.n_contacts
    sums.wanted_person += 1.0 if me.wanted_person else 0.0
    sums.reached_person += 1.0 if me.reached_person else 0.0
    if met:
        sums.met += 1.0
        sums.met_at_first += 1.0 if me.n_contacts == 1 else 0.0
        sums.to_resolution_s += me.resolved_s - me.began_s
    elif is_open:
        sums.pending += 1.0
    if me.n_contacts == 1 or me.second_contact_s - me.began_s > _SEVEN_DAYS_S:
        sums.quiet_7_days += 1.0
    if c.has_experience:
        note_felt(c, need, row)
