"""The center as one record with tables: a row a contact, need, agent, group …, each found by its position.

Positions stand for references, -1 for nobody; all are 64 bits wide, so that each function is compiled once.
Contacts and needs live in pools: a free slot is chained to the next free one by `next`, and is used again, so that
memory grows with what is under way and not with what has been.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kernel import given, written
from sim.kernel.record import record

Center = Any  # one record of CENTER

# --- What changes while the clock runs ----------------------------------------------------------------------------

CONTACT = record(
    ("arrived_s", "f8"),
    ("left_bot_s", "f8"),
    ("queued_s", "f8"),
    ("answered_s", "f8"),
    ("talk_s", "f8"),
    ("wrap_up_s", "f8"),
    ("ended_s", "f8"),
    ("talk_factor", "f8"),
    ("patience_factor", "f8"),
    ("service_ends_s", "f8"),  # as foreseen; an event at another moment is void
    ("done_at_s", "f8"),  # by the clock of an agent's chats
    ("put_back_s", "f8"),  # work put aside for a live contact: when, and what is left of it
    ("left_share", "f8"),
    ("talk_before_s", "f8"),
    ("wrap_up_before_s", "f8"),
    ("number", "i8"),  # in order of arrival
    ("need", "i8"),
    ("type", "i8"),
    ("attempt", "i8"),
    ("group", "i8"),
    ("agent", "i8"),  # among all agents
    ("conversation", "i8"),
    ("place", "i8"),  # the line of its type in which it stands or stood
    ("n_looks", "i8"),  # after late work, so far
    ("returns_in", "i8"),  # the opening span of a return whose moment is still to be drawn
    ("previous", "i8"),  # in its line or among the bot's sessions
    ("next", "i8"),
    ("n_events", "i8"),  # of its own that are on the heap, void ones too
    ("origin", "i1"),
    ("bot", "i1"),
    ("bot_end", "i1"),
    ("outcome", "i1"),
    ("state", "i1"),
    ("skip_bot", "b1"),
    ("resolved", "b1"),
    ("in_line", "b1"),
    ("holds_line", "b1"),
    ("calls_back", "b1"),
    ("chases", "b1"),
    ("put_back", "b1"),
)

NEED = record(
    ("key", "u8"),
    ("k", "i8"),
    ("number", "i8"),  # in order of first contact
    ("began_s", "f8"),
    ("second_contact_s", "f8"),
    ("resolved_s", "f8"),
    ("effort", "f8"),  # of the attempts that are over
    ("day", "i8"),
    ("type", "i8"),
    ("n_attempts", "i8"),
    ("n_contacts", "i8"),  # attempts that are no transfers
    ("conversations", "i8"),
    ("n_delighted", "i8"),
    ("next", "i8"),
    (
        "closed_s",
        "f8",
    ),  # when the bot closed it wrongly, and which type's contact that was, come at what time
    ("closed_type", "i8"),
    ("closed_arrived_s", "f8"),
    ("n_open", "i8"),  # attempts under way or yet to come
    ("wanted_person", "b1"),
    ("reached_person", "b1"),
    ("in_use", "b1"),
)

AGENT = record(
    ("since_s", "f8"),  # what the order on its shelf goes by
    ("time_up_s", "f8"),
    ("talk_factor", "f8"),  # its own, on this day
    ("resolution_factor", "f8"),
    ("works_since_s", "f8"),  # without a pause
    ("progress_s", "f8"),  # of each chat in hand, in seconds worked alone
    ("progressed_at_s", "f8"),
    ("contact", "i8"),  # one that takes the whole agent
    ("n_in_hand", "i8"),
    ("group", "i8"),
    ("shifts", "i8"),
    ("shelf", "i8"),
    ("previous", "i8"),  # on its shelf
    ("next", "i8"),
)

# Contacts or agents in order. Contacts: who waits, by line and type; the sessions of each bot; the chats in each
# agent's hands. Agents, by group: the idle; those who hold 1, 2 … chats and have room; those whose work gives way.
LINE = record(("first", "i8"), ("last", "i8"), ("n", "i8"))

# The lines of a type, as in `sim.center.floor`.
AHEAD, PLAIN, LATER = range(3)
N_PLACES = 3

# The state of a contact's slot.
FREE, COMING, AT_BOT, WAITING, WITH_AGENT, OVER = range(6)

# --- The center -----------------------------------------------------------------------------------------------------

# Its tables, by name: what a row is, and what the rows are.
TABLES: dict[str, np.dtype[Any]] = {
    "contacts": CONTACT,
    "needs": NEED,
    "agents": AGENT,
    "lines": LINE,
    "shelves": LINE,
    "paces": given.PACE,  # groups × most chats
    "groups": given.GROUP,
    "types": given.TYPE,
    "bots": given.BOT,
    "events": given.EVENT,  # a heap
    "agenda": given.PLANNED,  # of the day, in order
    "skills": given.SKILL,  # groups × types
    "routes": given.ROUTE,  # types × groups
    "experience": given.EXPERIENCE,
    "laws": given.LAW,
    "nodes": given.NODE,  # of all quantile tables, one after the other
    "values": given.VALUE,  # of all samples
    "steps": given.STEP,  # this day's expected contacts, type after type
    "arrival_steps": given.STEP,  # the same, as busy as each interval is
    "moments": given.MOMENT,  # this day's replayed arrivals, type after type
    "spans": given.SPAN,
    "peaks": given.SPAN,
    "attempt_sums": written.ATTEMPT_SUMS,  # types, then groups × intervals
    "need_sums": written.NEED_SUMS,  # types × intervals
    "time_sums": written.TIME_SUM,  # queues, sessions, then of groups as in GROUP_TIMES × intervals
    "waits": written.WAITS,  # types × bins
    "ages": written.WAITS,
    "bin_edges": written.BIN_EDGE,
    "attempt_rows": written.ATTEMPT_ROW,
    "need_rows": written.NEED_ROW,
    "spell_rows": written.SPELL_ROW,
}

CENTER = record(
    ("now_s", "f8"),
    ("day_s", "f8"),  # midnight of the day that is lived through
    ("starts_s", "f8"),
    ("ends_s", "f8"),  # of the run-out; the run goes on while counted attempts are under way
    ("horizon_s", "f8"),
    ("interval_s", "f8"),  # of the sums: an interval, or the horizon
    ("n_lines", "f8"),  # telephone lines, those of `lines` that wait are others
    ("next_fresh_s", "f8"),
    ("seed_key", "u8"),  # of the seed, and of the replication under it
    ("key", "u8"),
    ("flip", "u8"),  # all ones for the mirrored one of an antithetic pair, else 0
    ("replication", "i8"),
    ("day", "i8"),
    ("n_events", "i8"),  # on the heap
    ("room_for_events", "i8"),
    ("n_shelves", "i8"),  # of a group
    ("most_chats", "i8"),  # that anybody holds
    ("agenda_at", "i8"),  # what of the day's agenda comes next
    ("next_fresh_type", "i8"),
    ("lines_in_use", "i8"),
    ("counted_under_way", "i8"),
    ("free_contact", "i8"),
    ("free_need", "i8"),
    ("n_free_contacts", "i8"),
    ("n_free_needs", "i8"),
    ("n_begun", "i8"),  # attempts so far
    ("n_needs_begun", "i8"),
    ("n_attempt_rows", "i8"),  # in the log's buffers
    ("n_need_rows", "i8"),
    ("n_spell_rows", "i8"),
    ("room_for_rows", "i8"),
    ("n_contacts", "i8"),  # slots
    ("n_needs", "i8"),
    ("n_types", "i8"),
    ("n_groups", "i8"),
    ("n_agents", "i8"),
    ("n_bots", "i8"),
    ("n_planned", "i8"),
    ("n_spans", "i8"),
    ("n_peaks", "i8"),
    ("n_intervals", "i8"),
    ("open", "b1"),
    ("clears_at_close", "b1"),
    ("counts_seats", "b1"),
    ("has_chats", "b1"),
    ("calls_later", "b1"),  # some callbacks wait until no live contact does
    ("logs", "b1"),
    ("stratified", "b1"),
    ("has_experience", "b1"),
    ("delights", "b1"),
    *((name, "u8") for name in TABLES),  # their addresses
)
