"""One replication's totals, added up from its rows: the obvious twin of what the compiled engine counts as it goes.

Only sums leave a replication, never ratios: values over replications are ratios of sums (`sim.measures.measures`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin, Outcome, SpellKind
from sim.records.facts import AttemptFacts, Facts, NeedFacts, facts_of
from sim.records.felt import Felt, felt_by
from sim.records.records import BoolArray, FloatArray, IntArray, Records
from sim.records.totals import AttemptSum, NeedSum, ServiceSum, Totals
from sim.records.wait_histogram import wait_counts
from sim.world.first_contacts import n_prevented
from sim.world.hours import DAY_S
from sim.world.people import present_s
from sim.world.spells import time_in_intervals
from sim.world.world import World

SEVEN_DAYS_S = 7 * DAY_S

Column = npt.NDArray[Any]  # one weight a row; of rows that do not count it may be NaN


def totals_of(world: World, records: Records, sample: Sample, by_interval: bool) -> Totals:
    """The sums of one replication; by interval of the horizon, or over all of it."""
    facts = facts_of(world, records)
    edges_s = edges_of(world, by_interval)
    a = facts.attempts
    joined = a.counted & a.offered
    return Totals(
        attempts=_attempt_sums(a, by_interval) + _prevented(facts, sample, edges_s),
        services=_service_sums(a, by_interval),
        needs=_need_sums(facts.needs, felt_by(facts.needs, sample), by_interval),
        queue_s=_queue_s(facts, edges_s),
        session_s=_session_s(facts, edges_s),
        work_s=_work_s(facts, edges_s),
        due_s=np.array([present_s(group.presence, sample, edges_s) for group in world.groups]),
        overtime_s=_spells_of_groups(facts, (SpellKind.OVERTIME,), edges_s),
        deferred_s=_spells_of_groups(facts, (SpellKind.DEFERRED_WORK,), edges_s),
        chatting_s=_spells_of_groups(facts, (SpellKind.CHATTING,), edges_s),
        chats_s=_chats_s(facts, edges_s),
        waits=wait_counts(a.wait_s[joined], records.attempts.contact_type[joined], len(world.types)),
        ages=_ages(a),
        n_attempts=len(records.attempts.need),
    )


def edges_of(world: World, by_interval: bool) -> FloatArray:
    """The edges between which sums are kept: of every interval, or of the horizon."""
    if not by_interval:
        return np.array([0.0, world.horizon_s])
    return np.arange(world.n_intervals + 1, dtype=np.float64) * world.interval_s


def bot_of_types(world: World) -> IntArray:
    """The bot that serves each contact type; -1 where none does."""
    return np.array([-1 if t.bot is None else t.bot.bot for t in world.types], dtype=np.int64)


# --- Attempts and needs ---------------------------------------------------------------------------


def _short(a: AttemptFacts) -> BoolArray:
    return a.abandoned & (a.wait_s < a.short_abandon_s)


_OF_ATTEMPTS: dict[AttemptSum, Callable[[AttemptFacts], Column]] = {
    AttemptSum.FRESH: lambda a: a.came_as(Origin.FRESH),
    AttemptSum.REDIALS: lambda a: a.came_as(Origin.REDIAL),
    AttemptSum.RECONNECTS: lambda a: a.came_as(Origin.RECONNECT),
    AttemptSum.TRANSFERRED: lambda a: a.came_as(Origin.TRANSFER),
    AttemptSum.ENTERED_BOT: lambda a: a.entered_bot,
    AttemptSum.REFUSED_BY_BOT: lambda a: a.bot_said(BotOutcome.REFUSED),
    AttemptSum.CONTAINED: lambda a: a.contained,
    AttemptSum.WRONGLY_CLOSED: lambda a: a.bot_said(BotOutcome.WRONGLY_CLOSED),
    AttemptSum.ESCALATED: lambda a: a.bot_said(BotOutcome.ESCALATED),
    AttemptSum.LEFT_BOT: lambda a: a.bot_said(BotOutcome.LEFT),
    AttemptSum.LOST: lambda a: a.ended(Outcome.LOST),
    AttemptSum.BLOCKED: lambda a: a.ended(Outcome.BLOCKED),
    AttemptSum.OFFERED: lambda a: a.offered,
    AttemptSum.ANSWERED: lambda a: a.answered,
    AttemptSum.ABANDONED: lambda a: a.abandoned,
    AttemptSum.SHORT_ABANDONED: _short,
    # A comparison with the NaN of a type without an acceptable waiting time is false.
    AttemptSum.ANSWERED_WITHIN_AWT: lambda a: a.answered & (a.wait_s <= a.awt_s),
    AttemptSum.ABANDONED_WITHIN_AWT: lambda a: a.abandoned & (a.wait_s <= a.awt_s),
    AttemptSum.DELAYED: lambda a: a.delayed,
    AttemptSum.WAIT_S: lambda a: np.where(a.offered, a.wait_s, 0.0),
    AttemptSum.ANSWER_S: lambda a: np.where(a.answered, a.wait_s, 0.0),
    AttemptSum.TO_PERSON_S: lambda a: np.where(a.answered, a.rows.answered_s - a.rows.arrived_s, 0.0),
    AttemptSum.TALK_S: lambda a: np.where(a.answered, a.rows.talk_s, 0.0),
    AttemptSum.WRAP_UP_S: lambda a: np.where(a.answered, a.rows.wrap_up_s, 0.0),
    AttemptSum.ANSWERED_AT_PEAK: lambda a: a.answered_at_peak,
    AttemptSum.BACK_IN_WINDOW: lambda a: a.back_in_window,
    AttemptSum.PREVENTED: lambda a: np.zeros(len(a.counted)),  # they have no rows: `_prevented` counts them
    AttemptSum.TICKETS: lambda a: a.came_as(Origin.TICKET),
    AttemptSum.CHASES: lambda a: a.came_as(Origin.CHASE),
    AttemptSum.LEFT_TICKETS: lambda a: a.ended(Outcome.LEFT_TICKET),
    AttemptSum.DEFERRED: lambda a: a.deferred,
    AttemptSum.CALLBACKS: lambda a: a.rows.calls_back,
    AttemptSum.UNREACHED: lambda a: a.ended(Outcome.UNREACHED),
    AttemptSum.DUE: lambda a: a.offered & (a.due_s < math.inf),
    AttemptSum.AFTER_NOTICE: lambda a: a.came_as(Origin.AFTER_NOTICE),
    AttemptSum.REACHED: lambda a: a.notices & a.rows.resolved,
    AttemptSum.DONE_IN_TIME: lambda a: a.offered & (a.due_s < math.inf) & (a.rows.ended_s <= a.due_s),
}

_OF_SERVICES: dict[ServiceSum, Callable[[AttemptFacts], Column]] = {
    ServiceSum.ANSWERED: _OF_ATTEMPTS[AttemptSum.ANSWERED],
    ServiceSum.ANSWER_S: _OF_ATTEMPTS[AttemptSum.ANSWER_S],
    ServiceSum.TALK_S: _OF_ATTEMPTS[AttemptSum.TALK_S],
    ServiceSum.WRAP_UP_S: _OF_ATTEMPTS[AttemptSum.WRAP_UP_S],
    ServiceSum.ANSWERED_AT_PEAK: _OF_ATTEMPTS[AttemptSum.ANSWERED_AT_PEAK],
    ServiceSum.TO_PERSON_S: _OF_ATTEMPTS[AttemptSum.TO_PERSON_S],
}

_OF_NEEDS: dict[NeedSum, Callable[[NeedFacts], Column]] = {
    NeedSum.NEEDS: lambda n: n.counted,
    NeedSum.MET: lambda n: n.met,
    NeedSum.MET_AT_FIRST: lambda n: n.met & (n.n_contacts == 1),
    NeedSum.QUIET_7_DAYS: lambda n: n.second_contact_s > SEVEN_DAYS_S,
    NeedSum.TO_RESOLUTION_S: lambda n: np.where(n.met, n.needs.resolved_s - n.needs.began_s, 0.0),
    NeedSum.CONTACTS: lambda n: n.n_contacts,
    NeedSum.WANTED_PERSON: lambda n: n.wanted_person,
    NeedSum.REACHED_PERSON: lambda n: n.reached_person,
    NeedSum.PENDING: lambda n: n.needs.open & ~n.met,
}

_FELT: dict[NeedSum, Callable[[Felt], Column]] = {
    NeedSum.EFFORT: lambda felt: felt.effort,
    NeedSum.SATISFACTION: lambda felt: felt.satisfaction,
    NeedSum.CHURN_RISK: lambda felt: felt.churn_risk,
    NeedSum.DELIGHTED: lambda felt: felt.delighted,
}


def _attempt_sums(a: AttemptFacts, by_interval: bool) -> FloatArray:
    """Contact types × intervals × AttemptSum."""
    cells = _Cells(a.rows.contact_type, len(a.world.types), *_intervals(a, by_interval))
    return cells.add_up([_OF_ATTEMPTS[kind](a) for kind in AttemptSum], a.counted)


def _prevented(facts: Facts, sample: Sample, edges_s: FloatArray) -> FloatArray:
    """The sum over needs that never became contacts, and 0 for all others: contact types × intervals × AttemptSum."""
    world, spells = facts.world, facts.records.spells
    by_notice = (spells.kind == SpellKind.PREVENTED) & (spells.start_s < world.horizon_s)
    found = np.zeros((len(world.types), len(edges_s) - 1, len(AttemptSum)))
    for contact_type in world.types:
        mine = spells.start_s[by_notice & (spells.whose == contact_type.index)]
        found[contact_type.index, :, AttemptSum.PREVENTED] = (
            n_prevented(world, contact_type, sample, edges_s) + np.histogram(mine, edges_s)[0]
        )
    return found


def _service_sums(a: AttemptFacts, by_interval: bool) -> FloatArray:
    """Agent groups × intervals × ServiceSum; what no group answered is nobody's, and notices are no answers."""
    cells = _Cells(a.rows.group, len(a.world.groups), *_intervals(a, by_interval))
    return cells.add_up(
        [_OF_SERVICES[kind](a) for kind in ServiceSum], a.counted & (a.rows.group >= 0) & ~a.notices
    )


