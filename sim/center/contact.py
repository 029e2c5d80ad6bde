"""A need, and the contacts a customer makes about it, while they are under way in the readable engine."""

from __future__ import annotations

import math

from sim.codes import BotOutcome, Origin, Outcome
from sim.world.world import TypeModel


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
        "ended_s",
        "group",
        "left_bot_s",
        "need",
        "origin",
        "outcome",
        "patience_factor",
        "patience_s",
        "queued_s",
        "resolved",
        "session_s",
        "skip_bot",
        "talk_factor",
        "talk_s",
        "type",
        "waiting",
        "wrap_up_s",
    )

    def __init__(
        self, need: Need, contact_type: TypeModel, attempt: int, origin: Origin, arrived_s: float
    ) -> None:
        self.need = need
        self.type = contact_type
        self.attempt = attempt
        self.origin = origin
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
        self.waiting = False
        self.resolved = False
        self.outcome = Outcome.OPEN
