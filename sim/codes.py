"""What things are called by number, the same in every engine: turns of one instant, origins and outcomes."""

from __future__ import annotations

from enum import IntEnum


class Turn(IntEnum):
    """Classes of events, in the order in which those of one instant take their turn."""

    NEW_DAY = 0
    OPENING = 1
    COMING = 2
    GOING = 3
    OUTAGE = 4
    BOT_END = 5
    SERVICE_END = 6
    ABANDONMENT = 7
    ARRIVAL = 8
    TIMER = 9  # another group becomes eligible
    CHASE = 10


class Origin(IntEnum):
    """Where an attempt comes from."""

    FRESH = 0
    REDIAL = 1
    RECONNECT = 2
    TRANSFER = 3
    TICKET = 4  # left after closing
    CHASE = 5  # asks after late work
    AFTER_NOTICE = 6  # a proactive notice has brought it


class Outcome(IntEnum):
    """How an attempt ended; OPEN: it was under way when the run ended."""

    OPEN = 0
    CLOSED_BY_BOT = 1
    LEFT_BOT = 2
    LOST = 3
    BLOCKED = 4
    BALKED = 5
    ABANDONED = 6
    SERVED = 7
    LEFT_TICKET = 8  # came after closing; the ticket is the next attempt
    UNREACHED = 9  # called back in vain


class BotOutcome(IntEnum):
    """How a contact fared at the bot. OPTED_OUT: asked for a person at once; REFUSED: every session was taken."""

    NO_BOT = 0
    OPTED_OUT = 1
    REFUSED = 2
    OUT_OF_ORDER = 3
    SOLVED = 4
    WRONGLY_CLOSED = 5
    ESCALATED = 6
    LEFT = 7


class SpellKind(IntEnum):
    """What a spell of time was: of an agent group, or of a contact type where something waits again."""

    OVERTIME = 0  # work after time was up
    CHATTING = 1  # with one chat in hand or more
    DEFERRED_WORK = 2
    CALLING_IN_VAIN = 3
    WAITING_AGAIN = 4  # work that was put aside
    PREVENTED = 5  # no time at all: the moment of a first contact that a notice has made needless
