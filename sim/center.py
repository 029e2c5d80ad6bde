"""The center, contact by contact: the readable engine on SimPy's clock, and the specification of the model.

Read `_arrives` first and follow the contact: bot, queue, agent, wrap-up, outcome, and perhaps back again. Every
event is a `Moment` on the clock, with its turn among the events of the same instant (`sim.clock.Turn`). Draws
come with the contact; nothing here rolls dice on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappush
from typing import Any, NamedTuple

import numpy as np
import simpy

from sim.arrivals import needs_of_day
from sim.bot import BotOutcome
from sim.clock import Turn
from sim.contact import Contact, Need, Origin, Outcome
from sim.draws import Purpose
from sim.floor import Agent, Line, Team
from sim.fresh import SolvedAtOnce, draw_bot_outcome, first_attempts, later_attempt, talk_and_wrap_up
from sim.hours import DAY_S
from sim.rates import Steps, daily_steps, moment_within
from sim.records import BoolArray, FloatArray, Log, Overtime
from sim.routing import select_agent, select_contact
from sim.sample import Sample
from sim.world import Comeback, TypeModel, World

Action = Callable[[Any], None]


class Moment(simpy.Event):
    """Something that happens at a fixed time: `action(what)`."""

    def __init__(self, clock: Clock, action: Action, what: Any) -> None:
        self.env = clock
        self.callbacks = _HAPPENS
        self.action = action
        self.what = what
        self._ok = True
        self._value = None


def _happens(moment: Any) -> None:
    moment.action(moment.what)


_HAPPENS: Any = (_happens,)  # one for all moments: SimPy walks through it and then forgets it


class Clock(simpy.Environment):
    """SimPy's clock, with events at absolute times and in a fixed order at one instant.

    SimPy schedules by delay; `now + (t − now)` is not always t, and two engines must agree on every moment.
    """

    def at(self, time_s: float, order: tuple[int, ...], action: Action, what: Any = None) -> None:
        """Let `action(what)` happen at this time, in this order among what happens then."""
        heappush(self._queue, (time_s, order, next(self._eid), Moment(self, action, what)))  # type: ignore[misc]


class BotState:
    """A bot's sessions under way, and the outages, which may overlap."""

    def __init__(self) -> None:
        self.sessions: dict[Contact, None] = {}
        self.n_outages = 0


class Return(NamedTuple):
    """A customer who will contact again, or be transferred: about which need, as what, and past the bot or not."""

    need: Need
    as_type: int
    origin: Origin
    talk_factor: float
    skip_bot: bool


_RETURN_DRAWS = {
    Origin.REDIAL: (Purpose.REDIALS, Purpose.REDIAL_DELAY),
    Origin.RECONNECT: (Purpose.RECONNECTS, Purpose.RECONNECT_DELAY),
}


