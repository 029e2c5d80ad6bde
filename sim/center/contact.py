"""A need, and the contacts a customer makes about it, while they are under way in the readable engine."""

from __future__ import annotations

import math
from enum import IntEnum

from sim.codes import BotOutcome, Origin, Outcome, Turn
from sim.world.world import TypeModel


class Place(IntEnum):
    """The lines of one type, in the order in which they are served; LATER: when nobody live waits."""

    AHEAD = 0
    PLAIN = 1
    LATER = 2


class Need:
    """What a customer wants done: (stream, day, k), with the key of all its draws."""

    __slots__ = (
        "conversations",
        "day",
        "first_talk_s",
        "first_wrap_up_s",
        "index",
        "k",
        "key",
        "n_attempts",
        "resolved_s",
        "returns",
        "type_index",
    )

    def __init__(self, type_index: int, day: int, k: int, key: int) -> None:
        self.index = -1  # given when its first contact begins
        self.type_index = type_index
        self.day = day
        self.k = k
        self.key = key
        self.n_attempts = 1
        self.conversations = 0
        self.first_talk_s = math.nan  # drawn with the day's first attempts, by the column
        self.first_wrap_up_s = math.nan
        self.returns = 0  # scheduled, and not yet here
        self.resolved_s = math.nan


def order_of(turn: Turn, contact_type: int, need: Need, attempt: int) -> tuple[int, ...]:
    """Among events of one instant: by turn, then by type, the need's day and ordinal, attempt, and the need's own type.

    The last one matters where contacts of several types come again as one: as tickets, at the same instant.
    """
    return (turn, contact_type, need.day, need.k, attempt, need.type_index)


class Contact:
    """One attempt of a need. The draws that belong to the attempt come with it; moments are NaN until they happen."""

    __slots__ = (
        "agent",
        "answered_s",
        "arrived_s",
        "attempt",
        "balks",
        "bot",
        "bot_end",
        "bot_end_at_peak",
        "calls_back",
        "chases",
        "conversation",
        "done_at_s",
        "drawn_s",
        "ended_s",
        "group",
        "holds_line",
        "left_bot_s",
        "left_share",
        "n_looks",
        "need",
        "origin",
        "outcome",
        "patience_factor",
        "patience_s",
        "place",
        "put_back",
        "put_back_s",
        "queued_s",
        "resolved",
        "service_ends_s",
        "session_s",
        "skip_bot",
        "talk_before_s",
        "talk_factor",
        "talk_s",
        "type",
        "waiting",
        "wrap_up_before_s",
        "wrap_up_s",
    )

    def __init__(self, need: Need, contact_type: TypeModel, attempt: int, arrived_s: float) -> None:
        self.need = need
        self.type = contact_type
        self.attempt = attempt
        self.origin = Origin.FRESH
        self.arrived_s = arrived_s
        self.skip_bot = False
        self.talk_factor = 1.0
        self.patience_factor = 1.0
        # Draws of the attempt.
        self.bot_end = BotOutcome.NO_BOT  # how a session would end, and how while the queue is long
        self.bot_end_at_peak = BotOutcome.NO_BOT
        self.session_s = 0.0
        self.patience_s = math.inf
        self.balks = False
        # What happens.
        self.bot = BotOutcome.NO_BOT
        self.left_bot_s = math.nan
        self.queued_s = math.nan
        self.answered_s = math.nan
        self.talk_s = math.nan
        self.wrap_up_s = math.nan
        self.ended_s = math.nan
        self.group = -1
        self.agent = -1
        self.resolved = False
        self.outcome = Outcome.OPEN
        # Where it waits, and what for.
        self.waiting = False
        self.place = Place.PLAIN
        self.holds_line = False
        self.calls_back = False
        self.chases = False  # asks after work that is late
        self.n_looks = 0  # after late work, so far
        # What somebody has in hand.
        self.conversation = -1
        self.drawn_s = (math.nan, math.nan)  # talk and wrap-up before any factor
        self.service_ends_s = math.nan
        self.done_at_s = math.nan  # by the clock of an agent's chats
        # Work put aside for a live contact.
        self.put_back = False
        self.put_back_s = math.nan
        self.left_share = 1.0
        self.talk_before_s = 0.0
        self.wrap_up_before_s = 0.0

    def __repr__(self) -> str:
        return f"contact {self.attempt} of need {self.need.index} of type '{self.type.name}'"
