"""The Markov chain of a center, read from its scenario: every law exponential, doors always open, no engine of ours.

The state is who is where; nobody's past matters but the order of the queue and of those idle, and these only where
the rules look at them. One event leads to others at the same instant (a transferred contact arrives, a blocked one
may redial), each with its chance: a `Branch` is one way that it can go.

Queues are cut at `longest_queue`, and customers who will contact again at `most_away`; the shares of time spent
there say whether it matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scenarios import Scenario
from tests.sim.theory.markov.reading import HOUR_S, less, mean_s, routes, with_one, without
from tests.sim.theory.markov.solving import Happening, Jump, Solved, solve


class Customer(NamedTuple):
    """Who waits or talks: the type, and what the way here has done to talk and patience.

    Who has accepted a callback does not abandon; `last`: waits until nobody else does.
    """

    type: str
    talk_factor: float = 1.0
    patience_factor: float = 1.0
    called_back: bool = False
    last: bool = False


class Work(NamedTuple):
    """An agent of a group with a customer, talking or wrapping up."""

    group: str
    customer: Customer
    wraps_up: bool = False


class Away(NamedTuple):
    """Somebody who will contact again after a time of this mean."""

    origin: str
    customer: Customer
    mean_s: float
    skip_bot: bool


class State(NamedTuple):
    """Who is where. Sorted where order does not matter, so that equal states are equal tuples."""

    waiting: tuple[Customer, ...] = ()  # in order of joining
    idle: tuple[str, ...] = ()  # the groups of idle agents, longest idle first
    work: tuple[Work, ...] = ()
    in_bot: tuple[str, ...] = ()  # the types of the sessions under way
    away: tuple[Away, ...] = ()


class Branch(NamedTuple):
    """One way that an instant can go: how likely, where to, and what happened on it."""

    share: float
    state: State
    happened: tuple[Happening, ...] = ()


Branches = Iterator[Branch]


def certain(state: State, *happened: Happening) -> Branches:
    """One way, surely."""
    yield Branch(1.0, state, happened)


def noting(branches: Branches, *happened: Happening) -> Branches:
    """The same ways, on which this has happened too."""
    for share, state, then in branches:
        yield Branch(share, state, (*happened, *then))


def with_chance(share: float, branches: Branches) -> Branches:
    """The same ways, each that much less likely."""
    if share > 0.0:
        yield from (branch._replace(share=share * branch.share) for branch in branches)


def either(share: float, yes: Branches, no: Branches) -> Branches:
    """One of two."""
    yield from with_chance(share, yes)
    yield from with_chance(1.0 - share, no)


def then(branches: Branches, step: Callable[[State], Branches]) -> Branches:
    """Each way goes on."""
    for share, state, happened in branches:
        yield from with_chance(share, noting(step(state), *happened))


@dataclass(frozen=True)
class MarkovCenter:
    """The chain of a scenario."""

    scenario: Scenario
    longest_queue: int = 30
    most_away: int = 40

    def solved(self) -> Solved[State]:
        """The center in the long run."""
        idle = [
            name for name, group in self.scenario.agent_group.items() for _ in range(group.agents.present)
        ]
        return solve(State(idle=tuple(sorted(idle))), self.jumps)

    def jumps(self, state: State) -> Iterator[Jump[State]]:
        """Every event that can come next, and every way it can go."""
        for per_s, branches in self._events(state):
            for share, to, happened in branches:
                yield Jump(self._tidied(to), per_s * share, happened)

    def _events(self, state: State) -> Iterator[tuple[float, Branches]]:
        for name, declared in self.scenario.contact_type.items():
            yield declared.arrivals.per_h / HOUR_S, self._arrives(state, Customer(name), "fresh")
        for customer, n in Counter(state.waiting).items():
            patience = self.scenario.contact_type[customer.type].patience_s
            if patience is not None and not customer.called_back:
                per_s = n / (mean_s(patience) * customer.patience_factor)
                yield per_s, self._gives_up(state, customer)
        for work, n in Counter(state.work).items():
            yield n / self._mean_work_s(work), self._phase_ends(state, work)
        for name, n in Counter(state.in_bot).items():
            yield n / mean_s(self._bot_of(name)[1].session_s), self._session_ends(state, name)
        for away, n in Counter(state.away).items():
            yield n / away.mean_s, self._returns(state, away)

    # --- Arrival and bot ------------------------------------------------------------------------------------------

    def _arrives(self, state: State, customer: Customer, origin: str, skip_bot: bool = False) -> Branches:
        """At the bot where there is one with a session free, else at the queue."""
        come = (origin, customer.type)
        bot, served = self._bot_of(customer.type)
        if served is None or skip_bot:
            return noting(self._asks(state, customer), come)
        opts_out = noting(self._asks(state, customer), come)
        return either(served.entry_share, noting(self._at_bot(state, customer, bot), come), opts_out)

    def _at_bot(self, state: State, customer: Customer, bot: str) -> Branches:
        """A session begins, or all are taken."""
        most = self.scenario.bot[bot].max_sessions
        if most is not None and self._sessions(state, bot) >= most:
            return noting(self._asks(state, customer), ("refused", bot))
        in_bot = with_one(state.in_bot, customer.type)
        return certain(state._replace(in_bot=in_bot), ("entered_bot", bot))

    def _session_ends(self, state: State, name: str) -> Branches:
        """Solved, wrongly closed, handed over, or left."""
        bot, served = self._bot_of(name)
        of_100, handover = served.of_100, served.handover
        state = state._replace(in_bot=without(state.in_bot, name))
        handed = Customer(name, handover.talk_factor, handover.patience_factor)
        back = self._may_reconnect(state, name, served.wrongly_closed_skip_bot)
        yield from with_chance(of_100.solved / 100, certain(state, ("contained", bot), ("met", name)))
        yield from with_chance(of_100.wrongly_closed / 100, noting(back, ("contained", bot)))
        yield from with_chance(
            of_100.handed_over / 100, noting(self._asks(state, handed), ("escalated", bot))
        )
        yield from with_chance(
            of_100.left / 100, noting(self._may_redial(state, name), ("abandoned_in_bot", bot))
        )

    # --- Queue ----------------------------------------------------------------------------------------------------

    def _asks(self, state: State, customer: Customer) -> Branches:
        """Blocked, served at once, gone at once, or waiting."""
        name = customer.type
        if self._lines_in_use(state) >= self._n_lines:
            return noting(self._may_redial(state, name), ("blocked", name))
        group = self._free_group(state, name)
        if group is not None:
            rest = state._replace(idle=without(state.idle, group))
            return certain(_with_work(rest, group, customer), ("offered", name))
        aside = self._to_put_aside(state, name)
        if aside is not None:
            rest = self._joined(state._replace(work=without(state.work, aside)), aside.customer)
            return certain(_with_work(rest, aside.group, customer), ("offered", name))
        balks = noting(self._may_redial(state, name), ("abandoned", name))
        waits = certain(self._joined(state, customer))
        patience = self.scenario.contact_type[name].patience_s
        waits = self._may_accept_callback(state, customer, waits)
        branches = waits if patience is None else either(patience.balk_share, balks, waits)
        return noting(branches, ("offered", name), ("delayed", name))

    def _may_accept_callback(self, state: State, customer: Customer, waits: Branches) -> Branches:
        """Offered where the expected wait is long; who accepts does not abandon."""
        offer = self.scenario.contact_type[customer.type].callback
        if offer is None or self._expected_wait_s(state, customer.type) <= offer.offer_above_s:
            return waits
        called = customer._replace(called_back=True, last=not offer.keeps_place)
        accepts = certain(self._joined(state, called), ("callbacks", customer.type))
        return either(offer.accept_share, accepts, waits)

    def _joined(self, state: State, customer: Customer) -> State:
        cut = len(state.waiting) >= self.longest_queue
        return state if cut else state._replace(waiting=(*state.waiting, customer))

    def _expected_wait_s(self, state: State, name: str) -> float:
        """(waiting + 1) × mean handle ÷ agents with the skill."""
        declared = self.scenario.contact_type[name]
        handle_s = mean_s(declared.talk_s) + (mean_s(declared.wrap_up_s) if declared.wrap_up_s else 0.0)
        present = sum(self.scenario.agent_group[group].agents.present for group in self._ranks[name])
        return (sum(one.type == name for one in state.waiting) + 1) * handle_s / present

    def _gives_up(self, state: State, customer: Customer) -> Branches:
        """Any of those alike."""
        places = [i for i, one in enumerate(state.waiting) if one == customer]
        for i in places:
            rest = state._replace(waiting=less(state.waiting, i))
            gone = noting(self._may_redial(rest, customer.type), ("abandoned", customer.type))
            yield from with_chance(1.0 / len(places), gone)

    def _free_group(self, state: State, type_name: str) -> str | None:
        """By rank, where not reserved; among equal ranks whoever has been idle longest."""
        ranks = self._ranks[type_name]
        for rank in sorted(set(ranks.values())):
            for group in state.idle:
                if ranks.get(group) == rank and self._may_take(group, type_name, state.idle.count(group)):
                    return group
        return None

    def _may_take(self, group: str, type_name: str, n_free: int) -> bool:
        """Whether so many of the group are free that none is to be kept for others."""
        return n_free > (self.scenario.agent_group[group].takes_only_if_free_above or {}).get(type_name, 0)

    def _to_put_aside(self, state: State, type_name: str) -> Work | None:
        """Interruptible work gives way to a live contact; what is left of it is as long as any."""
        if self._is_deferred(type_name):
            return None
        ranks = self._ranks[type_name]
        giving_way = [
            work
            for work in state.work
            if work.group in ranks and self.scenario.contact_type[work.customer.type].interruptible
        ]
        return min(giving_way, key=lambda work: ranks[work.group], default=None)

    # --- Agents ---------------------------------------------------------------------------------------------------

    def _phase_ends(self, state: State, work: Work) -> Branches:
        """Talk is followed by wrap-up where there is any; then the agent looks for work, and the customer goes on."""
        wrap_up = self.scenario.contact_type[work.customer.type].wrap_up_s
        rest = state._replace(work=without(state.work, work))
        if wrap_up is not None and not work.wraps_up:
            return certain(rest._replace(work=with_one(rest.work, work._replace(wraps_up=True))))
        looks = noting(self._looks_for_work(rest, work.group), ("answered", work.group))
        return then(looks, lambda s: self._outcome(s, work))

    def _looks_for_work(self, state: State, group: str) -> Branches:
        """The first in line by the group's policy, else idle."""
        place = self._taken(state, group)
        if place is None:
            return certain(state._replace(idle=(*state.idle, group)))
        rest, customer = state._replace(waiting=less(state.waiting, place)), state.waiting[place]
        reached = certain(_with_work(rest, group, customer))
        if not customer.called_back:
            return reached
        return either(self._reach_share(customer.type), reached, self._looks_for_work(rest, group))

    def _reach_share(self, type_name: str) -> float:
        """Of those called back; an attempt in vain takes no time here."""
        offer = self.scenario.contact_type[type_name].callback
        assert offer is not None
        if offer.attempt_s:
            raise ValueError(f"attempt_s = {offer.attempt_s}: a Markov chain needs attempts without length")
        return offer.reach_share

    def _taken(self, state: State, group: str) -> int | None:
        """The place in the queue that a freed agent turns to.

        Deferred work last of all, before it callbacks that can wait; then by priority of types; then by order of
        skill, or who came first.
        """
        declared = self.scenario.agent_group[group]
        skills = [skill.contact_type for skill in declared.skills]
        n_free = state.idle.count(group) + 1
        places = [
            (
                self._is_deferred(one.type),
                one.last,
                self.scenario.contact_type[one.type].priority,
                skills.index(one.type) if declared.policy == "priority" else 0,
                place,
            )
            for place, one in enumerate(state.waiting)
            if one.type in skills and self._may_take(group, one.type, n_free)
        ]
        return min(places)[-1] if places else None

    def _outcome(self, state: State, work: Work) -> Branches:
        """Transferred, or resolved, or perhaps back again."""
        name = work.customer.type
        rate = self._skill(work).resolution_rate
        if rate is None:
            rate = self.scenario.contact_type[name].resolution_rate
        ends = either(rate, certain(state, ("met", name)), self._may_reconnect(state, name))
        transfer = self.scenario.contact_type[name].transfer
        if transfer is None:
            return ends
        onward = Customer(transfer.to, transfer.talk_factor)
        return either(transfer.share, noting(self._asks(state, onward), ("transferred", transfer.to)), ends)

    # --- Again ----------------------------------------------------------------------------------------------------

    def _may_redial(self, state: State, type_name: str) -> Branches:
        back = self.scenario.contact_type[type_name].redial
        if back is None:
            return certain(state)
        away = Away("redials", Customer(type_name), mean_s(back.delay_s), back.skip_bot)
        return either(back.share, certain(self._with_away(state, away)), certain(state))

    def _may_reconnect(self, state: State, type_name: str, skip_bot: bool | None = None) -> Branches:
        back = self.scenario.contact_type[type_name].reconnect
        if back is None:
            return certain(state)
        skips = back.skip_bot if skip_bot is None else skip_bot
        as_type = Customer(back.as_ or type_name, back.talk_factor)
        away = Away("reconnects", as_type, mean_s(back.delay_h) * HOUR_S, skips)
        return either(back.share, certain(self._with_away(state, away)), certain(state))

    def _with_away(self, state: State, away: Away) -> State:
        if len(state.away) >= self.most_away:
            return state
        return state._replace(away=with_one(state.away, away))

    def _returns(self, state: State, away: Away) -> Branches:
        here = state._replace(away=without(state.away, away))
        return self._arrives(here, away.customer, away.origin, away.skip_bot)

    # --- What the scenario says -----------------------------------------------------------------------------------

    def _tidied(self, state: State) -> State:
        """Sorted where order does not matter."""
        return state._replace(
            waiting=state.waiting if self._queue_has_order else tuple(sorted(state.waiting)),
            idle=state.idle if self._idle_have_order else tuple(sorted(state.idle)),
        )

    @cached_property
    def _queue_has_order(self) -> bool:
        """Where a policy looks at waits, or customers of one type differ who stand in one line."""
        offers = [kind.callback for kind in self.scenario.contact_type.values()]
        callbacks = any(offer is not None and offer.keeps_place for offer in offers)
        policies = any(group.policy != "priority" for group in self.scenario.agent_group.values())
        differ = any(
            served.handover.talk_factor != 1.0 or served.handover.patience_factor != 1.0
            for bot in self.scenario.bot.values()
            for served in bot.contact_type.values()
        )
        return callbacks or policies or differ

    @cached_property
    def _idle_have_order(self) -> bool:
        """Where groups of equal rank compete."""
        return any(
            len(set(self._ranks[name].values())) < len(self._ranks[name])
            for name in self.scenario.contact_type
        )

    @cached_property
    def _ranks(self) -> dict[str, dict[str, int]]:
        return {name: routes(self.scenario, name) for name in self.scenario.contact_type}

    def _skill(self, work: Work) -> Any:
        skills = self.scenario.agent_group[work.group].skills
        return next(skill for skill in skills if skill.contact_type == work.customer.type)

    def _mean_work_s(self, work: Work) -> float:
        declared = self.scenario.contact_type[work.customer.type]
        if work.wraps_up:
            return mean_s(declared.wrap_up_s)
        return mean_s(declared.talk_s) * self._skill(work).talk_factor * work.customer.talk_factor

    def _bot_of(self, type_name: str) -> tuple[str, Any]:
        for name, bot in self.scenario.bot.items():
            if type_name in bot.contact_type:
                return name, bot.contact_type[type_name]
        return "", None

    def _sessions(self, state: State, bot: str) -> int:
        return sum(type_name in self.scenario.bot[bot].contact_type for type_name in state.in_bot)

    def _lines_in_use(self, state: State) -> int:
        """Waiting and talking, by voice; who is to be called back has hung up."""
        talking = [work.customer for work in state.work if not work.wraps_up]
        waiting = [customer for customer in state.waiting if not customer.called_back]
        return sum(self.scenario.contact_type[one.type].channel == "voice" for one in (*talking, *waiting))

    def _is_deferred(self, type_name: str) -> bool:
        return self.scenario.contact_type[type_name].is_deferred

    @property
    def _n_lines(self) -> float:
        return float("inf") if self.scenario.lines is None else self.scenario.lines.n


def _with_work(state: State, group: str, customer: Customer) -> State:
    """An agent begins to talk; how long the customer would have waited no longer matters."""
    work = Work(group, Customer(customer.type, customer.talk_factor))
    return state._replace(work=with_one(state.work, work))
