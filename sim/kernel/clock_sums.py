"""Sums of time on the clock: queues, sessions, and what agent groups do."""

from __future__ import annotations

from sim.codes import SpellKind
from sim.kernel.compiling import compiled, seldom
from sim.kernel.counting import interval_of
from sim.kernel.log_rows import log_spell
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, contact_at, group_at, time_sum_at, type_at
from sim.kernel.state import Center
from sim.kernel.written import CHATS, CHATTING, DEFERRED, DUE, OVERTIME, WORK


@compiled
def note_time(c: Center, row: int, start_s: float, end_s: float, weight: float) -> None:
    """Time between two moments, as far as it is in the horizon, into the intervals that it touches."""
    from_s, until_s = max(start_s, 0.0), min(end_s, c.horizon_s)
    if not until_s > from_s:
        return
    interval = interval_of(c, from_s)
    edge_s = (interval + 1) * c.interval_s
    while until_s > edge_s and interval < c.n_intervals - 1:
        time_sum_at(c, row * c.n_intervals + interval).s += weight * (edge_s - from_s)
        from_s = edge_s
        interval += 1
        edge_s = (interval + 1) * c.interval_s
    time_sum_at(c, row * c.n_intervals + interval).s += weight * (until_s - from_s)


@compiled
def note_waiting(c: Center, contact: int, until_s: float) -> None:
    """Time in the queue of the contact's type."""
    note_time(c, contact_at(c, contact).type, contact_at(c, contact).queued_s, until_s, 1.0)


@compiled
def note_session(c: Center, contact: int) -> None:
    """Time with the bot."""
    me = contact_at(c, contact)
    note_time(c, c.n_types + type_at(c, me.type).bot, me.arrived_s, me.left_bot_s, 1.0)


@compiled
def note_work(c: Center, contact: int) -> None:
    """Talk and wrap-up of a call, known when it is answered."""
    me = contact_at(c, contact)
    _note_group(c, me.group, WORK, me.answered_s, me.answered_s + me.talk_s + me.wrap_up_s, 1.0)


@seldom
def note_chat(c: Center, contact: int) -> None:
    """Time of a chat in an agent's hands."""
    me = contact_at(c, contact)
    _note_group(c, me.group, CHATS, me.answered_s, c.now_s, 1.0)


@compiled
def note_due(c: Center, group: int, change: int) -> None:
    """So many people more, or fewer, are due from now on."""
    me = group_at(c, group)
    now_s = c.now_s
    if me.n_due != 0:
        _note_group(c, group, DUE, me.due_since_s, now_s, float(me.n_due))
    me.due_since_s = now_s
    me.n_due += change


@seldom
def note_spell(c: Center, kind: int, whose: int, start_s: float, end_s: float) -> None:
    """A spell of time that no contact's own row tells: of a group, or of a type where something waits again."""
    if kind == SpellKind.WAITING_AGAIN:
        note_time(c, whose, start_s, end_s, 1.0)
    elif kind == SpellKind.OVERTIME:
        _note_group(c, whose, OVERTIME, start_s, end_s, 1.0)
    else:
        _note_group(c, whose, WORK, start_s, end_s, 1.0)
        if kind == SpellKind.CHATTING:
            _note_group(c, whose, CHATTING, start_s, end_s, 1.0)
        elif kind == SpellKind.DEFERRED_WORK:
            _note_group(c, whose, DEFERRED, start_s, end_s, 1.0)
    if c.logs:
        log_spell(c, kind, whose, start_s, end_s)


@compiled
def _note_group(c: Center, group: int, which: int, start_s: float, end_s: float, weight: float) -> None:
    """Time of an agent group; `which` as in `GROUP_TIMES`."""
    note_time(c, c.n_types + c.n_bots + which * c.n_groups + group, start_s, end_s, weight)


@seldom
def note_unfinished(c: Center, agent: int) -> None:
    """The run is over: what an agent still has in hand counts until now."""
    me = agent_at(c, agent)
    if me.n_in_hand == 0:
        return
    if me.contact == NOBODY:
        note_spell(c, SpellKind.CHATTING, me.group, me.works_since_s, c.now_s)
    elif type_at(c, contact_at(c, me.contact).type).is_deferred:
        note_spell(c, SpellKind.DEFERRED_WORK, me.group, me.works_since_s, c.now_s)
