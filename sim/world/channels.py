"""What a channel asks of the floor: who may go ahead, who is called back, what is due, how many chats at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scenarios import Scenario
from scenarios.agent_groups import AgentGroup
from scenarios.contact_types import ContactType

HOUR_S = 3600.0


@dataclass(frozen=True)
class AheadModel:
    """Who goes before the others of the type: a share of the customers, and those who come again."""

    vip_share: float
    returns: bool


@dataclass(frozen=True)
class CallbackModel:
    """Offered on joining when the expected wait, (waiting + 1) × mean handle ÷ people present, exceeds a limit."""

    offer_above_s: float
    accept_share: float
    keeps_place: bool
    reach_share: float
    in_vain_s: float  # an agent's time for a customer who is not reached
    mean_handle_s: float


@dataclass(frozen=True)
class ChaseModel:
    """Customers who ask after late work: when, how likely, how often again, and as what."""

    after_s: float
    share: float
    every_s: float  # infinite: once
    as_type: int


@dataclass(frozen=True)
class TicketModel:
    """What is left after closing: how likely, and as what."""

    share: float
    as_type: int


@dataclass(frozen=True)
class QueueingModel:
    """How a contact type waits and is taken."""

    is_deferred: bool  # no patience; done when nobody live waits
    takes_whole_agent: bool  # all but chats
    interruptible: bool
    priority: int
    due_s: float  # infinite: never
    after_s: Mapping[int, float]  # of groups that may take it only after so long a wait
    ahead: AheadModel | None
    callback: CallbackModel | None
    chase: ChaseModel | None
    ticket: TicketModel | None

    @property
    def waits_s(self) -> tuple[float, ...]:
        """After how long a wait further groups become eligible, in order."""
        return tuple(sorted(set(self.after_s.values())))


@dataclass(frozen=True)
class ChatModel:
    """Several chats at a time: how many, at what pace, and who gets the next one."""

    limit: int = 1
    paces: tuple[float, ...] = (1.0,)  # of each chat, by how many are in hand: throughput ÷ number
    stacks: bool = False
    empties_for_calls: bool = True


def queueing_of(scenario: Scenario, name: str) -> QueueingModel:
    """How a contact type of this name waits and is taken."""
    declared = scenario.contact_type[name]
    return QueueingModel(
        is_deferred=declared.is_deferred,
        takes_whole_agent=declared.channel != "chat",
        interruptible=declared.interruptible,
        priority=declared.priority,
        due_s=math.inf if declared.due_h is None else declared.due_h * HOUR_S,
        after_s=_after_s(scenario, declared),
        ahead=_ahead(declared),
        callback=_callback(declared),
        chase=_chase(scenario, declared),
        ticket=_ticket(scenario, declared),
    )


def _after_s(scenario: Scenario, declared: ContactType) -> dict[int, float]:
    groups = list(scenario.agent_group)
    return {groups.index(r.group): r.after_s for r in declared.routed_to or () if r.after_s > 0.0}


def _ahead(declared: ContactType) -> AheadModel | None:
    ahead = declared.ahead
    return None if ahead is None else AheadModel(ahead.vip_share, ahead.returns)


def _callback(declared: ContactType) -> CallbackModel | None:
    callback = declared.callback
    if callback is None or callback.accept_share == 0.0:
        return None
    wrap_up_s = 0.0 if declared.wrap_up_s is None else declared.wrap_up_s.expected
    return CallbackModel(
        offer_above_s=callback.offer_above_s,
        accept_share=callback.accept_share,
        keeps_place=callback.keeps_place,
        reach_share=callback.reach_share,
        in_vain_s=callback.attempts * callback.attempt_s,
        mean_handle_s=declared.talk_s.expected + wrap_up_s,
    )


def _chase(scenario: Scenario, declared: ContactType) -> ChaseModel | None:
    chase = declared.chase
    if chase is None or chase.share == 0.0:
        return None
    every_s = math.inf if chase.every_h is None else chase.every_h * HOUR_S
    return ChaseModel(chase.after_h * HOUR_S, chase.share, every_s, _position(scenario, chase.as_))


def _ticket(scenario: Scenario, declared: ContactType) -> TicketModel | None:
    left = declared.when_closed
    if left is None or left.ticket_share == 0.0:
        return None
    return TicketModel(left.ticket_share, _position(scenario, left.as_))


def _position(scenario: Scenario, name: str) -> int:
    return list(scenario.contact_type).index(name)


def chat_of(scenario: Scenario, group: AgentGroup) -> ChatModel:
    """How a group holds chats. Where it also takes calls it fills one agent before the next, unless told otherwise."""
    several = group.concurrency
    channels = {scenario.contact_type[skill.contact_type].channel for skill in group.skills}
    blended = bool(channels & {"voice", "video"})
    stacks = blended if group.chat_fill is None else group.chat_fill == "stack"
    empties = group.when_call_waits == "no_new_chats"
    if several is None:
        return ChatModel(stacks=stacks, empties_for_calls=empties)
    paces = tuple(several.pace(n) for n in range(1, several.chat + 1))
    return ChatModel(several.chat, paces, stacks, empties)


def lone_share(group: AgentGroup, declared: ContactType) -> float:
    """What a talk time measured at some concurrency takes when worked alone: the pace of a chat among so many."""
    if declared.measured_at_concurrency is None or group.concurrency is None:
        return 1.0
    return group.concurrency.pace(declared.measured_at_concurrency)
