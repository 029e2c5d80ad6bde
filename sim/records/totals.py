"""What a replication adds up to: the few sums from which every measure follows, and which both engines fill.

Only additive facts are kept here, so that replications, types and intervals can be added in any order; the
measures (`sim.measures.measures`) are ratios of these sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


class AttemptSum(IntEnum):
    """Sums over counted attempts, by contact type and by interval of joining the queue (else of arrival)."""

    FRESH = 0
    REDIALS = 1
    RECONNECTS = 2
    TRANSFERRED = 3
    ENTERED_BOT = 4
    REFUSED_BY_BOT = 5
    CONTAINED = 6
    WRONGLY_CLOSED = 7
    ESCALATED = 8
    LEFT_BOT = 9
    LOST = 10
    BLOCKED = 11
    OFFERED = 12
    ANSWERED = 13
    ABANDONED = 14
    SHORT_ABANDONED = 15
    ANSWERED_WITHIN_AWT = 16  # of types with an acceptable waiting time, else 0
    ABANDONED_WITHIN_AWT = 17
    DELAYED = 18
    WAIT_S = 19  # all offered
    ANSWER_S = 20  # the wait of the answered
    TO_PERSON_S = 21  # from arrival to answer, of the answered
    TALK_S = 22
    WRAP_UP_S = 23
    ANSWERED_AT_PEAK = 24  # in an event, where a price asks for it (`sim.world.peaks`)
    BACK_IN_WINDOW = 25  # contained, and the same need's next contact came within the bot's refund window
    PREVENTED = 26  # needs that never became contacts, by the interval in which they would have
    TICKETS = 27  # came as one
    CHASES = 28
    LEFT_TICKETS = 29
    DEFERRED = 30  # joined the queue of a deferred type
    CALLBACKS = 31  # accepted one
    UNREACHED = 32  # called back in vain
    DUE = 33  # joined the queue of a type that is due within some time
    DONE_IN_TIME = 34
    AFTER_NOTICE = 35  # came after a proactive notice
    REACHED = 36  # notices given of which the customer was reached


class ServiceSum(IntEnum):
    """Sums over counted attempts that a group answered, by agent group and interval."""

    ANSWERED = 0
    ANSWER_S = 1
    TALK_S = 2
    WRAP_UP_S = 3
    ANSWERED_AT_PEAK = 4
    TO_PERSON_S = 5


class NeedSum(IntEnum):
    """Sums over counted needs, by the type and interval of their first contact."""

    NEEDS = 0
    MET = 1
    MET_AT_FIRST = 2  # met, by one contact
    QUIET_7_DAYS = 3  # no second contact within seven days of the first
    TO_RESOLUTION_S = 4
    CONTACTS = 5
    WANTED_PERSON = 6
    REACHED_PERSON = 7
    PENDING = 8
    # Of the experience model (`sim.world.experience`); nothing where the scenario has none.
    EFFORT = 9
    SATISFACTION = 10
    CHURN_RISK = 11
    DELIGHTED = 12  # conversations


@dataclass(frozen=True)
class Totals:
    """One replication. Time on the clock in seconds, clipped to the counted horizon."""

    attempts: FloatArray  # contact types × intervals × AttemptSum
    services: FloatArray  # agent groups × intervals × ServiceSum
    needs: FloatArray  # contact types × intervals × NeedSum
    queue_s: FloatArray  # contact types × intervals: seconds that contacts waited
    session_s: FloatArray  # bots × intervals: seconds of sessions
    work_s: FloatArray  # agent groups × intervals: talk and wrap-up
    due_s: FloatArray  # agent groups × intervals: people due to be present
    overtime_s: FloatArray  # agent groups × intervals: work after time was up
    deferred_s: FloatArray  # agent groups × intervals: of work_s, deferred work
    chatting_s: FloatArray  # agent groups × intervals: of work_s, with one chat in hand or more
    chats_s: FloatArray  # agent groups × intervals: seconds of chats in hand, each counted
    waits: npt.NDArray[np.int32]  # contact types × bins of `sim.records.wait_histogram`, offered and counted
    ages: npt.NDArray[np.int32]  # contact types × bins: deferred work open when the horizon ends, by its age
    n_attempts: int  # simulated in all, whatever is counted
