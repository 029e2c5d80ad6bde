"""The contact log as events, for tools that mine processes or animate queues: a line a thing that happened.

`entity` is the need, TYPE-DAY-K: contact type of its first attempt, day of the horizon, and its number on that day.
All attempts are written, those of warm-up (with negative `time_s`) and run-out too. Those under way when the run
ended have no departure, and of a talk only its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from results.csv_columns import Piece, lines, seconds, texts, timestamps, whole
from sim.codes import BotOutcome, Outcome
from sim.kernel.record import Records
from sim.world.world import World

EVENTS = "events.csv"
COLUMNS = (
    "replication", "entity", "attempt", "event", "event_type", "time", "time_s", "resource", "contact_type",
    "outcome",
)  # fmt: skip
_ATTEMPTS_AT_ONCE = 4096  # a few megabytes of lines, which fit the processor's cache

Moments = npt.NDArray[np.float64]  # attempts × Event, NaN where it did not happen
Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.intp]


class Event(IntEnum):
    """What happens in an attempt, in the order in which it may happen."""

    ARRIVAL = 0
    BOT_BEGINS = 1
    BOT_ENDS = 2
    WAITS = 3
    TALK_BEGINS = 4
    TALK_ENDS = 5
    WRAP_UP_BEGINS = 6
    WRAP_UP_ENDS = 7
    DEPART = 8


_EVENT_TYPES = {
    Event.ARRIVAL: "arrival_departure",
    Event.BOT_BEGINS: "resource_use",
    Event.BOT_ENDS: "resource_use_end",
    Event.WAITS: "queue",
    Event.TALK_BEGINS: "resource_use",
    Event.TALK_ENDS: "resource_use_end",
    Event.WRAP_UP_BEGINS: "resource_use",
    Event.WRAP_UP_ENDS: "resource_use_end",
    Event.DEPART: "arrival_departure",
}
_AT_BOT = np.array([event.name.startswith("BOT") for event in Event])
_WITH_AGENT = np.array([event.name.startswith(("TALK", "WRAP_UP")) for event in Event])


class EventLog:
    """The names of a world, and its attempts as lines of CSV."""

    header = (",".join(COLUMNS) + "\n").encode()

    def __init__(self, world: World) -> None:
        self._start = world.scenario.calendar.start
        self._types = texts(contact_type.name for contact_type in world.types)
        queueing = [contact_type.queueing for contact_type in world.types]
        self._in_one_piece = np.array([q.is_deferred or not q.takes_whole_agent for q in queueing])
        self._groups = texts(group.name for group in world.groups)
        bots = [bot.name for bot in world.bots]
        self._bot_of_type = texts(
            "" if contact_type.bot is None else bots[contact_type.bot.bot] for contact_type in world.types
        )

    def lines(self, replication: int, attempts: Records) -> Iterator[bytes]:
        """The events of these attempts, a few thousand attempts at once."""
        cuts = [*range(0, len(attempts), _ATTEMPTS_AT_ONCE), len(attempts)]
        for start, end in pairwise(cuts):
            yield self._lines(replication, attempts[start:end])

    def _lines(self, replication: int, attempts: Records) -> bytes:
        moments_s = moments_of(attempts, self._in_one_piece[attempts["type"]])
        row, event = np.nonzero(~np.isnan(moments_s))  # attempt by attempt, each in order of time
        at_ms = np.rint(1000.0 * moments_s[row, event]).astype(np.int64)
        need, contact_type = self._types[attempts["need_type"]], self._types[attempts["type"]]
        day, k, attempt = (whole(attempts[name]) for name in ("day", "k", "attempt"))
        outcome = np.where(event == Event.DEPART, _OUTCOME_NAMES[_outcomes(attempts)][row], b"")
        fields: tuple[list[Piece], ...] = (
            [b"%d" % replication],
            [need[row], b"-", day[row], b"-", k[row]],
            [attempt[row]],
            [_EVENT_NAMES[event]],
            [_TYPE_NAMES[event]],
            [] if self._start is None else timestamps(self._start, at_ms),
            seconds(at_ms),
            self._resource(attempts, row, event),
            [contact_type[row]],
            [outcome],
        )
        return lines(len(row), fields)

    def _resource(self, attempts: Records, row: Positions, event: Positions) -> list[Piece]:
        """The bot's name, or the group and the agent's position in it."""
        of_bot, of_agent = _AT_BOT[event], _WITH_AGENT[event]
        bot, group = self._bot_of_type[attempts["type"]], self._groups[attempts["group"]]
        return [
            np.where(of_bot, bot[row], b""),
            np.where(of_agent, group[row], b""),
            np.where(of_agent, b"/", b""),
            np.where(of_agent, whole(attempts["agent"])[row], b""),
        ]


def moments_of(attempts: Records, in_one_piece: Mask) -> Moments:
    """When each event of each attempt happened, NaN where it did not.

    Chats and deferred work are `in_one_piece`: shared or put aside, talk and wrap-up end together.
    """
    ended, served = attempts["outcome"] != Outcome.OPEN, attempts["outcome"] == Outcome.SERVED
    wraps_up = served & (attempts["wrap_up_s"] > 0.0) & ~in_one_piece
    talk_ends_s = np.where(in_one_piece, attempts["ended_s"], attempts["answered_s"] + attempts["talk_s"])
    moments = np.full((len(attempts), len(Event)), np.nan)
    moments[:, Event.ARRIVAL] = attempts["arrived_s"]
    _where(moments, Event.BOT_BEGINS, _met_bot(attempts), attempts["arrived_s"])
    moments[:, Event.BOT_ENDS] = attempts["left_bot_s"]
    _where(moments, Event.WAITS, _waited(attempts), attempts["queued_s"])
    moments[:, Event.TALK_BEGINS] = attempts["answered_s"]
    _where(moments, Event.TALK_ENDS, served, talk_ends_s)
    _where(moments, Event.WRAP_UP_BEGINS, wraps_up, talk_ends_s)
    _where(moments, Event.WRAP_UP_ENDS, wraps_up, attempts["ended_s"])
    _where(moments, Event.DEPART, ended, attempts["ended_s"])
    return moments


def _where(moments: Moments, event: Event, happened: Mask, at_s: npt.NDArray[np.float64]) -> None:
    moments[happened, event] = at_s[happened]


def _met_bot(attempts: Records) -> Mask:
    """Those whose session has ended, and those who were in it when the run ended: under way, and in no queue."""
    in_session = (attempts["outcome"] == Outcome.OPEN) & np.isnan(attempts["queued_s"])
    return ~np.isnan(attempts["left_bot_s"]) | in_session


def _waited(attempts: Records) -> Mask:
    """Those who stood in line: neither answered at once nor gone at once."""
    at_once = (attempts["answered_s"] == attempts["queued_s"]) | (attempts["outcome"] == Outcome.BALKED)
    return ~np.isnan(attempts["queued_s"]) & ~at_once


# --- Words ----------------------------------------------------------------------------------------------------------

_EVENT_NAMES = texts(event.name.lower() for event in Event)
_TYPE_NAMES = texts(_EVENT_TYPES[event] for event in Event)
_WRONGLY_CLOSED, _UNRESOLVED = len(Outcome), len(Outcome) + 1
_OUTCOME_NAMES = texts(
    [*(outcome.name.lower() for outcome in Outcome), "wrongly_closed_by_bot", "unresolved"]
)


def _outcomes(attempts: Records) -> Positions:
    """Outcomes by position in `_OUTCOME_NAMES`: closed wrongly, and served without meeting the need, apart."""
    found = attempts["outcome"].astype(np.intp)
    found[attempts["bot"] == BotOutcome.WRONGLY_CLOSED] = _WRONGLY_CLOSED
    found[(attempts["outcome"] == Outcome.SERVED) & ~attempts["resolved"]] = _UNRESOLVED
    return found
