"""What the tally looks at: the counted attempts and needs of a replication, with the questions one asks of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.codes import BotOutcome, Origin, Outcome
from sim.records.records import Attempts, BoolArray, FloatArray, IntArray, Needs, Records
from sim.world.world import World

Column = npt.NDArray[Any]
_SAME_CONTACT = (Origin.TRANSFER, Origin.TICKET)  # goes on about the same thing


@dataclass(frozen=True)
class AttemptFacts:
    """The counted attempts: those that arrived within the horizon."""

    world: World
    rows: Attempts

    @cached_property
    def counted(self) -> BoolArray:
        """Rows that count for attempts and rates."""
        arrived_s = self.rows.arrived_s
        return (arrived_s >= 0.0) & (arrived_s < self.world.horizon_s)

    @cached_property
    def offered(self) -> BoolArray:
        """Reached the agents' queue (not blocked, not lost)."""
        return ~np.isnan(self.rows.queued_s)

    @cached_property
    def answered(self) -> BoolArray:
        """A person answered."""
        return ~np.isnan(self.rows.answered_s)

    @cached_property
    def abandoned(self) -> BoolArray:
        """Left the queue unanswered; balking counts, with wait 0."""
        return self.ended(Outcome.ABANDONED) | self.ended(Outcome.BALKED)

    @cached_property
    def wait_s(self) -> FloatArray:
        """Time in the queue, until answered or abandoned; NaN for those who never joined."""
        until_s = np.where(self.answered, self.rows.answered_s, self.rows.ended_s)
        return until_s - self.rows.queued_s

    @cached_property
    def awt_s(self) -> FloatArray:
        """The acceptable waiting time of the attempt's type; NaN where the type has no target."""
        return self._of_type(awt_of_types(self.world))

    @cached_property
    def short_abandon_s(self) -> FloatArray:
        """Abandons before this wait are short ones."""
        types = self.world.scenario.contact_type.values()
        return self._of_type(np.array([declared.short_abandon_s for declared in types]))

    @cached_property
    def delayed(self) -> BoolArray:
        """Could not be answered at once."""
        return self.offered & ((self.wait_s > 0.0) | self.abandoned)

    @cached_property
    def entered_bot(self) -> BoolArray:
        """Had a session with the bot."""
        return self.rows.bot >= BotOutcome.SOLVED

    @cached_property
    def contained(self) -> BoolArray:
        """Closed by the bot, rightly or wrongly."""
        return self.bot_said(BotOutcome.SOLVED) | self.bot_said(BotOutcome.WRONGLY_CLOSED)

    @cached_property
    def answered_at_peak(self) -> BoolArray:
        """A person answered while an event brought more contacts."""
        answered_s = self.rows.answered_s
        at_peak = np.zeros(len(answered_s), dtype=np.bool_)
        for starts_s, ends_s in self.world.peaks_s:
            at_peak |= (answered_s >= starts_s) & (answered_s < ends_s)
        return at_peak

    @cached_property
    def back_in_window(self) -> BoolArray:
        """Wrongly closed, and the need's next contact began within the refund window after it."""
        rows = self.rows
        in_order = np.lexsort((rows.attempt, rows.arrived_s, rows.need))
        contacts = in_order[~np.isin(rows.origin[in_order], _SAME_CONTACT)]
        closed = np.flatnonzero(self.bot_said(BotOutcome.WRONGLY_CLOSED)[contacts])
        window_s = np.array([0.0 if t.bot is None else t.bot.refund_window_s for t in self.world.types])
        back = np.zeros(len(rows.need), dtype=np.bool_)
        for place in closed.tolist():
            one = contacts[place]
            later = contacts[place + 1 :]
            later = later[: int(np.searchsorted(rows.need[later], rows.need[one], side="right"))]
            after_s = rows.arrived_s[later][rows.arrived_s[later] >= rows.ended_s[one]] - rows.ended_s[one]
            back[one] = len(after_s) > 0 and after_s[0] <= window_s[rows.contact_type[one]]
        return back

    @cached_property
    def interval(self) -> IntArray:
        """Interval of joining the queue, or of arrival for those who never joined."""
        return _interval_of(self.world, np.where(self.offered, self.rows.queued_s, self.rows.arrived_s))

    @cached_property
    def deferred(self) -> BoolArray:
        """Joined the queue of a deferred type."""
        return self.offered & self._of_type(np.array([t.queueing.is_deferred for t in self.world.types]))

    @cached_property
    def notices(self) -> BoolArray:
        """Proactive notices of a group: no customer's contacts."""
        return self._of_type(np.array([t.notices is not None for t in self.world.types]))

    @cached_property
    def due_s(self) -> FloatArray:
        """When the work is due, in seconds of the horizon; infinite where it never is."""
        return self.rows.queued_s + self._of_type(np.array([t.queueing.due_s for t in self.world.types]))

    @cached_property
    def age_s(self) -> FloatArray:
        """Since when deferred work has been waiting or in hand at the end of the horizon; NaN where none is."""
        horizon_s = self.world.horizon_s
        open_then = self.deferred & (self.rows.queued_s < horizon_s) & ~(self.rows.ended_s < horizon_s)
        return np.where(open_then, horizon_s - self.rows.queued_s, math.nan)

    def ended(self, outcome: Outcome) -> BoolArray:
        """Attempts with this outcome."""
        return self.rows.outcome == outcome

    def came_as(self, origin: Origin) -> BoolArray:
        """Attempts of this origin."""
        return self.rows.origin == origin

    def bot_said(self, outcome: BotOutcome) -> BoolArray:
        """Attempts that fared like this at the bot."""
        return self.rows.bot == outcome

    def _of_type(self, values: Column) -> Column:
        return values[self.rows.contact_type]