def _need_sums(n: NeedFacts, felt: Felt, by_interval: bool) -> FloatArray:
    """Contact types × intervals × NeedSum."""
    cells = _Cells(n.needs.contact_type, len(n.world.types), *_intervals(n, by_interval))
    columns = [_FELT[kind](felt) if kind in _FELT else _OF_NEEDS[kind](n) for kind in NeedSum]
    return cells.add_up(columns, n.counted)


def _intervals(rows: AttemptFacts | NeedFacts, by_interval: bool) -> tuple[IntArray, int]:
    """The interval of each attempt or need, and how many there are."""
    if not by_interval:
        return np.zeros(len(rows.counted), dtype=np.int64), 1
    return rows.interval, rows.world.n_intervals


class _Cells(NamedTuple):
    """Names × intervals, and where each row falls into them."""

    name: IntArray
    n_names: int
    interval: IntArray
    n_intervals: int

    def add_up(self, columns: Sequence[Column], among: BoolArray) -> FloatArray:
        """The weights of each column, summed over the rows `among`; names × intervals × columns."""
        cell = self.name[among] * self.n_intervals + self.interval[among]
        size = self.n_names * self.n_intervals
        sums = [np.bincount(cell, column[among].astype(np.float64), size) for column in columns]
        found: FloatArray = np.stack(sums, axis=-1).astype(np.float64)
        return found.reshape(self.n_names, self.n_intervals, len(columns))


