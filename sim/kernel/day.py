"""A day of the center, event by event, until midnight, until the run is over, or until there is no room for more."""

from __future__ import annotations

import math

from sim.codes import Origin, Turn
from sim.kernel import bots, comeback, entry, presence, serving, waiting
from sim.kernel.arrivals import begin_arrivals, find_next_fresh, next_arrival
from sim.kernel.clock_sums import note_due, note_unfinished
from sim.kernel.compiling import compiled
from sim.kernel.events import index_of, take_next, turn_of
from sim.kernel.experience import note_effort
from sim.kernel.pause import Pause
from sim.kernel.pools import new_contact, new_need
from sim.kernel.record import NOBODY
from sim.kernel.rows import bot_at, center_at, contact_at, event_at, need_at, planned_at, type_at
from sim.kernel.state import COMING, FREE, OVER, Center
from sim.kernel.tallies import note_need, note_open, note_spared

_NEEDED_ROOM = 2  # an arrival takes one slot, and a redial of those who are blocked another
_EVENTS_OF_A_CONTACT = 4  # that one event may bring: its patience, another group's turn, a look, a service
_SPARE = 16


@compiled
def live_through_day(address: int, ends_s: float, begins: int) -> int:
    """Let everything happen that happens before `ends_s`, the next midnight. `begins`: the day is new."""
    c = center_at(address)
    if begins != 0:
        begin_arrivals(c)
    while True:
        planned_s = planned_at(c, c.agenda_at).at_s if c.agenda_at < c.n_planned else math.inf
        event_s = event_at(c, 0).at_s if c.n_events > 0 else math.inf
        next_s = min(planned_s, event_s, c.next_fresh_s, ends_s)
        if next_s >= c.ends_s and c.counted_under_way == 0:
            return Pause.RUN_IS_OVER
        if next_s >= ends_s:
            return Pause.DAY_IS_OVER
        if not _has_room(c, planned_s <= next_s):
            return Pause.NO_ROOM
        c.now_s = next_s
        if planned_s <= next_s:
            _planned_happens(c)
        elif event_s < c.next_fresh_s or (event_s == c.next_fresh_s and not _fresh_goes_first(c)):
            _event_happens(c)
        else:
            _fresh_arrives(c)


@compiled
def end_run(address: int) -> None:
    """What is still under way is written down as open."""
    c = center_at(address)
    c.now_s = max(c.now_s, c.ends_s)
    for group in range(c.n_groups):
        note_due(c, group, 0)
    for agent in range(c.n_agents):
        note_unfinished(c, agent)
    for contact in range(c.n_contacts):
        state = contact_at(c, contact).state
        if state not in (FREE, COMING, OVER):
            note_open(c, contact)
            if c.has_experience:
                note_effort(c, contact)
    for need in range(c.n_needs):
        if need_at(c, need).in_use:
            note_need(c, need, True)


@compiled
def _has_room(c: Center, for_planned: bool) -> bool:
    """Whether pools and log buffers can take what one event may bring: everybody at once at closing or in an outage."""
    in_use = c.n_contacts - c.n_free_contacts
    needed = in_use + _NEEDED_ROOM if for_planned else _NEEDED_ROOM
    if c.n_free_contacts < needed or c.n_free_needs < _NEEDED_ROOM:
        return False
    events = _EVENTS_OF_A_CONTACT * needed + c.most_chats + _SPARE
    events += in_use  # where chats have waited for a call to be gone, all of them may begin
    if c.n_events + events > c.room_for_events:
        return False
    if not c.logs:
        return True
    rows = max(c.n_attempt_rows, c.n_need_rows, c.n_spell_rows)
    return rows + in_use + _SPARE <= c.room_for_rows


@compiled
def _planned_happens(c: Center) -> None:
    planned = planned_at(c, c.agenda_at)
    c.agenda_at += 1
    if planned.turn == Turn.GOING:
        presence.goes(c, planned.index)
    elif planned.turn == Turn.OPENING:
        if planned.index == 0:
            waiting.closes(c)
        else:
            waiting.opens(c)
    elif planned.turn == Turn.OUTAGE:
        if planned.index % 2 == 0:
            bots.outage_begins(c, planned.index // 2)
        else:
            bot_at(c, planned.index // 2).n_outages -= 1
    else:  # coming, or there when the run starts
        presence.comes(c, planned.index)


@compiled
def _event_happens(c: Center) -> None:
    what = take_next(c)
    turn, index = turn_of(what), index_of(what)
    if turn == Turn.SERVICE_END:
        serving.service_moves_on(c, index)
    elif turn == Turn.ABANDONMENT:
        waiting.patience_ends(c, index)
    elif turn == Turn.ARRIVAL:
        entry.returns(c, index)
    elif turn == Turn.TIMER:
        waiting.others_may_take(c, index)
    elif turn == Turn.CHASE:
        comeback.chases(c, index)
    elif turn == Turn.BOT_END:
        bots.session_ends(c, index)
    else:
        entry.finds_moment(c, index)


@compiled
def _fresh_goes_first(c: Center) -> bool:
    """Whether a first attempt precedes the event of the same instant: a timer, or a later attempt in the order."""
    what = event_at(c, 0).what
    if turn_of(what) != Turn.ARRIVAL:
        return turn_of(what) > Turn.ARRIVAL
    fresh, later = c.next_fresh_type, contact_at(c, index_of(what))
    if fresh != later.type:
        return fresh < later.type
    need = need_at(c, later.need)
    if c.day != need.day:
        return c.day < need.day
    return type_at(c, fresh).next_k <= need.k  # of another need, if equal, which came as another type


@compiled
def _fresh_arrives(c: Center) -> None:
    """A need's first contact, unless a notice has made it needless."""
    contact_type = c.next_fresh_type
    its_type = type_at(c, contact_type)
    if its_type.n_spared > 0:
        its_type.n_spared -= 1
        note_spared(c, contact_type)
        next_arrival(c, contact_type)
        find_next_fresh(c)
        return
    contact = new_contact(c, new_need(c, contact_type), contact_type, Origin.FRESH)
    if its_type.notice_of != NOBODY and not comeback.is_reached(c, contact):
        contact_at(c, contact).talk_factor = 0.0
    next_arrival(c, contact_type)
    find_next_fresh(c)
    entry.arrives(c, contact)