class Center:
    """One replication of a world."""

    def __init__(self, world: World, sample: Sample) -> None:
        self.world = world
        self.sample = sample
        self.clock = Clock(initial_time=world.starts_s)
        self.teams = [Team(group) for group in world.groups]
        self.lines = [Line() for _ in world.types]
        self.bots = [BotState() for _ in world.bots]
        self.open = world.hours.is_open(world.starts_s)
        self.lines_in_use = 0
        self.counted_under_way = 0
        self.needs: list[Need] = []
        self.contacts: list[Contact] = []
        self.solved_at_once: list[SolvedAtOnce] = []
        self.overtime: list[Overtime] = []
        self._fresh: list[Iterator[Contact]] = [iter(()) for _ in world.types]
        self._steps: dict[tuple[int, int], Steps] = {}  # kept, as rates are the same for all returns of a day

    def run(self) -> Log:
        """Live through warm-up, horizon and run-out, and on until every counted attempt has ended."""
        self._begin()
        ends_s = self.world.horizon_s + self.world.run_out_s
        while self.clock.peek() < ends_s or self.counted_under_way:
            self.clock.step()
        return Log(self.needs, self.contacts, self.solved_at_once, self.overtime, max(ends_s, self.clock.now))

    # --- Days -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """People present when the run starts come first; then the first day."""
        world = self.world
        for team in self.teams:
            for position in team.model.presence.present_before(self.sample, world.starts_s):
                self._comes(team.agents[position])
        self._begin_outages()
        self._presence_of_day(world.first_day - 1)
        self.clock.at(world.starts_s, (Turn.NEW_DAY,), self._new_day, world.first_day)

    def _new_day(self, day: int) -> None:
        """Bring the day's arrivals, comings and goings, openings and closings onto the clock."""
        if day >= self.world.last_day:
            raise RuntimeError(f"contacts of the horizon still wait after {day} days: the queue has no end")
        self._doors_of_day(day)
        self._presence_of_day(day)
        for contact_type in self.world.types:
            self._fresh_of_day(contact_type, day)
        self.clock.at((day + 1) * DAY_S, (Turn.NEW_DAY,), self._new_day, day + 1)

    def _fresh_of_day(self, contact_type: TypeModel, day: int) -> None:
        """The day's first attempts of a type: those without events are facts at once, the others take their turns.

        Those before the run's start never happen.
        """
        factor, stream = contact_type.day_factor, contact_type.stream
        busyness = 1.0 if factor is None else factor.at(self.sample, stream, day)
        steps = self._steps_of(contact_type.index, day)
        needs = needs_of_day(steps, busyness, self.sample, stream, day)
        needs = needs.since(self.world.starts_s - day * DAY_S)
        arrived_s = day * DAY_S + needs.arrived_s
        awake = self._bot_always_takes(contact_type, arrived_s)
        self._fresh[contact_type.index], solved = first_attempts(contact_type, needs, self.sample, day, awake)
        self.solved_at_once.append(solved)
        self._next_fresh(contact_type.index)

    def _bot_always_takes(self, contact_type: TypeModel, arrived_s: FloatArray) -> BoolArray:
        """Arrivals that a bot without limit or outage takes: in the open hours, or at any time."""
        if contact_type.bot is None or not self.world.bots[contact_type.bot.bot].always_free:
            return np.zeros(len(arrived_s), dtype=np.bool_)
        if self.world.bots[contact_type.bot.bot].always_on:
            return np.ones(len(arrived_s), dtype=np.bool_)
        return self.world.hours.are_open(arrived_s)

    def _doors_of_day(self, day: int) -> None:
        hours = self.world.hours
        for moments, opens in ((hours.opens_s, True), (hours.closes_s, False)):
            for moment_s in moments:
                if day * DAY_S <= moment_s < (day + 1) * DAY_S and moment_s >= self.clock.now:
                    self.clock.at(moment_s, (Turn.OPENING, opens), self._opens if opens else self._closes)

    def _presence_of_day(self, day: int) -> None:
        for team in self.teams:
            changes = team.model.presence.changes(self.sample, day)
            for at_s, position, comes in changes.rows():
                if at_s >= self.clock.now:
                    turn, action = (Turn.COMING, self._comes) if comes else (Turn.GOING, self._goes)
                    self.clock.at(at_s, (turn, team.model.index, position), action, team.agents[position])

    def _opens(self, _: None) -> None:
        self.open = True

    def _closes(self, _: None) -> None:
        """At closing those waiting are served by whoever is present, or sent away."""
        self.open = False
        if self.world.clears_at_close:
            for line in self.lines:
                for contact in line.everybody():
                    self._gives_up(contact)

    # --- Arrival and bot ------------------------------------------------------------------------------------------

    def _next_fresh(self, type_index: int) -> None:
        """Put the next first attempt of the day on the clock."""
        contact = next(self._fresh[type_index], None)
        if contact is not None:
            order = (Turn.ARRIVAL, type_index, contact.need.day, contact.need.k, 0)
            self.clock.at(contact.arrived_s, order, self._fresh_arrives, contact)

    def _fresh_arrives(self, contact: Contact) -> None:
        contact.need.index = len(self.needs)
        self.needs.append(contact.need)
        self._next_fresh(contact.type.index)
        self._arrives(contact)

    def _arrives(self, contact: Contact) -> None:
        """An attempt begins: at the bot where there is one for it, else it asks for a person."""
        self.contacts.append(contact)
        self.counted_under_way += self._is_counted(contact)
        if contact.origin is Origin.TRANSFER:
            self._asks_for_person(contact)
        elif self._bot_takes(contact):
            self._session_begins(contact)
        else:
            self._asks_for_person(contact)

    def _bot_takes(self, contact: Contact) -> bool:
        """Whether a bot is awake, wanted, in order and free; notes on the contact why not."""
        bot = contact.type.bot
        if bot is None or contact.skip_bot or not (self.open or self.world.bots[bot.bot].always_on):
            return False
        if contact.bot_end == BotOutcome.OPTED_OUT:
            contact.bot = BotOutcome.OPTED_OUT
        elif self.bots[bot.bot].n_outages:
            contact.bot = BotOutcome.OUT_OF_ORDER
        elif len(self.bots[bot.bot].sessions) >= self.world.bots[bot.bot].max_sessions:
            contact.bot = BotOutcome.REFUSED
        else:
            return True
        return False

    def _session_begins(self, contact: Contact) -> None:
        bot = contact.type.bot
        assert bot is not None
        self.bots[bot.bot].sessions[contact] = None
        order = (Turn.BOT_END, bot.bot, contact.type.index, contact.need.day, contact.need.k, contact.attempt)
        self.clock.at(self.clock.now + contact.session_s, order, self._session_ends, contact)

    def _session_ends(self, contact: Contact) -> None:
        """Contained, rightly or wrongly, left, or handed over to the agents."""
        bot = contact.type.bot
        assert bot is not None
        sessions = self.bots[bot.bot].sessions
        if contact not in sessions:
            return  # an outage has ended it
        del sessions[contact]
        outcome = BotOutcome(contact.bot_end)
        if outcome in (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED):
            self._closed_by_bot(contact, outcome)
            return
        contact.bot = outcome
        contact.left_bot_s = self.clock.now
        if outcome is BotOutcome.LEFT:
            self._ends(contact, Outcome.LEFT_BOT)
            self._may_redial(contact)
        else:
            self._handed_over(contact)

    def _closed_by_bot(self, contact: Contact, outcome: BotOutcome) -> None:
        """Contained: the need is met, or the customer finds out that it is not."""
        assert contact.type.bot is not None
        contact.bot = outcome
        contact.left_bot_s = self.clock.now
        self._ends(contact, Outcome.CLOSED_BY_BOT)
        if outcome is BotOutcome.SOLVED:
            self._need_met(contact, self.clock.now)
        else:
            self._may_reconnect(contact, contact.type.bot.wrongly_closed_skip_bot)

    def _handed_over(self, contact: Contact) -> None:
        bot = contact.type.bot
        assert bot is not None
        contact.talk_factor *= bot.handover_talk_factor
        contact.patience_factor = bot.handover_patience_factor
        self._asks_for_person(contact)

    def _begin_outages(self) -> None:
        for bot in self.world.bots:
            for start_s, end_s in bot.outages_s:
                for at_s, action in ((start_s, self._outage_begins), (end_s, self._outage_ends)):
                    self.clock.at(max(at_s, self.world.starts_s), (Turn.OUTAGE, bot.index), action, bot.index)

    def _outage_begins(self, bot: int) -> None:
        """The sessions under way are escalated, in the order in which they began."""
        state = self.bots[bot]
        state.n_outages += 1
        under_way, state.sessions = list(state.sessions), {}
        for contact in under_way:
            contact.bot = BotOutcome.ESCALATED
            contact.left_bot_s = self.clock.now
            self._handed_over(contact)

    def _outage_ends(self, bot: int) -> None:
        self.bots[bot].n_outages -= 1

    # --- Queue ----------------------------------------------------------------------------------------------------

    def _asks_for_person(self, contact: Contact) -> None:
        """Joins the queue of its type, unless closed (lost) or every line is taken (blocked)."""
        if not self.open and contact.origin is not Origin.TRANSFER:
            self._ends(contact, Outcome.LOST)
            return
        if contact.type.uses_line:
            if self.lines_in_use >= self.world.n_lines:
                self._ends(contact, Outcome.BLOCKED)
                self._may_redial(contact)
                return
            self.lines_in_use += 1
        contact.queued_s = self.clock.now
        agent = select_agent(contact.type, self.teams)
        if agent is not None:
            self._serves(agent, contact)
        elif contact.balks:
            self._leaves_queue(contact, Outcome.BALKED)
        else:
            self._waits(contact)

    def _waits(self, contact: Contact) -> None:
        self.lines[contact.type.index].join(contact)
        if contact.type.patience_s is not None:
            gives_up_s = contact.queued_s + contact.patience_s * contact.patience_factor
            order = (Turn.ABANDONMENT, contact.type.index, contact.need.day, contact.need.k, contact.attempt)
            self.clock.at(gives_up_s, order, self._patience_ends, contact)

    def _patience_ends(self, contact: Contact) -> None:
        if contact.waiting:
            self._gives_up(contact)

    def _gives_up(self, contact: Contact) -> None:
        contact.waiting = False
        self._leaves_queue(contact, Outcome.ABANDONED)

    def _leaves_queue(self, contact: Contact, outcome: Outcome) -> None:
        self._frees_line(contact)
        self._ends(contact, outcome)
        self._may_redial(contact)

    def _frees_line(self, contact: Contact) -> None:
        if contact.type.uses_line:
            self.lines_in_use -= 1

    # --- Agents ---------------------------------------------------------------------------------------------------

    def _comes(self, agent: Agent) -> None:
        """Present from now on; who still holds a contact from before goes on with it."""
        agent.shifts += 1
        if agent.shifts > 1:
            return  # one shift follows on another: the end of the first is still to come, at this very moment
        if agent.contact is None:
            self._looks_for_work(agent)
        else:
            self._note_overtime(agent)

    def _goes(self, agent: Agent) -> None:
        """Time is up: the idle leave, the busy finish the contact in hand."""
        agent.shifts -= 1
        if agent.due:
            return
        agent.time_up_s = self.clock.now
        if agent.contact is None:
            self.teams[agent.group].idle.remove(agent)

    def _serves(self, agent: Agent, contact: Contact) -> None:
        """Talk and wrap-up, each with the factors of group, assist and hand-over."""
        skill = self.teams[agent.group].skill_of[contact.type.index]
        talk_s, wrap_up_s = talk_and_wrap_up(contact, self.sample)
        contact.need.conversations += 1
        contact.answered_s = self.clock.now
        contact.group, contact.agent = agent.group, agent.position
        contact.talk_s = talk_s * (skill.talk_factor * contact.talk_factor)
        contact.wrap_up_s = wrap_up_s * skill.wrap_up_factor
        agent.contact = contact
        talk_ends_s = contact.answered_s + contact.talk_s
        if contact.type.uses_line:
            order = (Turn.SERVICE_END, agent.group, agent.position, 0)
            self.clock.at(talk_ends_s, order, self._frees_line, contact)
        order = (Turn.SERVICE_END, agent.group, agent.position, 1)
        self.clock.at(talk_ends_s + contact.wrap_up_s, order, self._service_ends, agent)

    def _service_ends(self, agent: Agent) -> None:
        contact = agent.contact
        assert contact is not None
        agent.contact = None
        self._ends(contact, Outcome.SERVED)
        self._outcome_of_service(contact)
        if agent.due or self._stays_after_closing():
            self._looks_for_work(agent)
        else:
            self._note_overtime(agent)

    def _looks_for_work(self, agent: Agent) -> None:
        """The next contact in line; with none, an agent who is due rests and one whose time is up goes."""
        team = self.teams[agent.group]
        contact = select_contact(team.model, self.lines, self.clock.now)
        if contact is not None:
            self._serves(agent, contact)
        elif agent.due:
            team.rest(agent, self.clock.now)
        else:
            self._note_overtime(agent)

    def _stays_after_closing(self) -> bool:
        """After closing, whoever is still here serves until nobody waits."""
        return not self.open and not self.world.clears_at_close

    def _note_overtime(self, agent: Agent) -> None:
        """Work since time was up."""
        self.overtime.append(Overtime(agent.group, agent.time_up_s, self.clock.now))

    # --- Outcome --------------------------------------------------------------------------------------------------

    def _outcome_of_service(self, contact: Contact) -> None:
        """Transferred, or resolved, or perhaps back again. The last leg decides."""
        need, conversation = contact.need, contact.need.conversations - 1
        transfer = contact.type.transfer
        if (
            transfer is not None
            and self.sample.uniform(need.key, Purpose.TRANSFERRED, conversation) < transfer.share
        ):
            onward = Return(need, transfer.to_type, Origin.TRANSFER, transfer.talk_factor, skip_bot=True)
            self._schedule_return(onward, self.clock.now)
            return
        rate = self.teams[contact.group].skill_of[contact.type.index].resolution_rate
        if rate >= 1.0 or self.sample.uniform(need.key, Purpose.RESOLVED, conversation) < rate:
            contact.resolved = True
            self._need_met(contact, contact.answered_s + contact.talk_s)
        else:
            self._may_reconnect(contact)

    def _need_met(self, contact: Contact, at_s: float) -> None:
        contact.need.resolved_s = at_s

    def _may_redial(self, contact: Contact) -> None:
        """After abandoning, balking, being blocked or leaving the bot: again, with the type's chance."""
        back = contact.type.redial
        if back is not None:
            self._may_return(contact, back, Origin.REDIAL, back.skip_bot)

    def _may_reconnect(self, contact: Contact, skip_bot: bool | None = None) -> None:
        """After a contact that did not resolve the need: again, with the type's chance."""
        back = contact.type.reconnect
        if back is not None:
            self._may_return(contact, back, Origin.RECONNECT, back.skip_bot if skip_bot is None else skip_bot)

    def _may_return(self, contact: Contact, back: Comeback, origin: Origin, skip_bot: bool) -> None:
        chance, delay = _RETURN_DRAWS[origin]
        key, attempt = contact.need.key, contact.attempt
        if self.sample.uniform(key, chance, attempt) < back.share:
            due_s = self.clock.now + back.delay_s.one(self.sample.uniform(key, delay, attempt))
            returning = Return(contact.need, back.as_type, origin, back.talk_factor, skip_bot)
            self._schedule_return(returning, self._when_open(returning, due_s, attempt))

    def _schedule_return(self, returning: Return, at_s: float | None) -> None:
        returning.need.returns += 1
        if at_s is not None:
            need = returning.need
            order = (Turn.ARRIVAL, returning.as_type, need.day, need.k, need.n_attempts)
            self.clock.at(at_s, order, self._returns, returning)

    def _when_open(self, returning: Return, due_s: float, attempt: int) -> float | None:
        """The moment of a return: when due, or by the type's own profile of the next opening hours."""
        contact_type, hours = self.world.types[returning.as_type], self.world.hours
        bot = contact_type.bot
        bot_awake = bot is not None and not returning.skip_bot and self.world.bots[bot.bot].always_on
        if bot_awake or hours.is_open(due_s):
            return due_s
        span = hours.next_span(due_s)
        if span is None:
            return None  # the center never opens again: the need stays open
        day = int(span[0] // DAY_S)
        closes_s = min(span[1] - day * DAY_S, DAY_S)
        u = self.sample.uniform(returning.need.key, Purpose.RETURN_MOMENT, attempt)
        steps = self._steps_of(contact_type.index, day)
        return day * DAY_S + moment_within(steps, span[0] - day * DAY_S, closes_s, u)

    def _returns(self, returning: Return) -> None:
        need = returning.need
        need.returns -= 1
        contact_type = self.world.types[returning.as_type]
        contact = later_attempt(need, contact_type, self.sample, returning.origin, self.clock.now)
        contact.talk_factor = returning.talk_factor
        contact.skip_bot = returning.skip_bot
        if not returning.skip_bot:
            draw_bot_outcome(contact, self.sample)
        self._arrives(contact)

    def _steps_of(self, type_index: int, day: int) -> Steps:
        key = (type_index, day)
        if key not in self._steps:
            self._steps[key] = daily_steps(self.world.scenario, self.world.types[type_index].name, day)
        return self._steps[key]

    def _ends(self, contact: Contact, outcome: Outcome) -> None:
        contact.outcome = outcome
        contact.ended_s = self.clock.now
        self.counted_under_way -= self._is_counted(contact)

    def _is_counted(self, contact: Contact) -> bool:
        return 0.0 <= contact.arrived_s < self.world.horizon_s