# --- The clock ------------------------------------------------------------------------------------


def _queue_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows = facts.records.attempts
    until_s = np.where(np.isnan(rows.answered_s), rows.ended_s, rows.answered_s)
    waits = facts.attempts.offered & (until_s > rows.queued_s)
    n_types, spells = len(facts.world.types), facts.records.spells
    first = _by_name(rows.queued_s, until_s, waits, rows.contact_type, n_types, edges_s)
    again = spells.kind == SpellKind.WAITING_AGAIN
    return first + _by_name(spells.start_s, spells.end_s, again, spells.whose, n_types, edges_s)


def _session_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows, world = facts.records.attempts, facts.world
    bot = bot_of_types(world)[rows.contact_type]
    return _by_name(
        rows.arrived_s, rows.left_bot_s, facts.attempts.entered_bot, bot, len(world.bots), edges_s
    )


def _work_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    """Calls by their rows; what is shared, put aside or in vain, by its spells."""
    rows = facts.records.attempts
    until_s = rows.answered_s + rows.talk_s + rows.wrap_up_s
    queueing = [contact_type.queueing for contact_type in facts.world.types]
    is_call = np.array([q.takes_whole_agent and not q.is_deferred for q in queueing])
    calls = facts.attempts.answered & is_call[rows.contact_type]
    of_calls = _by_name(rows.answered_s, until_s, calls, rows.group, len(facts.world.groups), edges_s)
    others = (SpellKind.CHATTING, SpellKind.DEFERRED_WORK, SpellKind.CALLING_IN_VAIN)
    return of_calls + _spells_of_groups(facts, others, edges_s)


def _chats_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows = facts.records.attempts
    is_chat = np.array([not t.queueing.takes_whole_agent for t in facts.world.types])
    chats = facts.attempts.answered & is_chat[rows.contact_type] & ~np.isnan(rows.ended_s)
    return _by_name(rows.answered_s, rows.ended_s, chats, rows.group, len(facts.world.groups), edges_s)


def _spells_of_groups(facts: Facts, kinds: Sequence[SpellKind], edges_s: FloatArray) -> FloatArray:
    spells = facts.records.spells
    among = np.isin(spells.kind, kinds)
    return _by_name(spells.start_s, spells.end_s, among, spells.whose, len(facts.world.groups), edges_s)


def _ages(a: AttemptFacts) -> npt.NDArray[np.int32]:
    """Deferred work open when the horizon ends, whenever it came."""
    backlog = ~np.isnan(a.age_s)
    return wait_counts(a.age_s[backlog], a.rows.contact_type[backlog], len(a.world.types))


def _by_name(
    starts_s: FloatArray,
    ends_s: FloatArray,
    among: npt.NDArray[np.bool_],
    name: IntArray,
    n_names: int,
    edges_s: FloatArray,
) -> FloatArray:
    """Seconds between edges that spells of each name cover; names × intervals."""
    mine = [among & (name == i) for i in range(n_names)]
    found = [time_in_intervals(starts_s[rows], ends_s[rows], edges_s) for rows in mine]
    return np.array(found).reshape(n_names, len(edges_s) - 1)
