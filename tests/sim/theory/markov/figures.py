"""What a solved chain says of a center, by the names that the simulation has for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios import Scenario
from sim.measures.scopes import Scope
from tests.sim.theory.markov.center import State, Work
from tests.sim.theory.markov.chats import ChatState
from tests.sim.theory.markov.solving import Solved

DAY_S = 86400.0


@dataclass(frozen=True)
class Exact:
    """One figure: a measure of the whole center or of one type, group or bot, and its exact value."""

    measure: str
    scope: Scope
    name: str
    value: float

    def __str__(self) -> str:
        return f"{self.measure}, {self.name}" if self.name else self.measure


def exact_figures(scenario: Scenario, chain: Solved[State]) -> Iterator[Exact]:
    """Everything that tells a right engine from a wrong one, and is not settled by a draw alone."""
    for name in scenario.contact_type:
        yield from _of_type(scenario, chain, name)
    for name, group in scenario.agent_group.items():
        at_work = chain.mean(lambda s, name=name: sum(work.group == name for work in s.work))
        yield Exact("occupancy", "agent_group", name, at_work / group.agents.present)
        live = chain.mean(lambda s, name=name: sum(_is_live(scenario, work, name) for work in s.work))
        if live < at_work * (1 - 1e-9):
            yield Exact("live_occupancy", "agent_group", name, live / group.agents.present)
        if len(scenario.agent_group) > 1:
            yield Exact("answered", "agent_group", name, _per_run(scenario, chain, "answered", name))
    for name, bot in scenario.bot.items():
        yield from _of_bot(chain, name, bot.max_sessions is not None, list(bot.contact_type))
    yield from _of_returns(scenario, chain)


def _is_live(scenario: Scenario, work: Work, group: str) -> bool:
    return work.group == group and not scenario.contact_type[work.customer.type].is_deferred


def chat_figures(scenario: Scenario, chain: Solved[ChatState]) -> Iterator[Exact]:
    """Of those who wait for a slot, and of agents who hold several."""
    for name in scenario.contact_type:
        yield from _of_type(scenario, chain, name)
    for name, group in scenario.agent_group.items():
        at_work = chain.mean(lambda s, name=name: sum(bool(a.held) for a in s.agents if a.group == name))
        in_hand = chain.mean(lambda s, name=name: sum(len(a.held) for a in s.agents if a.group == name))
        yield Exact("occupancy", "agent_group", name, at_work / group.agents.present)
        if group.concurrency is not None and group.concurrency.chat > 1:
            yield Exact("mean_concurrency", "agent_group", name, in_hand / at_work)
            of_one = group.concurrency.chat
            taken = chain.mean(lambda s, name=name, of_one=of_one: _slots_taken(scenario, s, name, of_one))
            yield Exact("slot_occupancy", "agent_group", name, taken / (group.agents.present * of_one))
        if len(scenario.agent_group) > 1:
            yield Exact("answered", "agent_group", name, _per_run(scenario, chain, "answered", name))


def _slots_taken(scenario: Scenario, state: ChatState, group: str, of_one: int) -> int:
    """A chat takes a slot, anything else all that an agent has."""
    held = [kind for agent in state.agents if agent.group == group for kind in agent.held]
    return sum(1 if scenario.contact_type[kind].channel == "chat" else of_one for kind in held)


def _of_type(scenario: Scenario, chain: Solved[State] | Solved[ChatState], name: str) -> Iterator[Exact]:
    """PASTA: arrivals see time averages; Little: mean wait = mean queue ÷ rate of joining."""
    offered, blocked = chain.per_s("offered", name), chain.per_s("blocked", name)
    if blocked:
        yield Exact("block_rate", "contact_type", name, blocked / (offered + blocked))
    yield Exact("delay_rate", "contact_type", name, chain.per_s("delayed", name) / offered)
    queue = chain.mean(lambda s: sum(customer.type == name for customer in s.waiting))
    if scenario.contact_type[name].is_deferred:  # may wait more than once: put aside
        yield Exact("mean_queue_length", "contact_type", name, queue)
    elif queue:
        yield Exact("mean_wait_s", "contact_type", name, queue / offered)
    if scenario.contact_type[name].patience_s is not None:
        yield Exact("abandonment_rate", "contact_type", name, chain.per_s("abandoned", name) / offered)


def _of_bot(chain: Solved[State], name: str, limited: bool, types: list[str]) -> Iterator[Exact]:
    refused = chain.per_s("refused", name)
    if limited:
        yield Exact("bot_block_rate", "bot", name, refused / (refused + chain.per_s("entered_bot", name)))
    sessions = chain.mean(lambda s: sum(type_name in types for type_name in s.in_bot))
    yield Exact("mean_bot_sessions", "bot", name, sessions)


def _of_returns(scenario: Scenario, chain: Solved[State]) -> Iterator[Exact]:
    counts = {
        count: _per_run(scenario, chain, count)
        for count in ("redials", "reconnects", "transferred", "callbacks")
    }
    yield from (Exact(count, "total", "", exact) for count, exact in counts.items() if exact)
    if counts["redials"] or counts["reconnects"]:
        fresh = _per_run(scenario, chain, "fresh")
        yield Exact("need_resolution_rate", "total", "", _per_run(scenario, chain, "met") / fresh)
        contacts = fresh + counts["redials"] + counts["reconnects"]
        yield Exact("contacts_per_need", "total", "", contacts / fresh)


def _per_run(
    scenario: Scenario, chain: Solved[State] | Solved[ChatState], what: str, name: str | None = None
) -> float:
    """A count over the horizon."""
    return chain.per_s(what, name) * scenario.calendar.days * DAY_S
