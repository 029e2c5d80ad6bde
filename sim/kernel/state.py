"""The center as one record with tables: a row a contact, need, agent, group …, each found by its position.

Positions stand for references, -1 for nobody; all are 64 bits wide, so that each function is compiled once.
Contacts and needs live in pools: a free slot is chained to the next free one by `next`, and is used again, so that
memory grows with what is under way and not with what has been.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.records.totals import AttemptSum, NeedSum

Records = npt.NDArray[Any]
Center = Any  # one record of CENTER

NOBODY = -1


def record(*fields: tuple[str, str]) -> np.dtype[Any]:
    """A C struct whose fields are read as attributes, with and without the compiler."""
    aligned = np.dtype(list(fields), align=True)
    return np.dtype((np.record, aligned))


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

# --- What stays ---------------------------------------------------------------------------------------------------

GROUP = record(
    ("due_since_s", "f8"),
    ("first_agent", "i8"),
    ("n_skills", "i8"),
    ("policy", "i8"),
    ("n_due", "i8"),
    ("n_busy", "i8"),
    ("n_seats", "i8"),
    ("chat_limit", "i8"),
    ("stacks", "b1"),
    ("empties_for_calls", "b1"),
    ("takes_deferred", "b1"),
)

# Three policies of a free agent.
PRIORITY, LONGEST_WAIT, WEIGHTED_WAIT = range(3)

TYPE = record(
    # Its busyness: a law, and the weights of what is common to all types and of what is its own.
    ("stream", "i8"),
    ("busyness", "i8"),
    ("common_weight", "f8"),
    ("own_weight", "f8"),
    # This day's arrivals: a Poisson process by inversion.
    ("day_key", "u8"),
    ("next_key", "u8"),
    ("next_k", "i8"),
    ("next_arrival_s", "f8"),
    ("count", "f8"),  # unit-rate time of the next arrival
    ("factor", "f8"),  # busyness of the day
    ("prevented_share", "f8"),  # in force on this day
    ("first_moment", "i8"),  # of this day, where arrivals are replayed; NOBODY where they are not
    ("n_moments", "i8"),
    ("first_step", "i8"),
    ("n_steps", "i8"),
    ("step", "i8"),
    # Laws, by position; NOBODY: none.
    ("talk", "i8"),
    ("wrap_up", "i8"),
    ("patience", "i8"),
    ("session", "i8"),
    ("redial_delay", "i8"),
    ("reconnect_delay", "i8"),
    # Where it may go.
    ("n_routes", "i8"),
    ("bot", "i8"),
    ("reconnect_as", "i8"),
    ("transfer_to", "i8"),
    ("chase_as", "i8"),  # NOBODY: nobody asks after it
    ("ticket_as", "i8"),
    ("notice_of", "i8"),  # proactive notices about a type; NOBODY: a customer's contacts
    ("notice_reach_share", "f8"),
    ("notice_prevents_share", "f8"),
    ("n_spared", "i8"),  # contacts that notices have made needless, and that have not come yet
    ("priority", "i8"),
    ("balk_share", "f8"),
    ("redial_share", "f8"),
    ("reconnect_share", "f8"),
    ("reconnect_talk_factor", "f8"),
    ("transfer_share", "f8"),
    ("transfer_talk_factor", "f8"),
    ("awt_s", "f8"),  # NaN: no acceptable waiting time
    ("short_abandon_s", "f8"),
    ("due_s", "f8"),
    ("vip_share", "f8"),
    ("callback_above_s", "f8"),
    ("callback_share", "f8"),  # accepted; 0: never offered
    ("reach_share", "f8"),
    ("in_vain_s", "f8"),
    ("mean_handle_s", "f8"),
    ("chase_after_s", "f8"),
    ("chase_share", "f8"),
    ("chase_every_s", "f8"),
    ("ticket_share", "f8"),
    ("entry_share", "f8"),
    ("leaves_share", "f8"),
    ("contains_above", "f8"),  # the score of ease above which the bot contains
    ("wrong_share", "f8"),
    ("peak_contains_above", "f8"),  # the same two while more wait than `waiting_above`, -1: never
    ("peak_wrong_share", "f8"),
    ("waiting_above", "i8"),
    ("selectivity", "f8"),
    ("noise_weight", "f8"),  # √(1 − selectivity²)
    ("handover_talk_factor", "f8"),
    ("handover_patience_factor", "f8"),
    ("refund_window_s", "f8"),
    # What its customers expect: a law of the wait (NOBODY: nothing), 1 + drift a year, and effort of contacts.
    ("expected_wait", "i8"),
    ("expectation_growth", "f8"),
    ("expected_contacts", "f8"),
    ("effort_per_wait_s", "f8"),
    ("redial_skips_bot", "b1"),
    ("reconnect_skips_bot", "b1"),
    ("wrongly_closed_skips_bot", "b1"),
    ("uses_line", "b1"),
    ("is_deferred", "b1"),
    ("takes_whole_agent", "b1"),
    ("interruptible", "b1"),
    ("goes_ahead", "b1"),  # some of its contacts do
    ("returns_ahead", "b1"),
    ("is_choosy", "b1"),  # not every idle agent with the skill takes it at any time
    ("is_delayed", "b1"),  # for some group
    ("keeps_place", "b1"),  # a callback
)

BOT = record(
    ("max_sessions", "f8"),
    ("n_outages", "i8"),
    ("always_on", "b1"),
    ("always_free", "b1"),
)

# `skills[group, type]`: what a group makes of a type; `looks_at` of [group, i] is the i-th type a free agent looks at.
SKILL = record(
    ("talk_factor", "f8"),
    ("wrap_up_factor", "f8"),
    ("resolution_rate", "f8"),
    ("weight", "f8"),
    ("after_s", "f8"),  # the group may take the type only after so long a wait
    ("looks_at", "i8"),
    ("free_above", "i8"),  # and only while more of its people are free
)

# `paces[group, n - 1]`: of each chat, n being in hand.
PACE = record(("pace", "f8"))

# `routes[type, i]`: the groups that may take a type, in order of rank.
ROUTE = record(("group", "i8"), ("rank", "i8"))

# The coefficients of the experience model (`sim.world.experience`); one row.
EXPERIENCE = record(
    ("effort_per_contact", "f8"),
    ("effort_per_transfer", "f8"),
    ("effort_per_bot_loop", "f8"),
    ("satisfaction_base", "f8"),
    ("above_expectation", "f8"),
    ("below_expectation", "f8"),
    ("resolved", "f8"),
    ("leaves_met", "f8"),
    ("leaves_unmet", "f8"),
    ("delight_share", "f8"),
    ("delight_talk_s", "f8"),
    ("delight_lift", "f8"),
)

# A law's quantile function: its form, and numbers that the form explains (`sim.kernel.quantiles`).
LAW = record(
    ("a", "f8"),
    ("b", "f8"),
    ("scale", "f8"),
    ("start_u", "f8"),  # of a piece: the share of all that lies before it, and its own
    ("share", "f8"),
    ("form", "i8"),
    ("first", "i8"),
    ("n", "i8"),
)
CONSTANT, WEIBULL, UNIFORM, LOGNORMAL, TABLE, PIECES, BY_TIME, UNTIL, SAMPLE = range(9)

# ln x at equal steps of the normal score, with slopes (`sim.chance.quantile_table`).
NODE = record(("log_x", "f8"), ("slope", "f8"))

# The values of samples, each sample in order.
VALUE = record(("x", "f8"))

# A moment of the day and what is expected until then; when the center opens and closes.
STEP = record(("edge_s", "f8"), ("expected", "f8"))
MOMENT = record(("s", "f8"))
SPAN = record(("opens_s", "f8"), ("closes_s", "f8"))

# What is known at midnight to happen at a fixed moment: `turn` as in `sim.codes`; `index`: an agent, twice a bot and
# one more at the end of an outage, or whether the center opens.
PLANNED = record(("at_s", "f8"), ("turn", "i8"), ("index", "i8"))
EVENT = record(("at_s", "f8"), ("what", "i8"))

# --- The log: a row for each attempt, need and spell, written when it is over ---------------------------------------

ATTEMPT_ROW = record(
    ("number", "i8"),
    ("need", "i8"),
    ("need_type", "i8"),  # with day and k: which need it is, before the need's own row is written
    ("day", "i8"),
    ("k", "i8"),
    ("type", "i8"),
    ("attempt", "i8"),
    ("group", "i8"),
    ("agent", "i8"),  # in the group
    ("arrived_s", "f8"),
    ("left_bot_s", "f8"),
    ("queued_s", "f8"),
    ("answered_s", "f8"),
    ("talk_s", "f8"),
    ("wrap_up_s", "f8"),
    ("ended_s", "f8"),
    ("origin", "i1"),
    ("bot", "i1"),
    ("outcome", "i1"),
    ("resolved", "b1"),
    ("calls_back", "b1"),
)
NEED_ROW = record(
    ("number", "i8"),
    ("k", "i8"),
    ("began_s", "f8"),
    ("resolved_s", "f8"),
    ("day", "i8"),
    ("type", "i8"),
    ("open", "b1"),
)
SPELL_ROW = record(("start_s", "f8"), ("end_s", "f8"), ("whose", "i8"), ("kind", "i1"))


# --- Sums, each named as in `sim.records.totals` --------------------------------------------------------------------

ATTEMPT_SUMS = record(*((each.name.lower(), "f8") for each in AttemptSum))
NEED_SUMS = record(*((each.name.lower(), "f8") for each in NeedSum))
# Times on the clock that are kept for each agent group, in this order.
GROUP_TIMES = ("work_s", "due_s", "overtime_s", "deferred_s", "chatting_s", "chats_s")
WORK, DUE, OVERTIME, DEFERRED, CHATTING, CHATS = range(6)
TIME_SUM = record(("s", "f8"))
WAITS = record(("n", "i4"))
BIN_EDGE = record(("s", "f8"))

# --- The center -----------------------------------------------------------------------------------------------------

# Its tables, by name: what a row is, and what the rows are.
TABLES: dict[str, np.dtype[Any]] = {
    "contacts": CONTACT,
    "needs": NEED,
    "agents": AGENT,
    "lines": LINE,
    "shelves": LINE,
    "paces": PACE,  # groups × most chats
    "groups": GROUP,
    "types": TYPE,
    "bots": BOT,
    "events": EVENT,  # a heap
    "agenda": PLANNED,  # of the day, in order
    "skills": SKILL,  # groups × types
    "routes": ROUTE,  # types × groups
    "experience": EXPERIENCE,
    "laws": LAW,
    "nodes": NODE,  # of all quantile tables, one after the other
    "values": VALUE,  # of all samples
    "steps": STEP,  # this day's expected contacts, type after type
    "arrival_steps": STEP,  # the same, as busy as each interval is
    "moments": MOMENT,  # this day's replayed arrivals, type after type
    "spans": SPAN,
    "peaks": SPAN,
    "attempt_sums": ATTEMPT_SUMS,  # types, then groups × intervals
    "need_sums": NEED_SUMS,  # types × intervals
    "time_sums": TIME_SUM,  # queues, sessions, then of groups as in GROUP_TIMES × intervals
    "waits": WAITS,  # types × bins
    "ages": WAITS,
    "bin_edges": BIN_EDGE,
    "attempt_rows": ATTEMPT_ROW,
    "need_rows": NEED_ROW,
    "spell_rows": SPELL_ROW,
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
