"""The events to come: a heap with eight children a node, ordered by time and, at one instant, by turn.

An event is a moment and a word, turn · 2⁴⁰ + index, where the index is a contact's (at the ends of talk and service,
twice that, and one more for the latter). Ties are broken by agent, or by type, day, ordinal and attempt, as in the
readable engine; nothing else is stored for them.
"""

from __future__ import annotations

from typing import Any

from sim.codes import Turn
from sim.kernel.compiling import compiled, seldom
from sim.kernel.rows import (
    contact_at,
    event_at,
    fetch_agent,
    fetch_contact,
    fetch_need,
    need_at,
    type_at,
)
from sim.kernel.state import Center

_TURN_BITS = 40
_INDEX_MASK = (1 << _TURN_BITS) - 1
_CHILDREN = 8
_MANY = 1000  # events under way, from which on their contacts no longer fit the processor's nearest caches

Event = Any  # one record of EVENT


@compiled
def turn_of(what: int) -> int:
    """The class of an event."""
    return what >> _TURN_BITS


@compiled
def index_of(what: int) -> int:
    """Whom an event concerns."""
    return what & _INDEX_MASK


@compiled
def contact_of(what: int) -> int:
    """The contact that an event concerns."""
    index = index_of(what)
    return index // 2 if turn_of(what) == Turn.SERVICE_END else index


@compiled
def schedule(c: Center, at_s: float, turn: int, index: int) -> None:
    """Put an event on the heap: gaps rise until its parent comes sooner."""
    i = c.n_events
    c.n_events = i + 1
    _rises(c, i, at_s, (turn << _TURN_BITS) | index)


@compiled
def take_next(c: Center) -> int:
    """The word of the next event, off the heap. The last one sinks from the top into its place."""
    taken = event_at(c, 0).what
    n = c.n_events - 1
    c.n_events = n
    _sinks(c, 0, event_at(c, n).at_s, event_at(c, n).what)
    if n > _MANY:
        _fetch_ahead(c, n)
    return taken


@seldom
def cancel(c: Center, turn: int, index: int) -> None:
    """Take the one event of this word off the heap, wherever it stands.

    An event that is merely void may stay, but only as long as its place in the order is what it was: not the end of
    work that goes from one agent to another.
    """
    what = (turn << _TURN_BITS) | index
    i = 0
    while event_at(c, i).what != what:
        i += 1
    n = c.n_events - 1
    c.n_events = n
    last_s, last = event_at(c, n).at_s, event_at(c, n).what
    if i > 0 and _sooner(c, last_s, last, event_at(c, (i - 1) // _CHILDREN)):
        _rises(c, i, last_s, last)
    else:
        _sinks(c, i, last_s, last)


@compiled
def _rises(c: Center, i: int, at_s: float, what: int) -> None:
    """An event goes up from a gap, to where its parent comes sooner."""
    while i > 0:
        parent = (i - 1) // _CHILDREN
        if not _sooner(c, at_s, what, event_at(c, parent)):
            break
        _move(c, parent, i)
        i = parent
    event_at(c, i).at_s = at_s
    event_at(c, i).what = what


@compiled
def _sinks(c: Center, i: int, at_s: float, what: int) -> None:
    """An event goes down from a gap, to where all its children come later."""
    n = c.n_events
    while _CHILDREN * i + 1 < n:
        soonest = _soonest_child(c, i, n)
        if _sooner(c, at_s, what, event_at(c, soonest)):
            break
        _move(c, soonest, i)
        i = soonest
    event_at(c, i).at_s = at_s
    event_at(c, i).what = what


@compiled
def _fetch_ahead(c: Center, n: int) -> None:
    """Ask memory for what comes soon: need and agent of the next event, and the contact of the one after it.

    In a center of thousands these lie far from hand, one behind the other; half of the time was waiting for them.
    """
    contact = contact_of(event_at(c, 0).what)
    fetch_need(c, contact_at(c, contact).need)
    fetch_agent(c, contact_at(c, contact).agent)
    fetch_contact(c, contact_of(event_at(c, _soonest_child(c, 0, n)).what))


@compiled
def _soonest_child(c: Center, i: int, n: int) -> int:
    """By time alone, without a branch that the processor would have to guess; only then by turn, if times tie."""
    first = _CHILDREN * i + 1
    soonest, soonest_s = first, event_at(c, first).at_s
    ties = False
    for child in range(first + 1, min(first + _CHILDREN, n)):
        at_s = event_at(c, child).at_s
        ties |= at_s == soonest_s
        soonest = child if at_s < soonest_s else soonest
        soonest_s = min(at_s, soonest_s)
    return _soonest_by_turn(c, first, n) if ties else soonest


@compiled
def _soonest_by_turn(c: Center, first: int, n: int) -> int:
    soonest = first
    for child in range(first + 1, min(first + _CHILDREN, n)):
        if _sooner(c, event_at(c, child).at_s, event_at(c, child).what, event_at(c, soonest)):
            soonest = child
    return soonest


@compiled
def _move(c: Center, source: int, target: int) -> None:
    event_at(c, target).at_s = event_at(c, source).at_s
    event_at(c, target).what = event_at(c, source).what


@compiled
def _sooner(c: Center, at_s: float, what: int, than: Event) -> bool:
    return at_s < than.at_s or (at_s == than.at_s and _turn_before(c, what, than.what))


@compiled
def _turn_before(c: Center, what: int, than: int) -> bool:
    """Who of two goes first at one instant (`sim.codes`)."""
    turn = turn_of(what)
    if turn != turn_of(than):
        return what < than
    if turn == Turn.SERVICE_END:
        return _agent_before(c, index_of(what), index_of(than))
    return contact_before(c, turn, index_of(what), index_of(than))


@compiled
def _agent_before(c: Center, which: int, other: int) -> bool:
    """By group and position; of one agent, the talk ends before the service."""
    mine, its = contact_at(c, which // 2).agent, contact_at(c, other // 2).agent
    return mine < its or (mine == its and which % 2 < other % 2)


@compiled
def contact_before(c: Center, turn: int, one: int, other: int) -> bool:
    """The order of contacts with the same turn: bot (at its ends), type, day, ordinal, attempt, need's type."""
    mine, its = contact_at(c, one), contact_at(c, other)
    if mine.type != its.type:
        my_bot, its_bot = type_at(c, mine.type).bot, type_at(c, its.type).bot
        if turn == Turn.BOT_END and my_bot != its_bot:
            return my_bot < its_bot
        return mine.type < its.type
    my_need, its_need = need_at(c, mine.need), need_at(c, its.need)
    if my_need.day != its_need.day:
        return my_need.day < its_need.day
    if my_need.k != its_need.k:
        return my_need.k < its_need.k
    if mine.attempt != its.attempt:
        return mine.attempt < its.attempt
    return my_need.type < its_need.type
