"""What is written down: the rows of the log, and the sums."""

from __future__ import annotations

from sim.kernel.record import record
from sim.records.totals import AttemptSum, NeedSum

# --- The log: a row for each attempt, need and spell, written when it is over ---------------------------------------

ATTEMPT_ROW = record(
    ("number", "i8"),
    ("need", "i8"),
    ("need_type", "i8"),  # with day and k: which need it is, before the need's own row is written
    ("day", "i8"),
    ("k", "i8"),
    ("type", "i8"),
    ("attempt", "i8"),
    ("group", "i8"),
    ("agent", "i8"),  # in the group
    ("arrived_s", "f8"),
    ("left_bot_s", "f8"),
    ("queued_s", "f8"),
    ("answered_s", "f8"),
    ("talk_s", "f8"),
    ("wrap_up_s", "f8"),
    ("ended_s", "f8"),
    ("origin", "i1"),
    ("bot", "i1"),
    ("outcome", "i1"),
    ("resolved", "b1"),
    ("calls_back", "b1"),
)
NEED_ROW = record(
    ("number", "i8"),
    ("k", "i8"),
    ("began_s", "f8"),
    ("resolved_s", "f8"),
    ("day", "i8"),
    ("type", "i8"),
    ("open", "b1"),
)
SPELL_ROW = record(("start_s", "f8"), ("end_s", "f8"), ("whose", "i8"), ("kind", "i1"))


# --- Sums, each named as in `sim.records.totals` --------------------------------------------------------------------

ATTEMPT_SUMS = record(*((each.name.lower(), "f8") for each in AttemptSum))
NEED_SUMS = record(*((each.name.lower(), "f8") for each in NeedSum))
# Times on the clock that are kept for each agent group, in this order.
GROUP_TIMES = ("work_s", "due_s", "overtime_s", "deferred_s", "chatting_s", "chats_s")
WORK, DUE, OVERTIME, DEFERRED, CHATTING, CHATS = range(6)
TIME_SUM = record(("s", "f8"))
WAITS = record(("n", "i4"))
BIN_EDGE = record(("s", "f8"))
