"""The Markov chain of agents who hold several chats, alone or beside calls; types in order of skill.

With n chats in hand each advances at throughput[n] ÷ n, so an exponential chat of mean m ends at that rate ÷ m. A
call takes the whole agent. The state is who waits and what each agent holds; agents of a group who hold alike are
alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scenarios import Scenario
from tests.sim.theory.markov.center import Customer
from tests.sim.theory.markov.reading import HOUR_S, less, mean_s, routes, with_one, without
from tests.sim.theory.markov.solving import Happening, Jump, Solved, solve


class Agent(NamedTuple):
    """An agent and the types of the contacts in hand, sorted."""

    group: str
    held: tuple[str, ...] = ()


class ChatState(NamedTuple):
    """Who waits, and all agents; both sorted."""

    waiting: tuple[Customer, ...]
    agents: tuple[Agent, ...]


@dataclass(frozen=True)
class ChatCenter:
    """The chain of a scenario with chats."""

    scenario: Scenario
    longest_queue: int = 30

    def solved(self) -> Solved[ChatState]:
        """The center in the long run."""
        groups = self.scenario.agent_group.items()
        agents = tuple(Agent(name) for name, group in groups for _ in range(group.agents.present or 0))
        return solve(ChatState((), tuple(sorted(agents))), self.jumps)

    def jumps(self, state: ChatState) -> Iterator[Jump[ChatState]]:
        """Every event that can come next."""
        for name, declared in self.scenario.contact_type.items():
            yield self._arrives(state, name, (declared.arrivals.per_h or 0.0) / HOUR_S)
        for customer, n in Counter(state.waiting).items():
            patience = self.scenario.contact_type[customer.type].patience_s
            if patience is not None:
                yield self._gives_up(state, customer, n / mean_s(patience))
        for agent, n in Counter(state.agents).items():
            for name, n_held in Counter(agent.held).items():
                mean = mean_s(self.scenario.contact_type[name].talk_s)
                yield self._ends(state, agent, name, n * n_held * self._speed(agent) / mean)

    # --- Events ---------------------------------------------------------------------------------------------------

    def _arrives(self, state: ChatState, name: str, per_s: float) -> Jump[ChatState]:
        """Taken at once, or waiting."""
        agent = self._agent_for(state, name)
        if agent is not None:
            happened = (("offered", name), ("answered", agent.group))
            return Jump(_with_one_more(state, agent, name), per_s, happened)
        cut = len(state.waiting) >= self.longest_queue
        waiting = state.waiting if cut else with_one(state.waiting, Customer(name))
        return Jump(state._replace(waiting=waiting), per_s, (("offered", name), ("delayed", name)))

    def _gives_up(self, state: ChatState, customer: Customer, per_s: float) -> Jump[ChatState]:
        """Without a waiting call, chats that it held up may begin."""
        to, happened = self._settled(state._replace(waiting=without(state.waiting, customer)))
        return Jump(to, per_s, (("abandoned", customer.type), *happened))

    def _ends(self, state: ChatState, agent: Agent, name: str, per_s: float) -> Jump[ChatState]:
        """One contact less in hand; the agent looks at the queue first, then whoever else may take somebody."""
        freed = agent._replace(held=without(agent.held, name))
        rest = state._replace(agents=with_one(without(state.agents, agent), freed))
        first: tuple[Happening, ...] = ()
        place = self._taken(rest, freed)
        if place is not None:
            taken = rest.waiting[place].type
            rest = _with_one_more(rest._replace(waiting=less(rest.waiting, place)), freed, taken)
            first = (("answered", freed.group),)
        to, happened = self._settled(rest)
        return Jump(to, per_s, (*first, *happened))

    def _settled(self, state: ChatState) -> tuple[ChatState, tuple[Happening, ...]]:
        """Whoever waits and can be taken is."""
        for place, customer in enumerate(state.waiting):
            agent = self._agent_for(state, customer.type)
            if agent is not None:
                served = _with_one_more(
                    state._replace(waiting=less(state.waiting, place)), agent, customer.type
                )
                to, happened = self._settled(served)
                return to, (("answered", agent.group), *happened)
        return state, ()

    # --- Rules ----------------------------------------------------------------------------------------------------

    def _agent_for(self, state: ChatState, name: str) -> Agent | None:
        """By rank; among equals fewest in hand, or most where groups fill one agent before the next."""
        able = [agent for agent in state.agents if self._may_take(state, agent, name)]
        if not able:
            return None
        ranks = self._ranks[name]
        stacks = self._stacks(able[0].group)
        return min(
            able, key=lambda agent: (ranks[agent.group], -len(agent.held) if stacks else len(agent.held))
        )

    def _may_take(self, state: ChatState, agent: Agent, name: str) -> bool:
        """A call needs an empty agent; a chat a slot, no call in hand, and no call waiting to be emptied for."""
        if agent.group not in self._ranks[name]:
            return False
        if name in self._calls:
            return not agent.held
        if any(held in self._calls for held in agent.held) or len(agent.held) >= self._slots(agent.group):
            return False
        return not agent.held or not self._is_to_empty(state, agent.group)

    def _is_to_empty(self, state: ChatState, group: str) -> bool:
        """Whether a call waits that the group may take."""
        if self.scenario.agent_group[group].when_call_waits == "ignore":
            return False
        return any(one.type in self._calls and group in self._ranks[one.type] for one in state.waiting)

    def _taken(self, state: ChatState, agent: Agent) -> int | None:
        """The place in the queue that the agent turns to: types in order of skill, then who came first."""
        skills = [skill.contact_type for skill in self.scenario.agent_group[agent.group].skills]
        places = [
            (skills.index(one.type), i)
            for i, one in enumerate(state.waiting)
            if self._may_take(state, agent, one.type)
        ]
        return min(places)[1] if places else None

    def _speed(self, agent: Agent) -> float:
        """Of each contact in hand, by how many there are."""
        concurrency = self.scenario.agent_group[agent.group].concurrency
        n = len(agent.held)
        if concurrency is None or any(held in self._calls for held in agent.held):
            return 1.0
        return concurrency.throughput[n - 1] / n

    # --- What the scenario says -----------------------------------------------------------------------------------

    def _slots(self, group: str) -> int:
        concurrency = self.scenario.agent_group[group].concurrency
        return 1 if concurrency is None else concurrency.chat

    def _stacks(self, group: str) -> bool:
        declared = self.scenario.agent_group[group]
        takes_calls = any(skill.contact_type in self._calls for skill in declared.skills)
        return (declared.chat_fill or ("stack" if takes_calls else "spread")) == "stack"

    @cached_property
    def _ranks(self) -> dict[str, dict[str, int]]:
        return {name: routes(self.scenario, name) for name in self.scenario.contact_type}

    @cached_property
    def _calls(self) -> frozenset[str]:
        types = self.scenario.contact_type.items()
        return frozenset(name for name, declared in types if declared.channel == "voice")


def _with_one_more(state: ChatState, agent: Agent, name: str) -> ChatState:
    """The agent takes a contact."""
    holds = agent._replace(held=with_one(agent.held, name))
    return state._replace(agents=with_one(without(state.agents, agent), holds))