@dataclass(frozen=True)
class NeedFacts:
    """The counted needs, those whose first contact came within the horizon, with all their attempts."""

    world: World
    needs: Needs
    attempts: Attempts

    @cached_property
    def counted(self) -> BoolArray:
        """Rows that count."""
        return (self.needs.began_s >= 0.0) & (self.needs.began_s < self.world.horizon_s)

    @cached_property
    def interval(self) -> IntArray:
        """Interval of the first contact."""
        return _interval_of(self.world, self.needs.began_s)

    @cached_property
    def met(self) -> BoolArray:
        """Truly resolved, whoever did it."""
        return ~np.isnan(self.needs.resolved_s)

    @cached_property
    def n_contacts(self) -> FloatArray:
        """Contacts of each need; neither a transfer nor the ticket that a contact leaves is a new one."""
        return self._count(~np.isin(self.attempts.origin, _SAME_CONTACT))

    @cached_property
    def wanted_person(self) -> BoolArray:
        """Asked for a person, was escalated, or found lines taken or doors closed.

        A customer who left inside the bot without asking is not among them.
        """
        tried = ~np.isnan(self.attempts.queued_s)
        refused = np.isin(self.attempts.outcome, (Outcome.BLOCKED, Outcome.LOST, Outcome.LEFT_TICKET))
        return self._count(tried | refused) > 0

    @cached_property
    def reached_person(self) -> BoolArray:
        """A person answered at least once."""
        return self._count(~np.isnan(self.attempts.answered_s)) > 0

    @cached_property
    def second_contact_s(self) -> FloatArray:
        """From the first to the second contact; infinite where there is none."""
        again = (self.attempts.attempt > 0) & ~np.isin(self.attempts.origin, _SAME_CONTACT)
        second_s = np.full(len(self.needs.began_s), math.inf)
        np.minimum.at(second_s, self.attempts.need[again], self.attempts.arrived_s[again])
        return second_s - self.needs.began_s

    def _count(self, among: npt.NDArray[np.bool_]) -> FloatArray:
        n_needs = len(self.needs.began_s)
        return np.bincount(self.attempts.need[among], minlength=n_needs).astype(np.float64)


@dataclass(frozen=True)
class Facts:
    """Both, with the world and the records they come from."""

    world: World
    records: Records
    attempts: AttemptFacts
    needs: NeedFacts


def facts_of(world: World, records: Records) -> Facts:
    """The facts of one replication."""
    attempts = AttemptFacts(world, records.attempts)
    return Facts(world, records, attempts, NeedFacts(world, records.needs, records.attempts))


def _interval_of(world: World, moment_s: FloatArray) -> IntArray:
    """The intervals of moments; of those outside the horizon the nearest."""
    index = np.floor(moment_s / world.interval_s).astype(np.int64)
    return np.clip(index, 0, world.n_intervals - 1)


def awt_of_types(world: World) -> FloatArray:
    """Acceptable waiting time by type, in seconds; NaN where the type has no service level target."""
    targets = [declared.service_target for declared in world.scenario.contact_type.values()]
    return np.array([math.nan if t is None or t.awt_s is None else float(t.awt_s) for t in targets])
