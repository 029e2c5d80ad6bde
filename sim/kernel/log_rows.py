"""The rows of the log, each written when what it tells is over."""

from __future__ import annotations

from sim.kernel.compiling import compiled, seldom
from sim.kernel.record import NOBODY
from sim.kernel.rows import attempt_row_at, contact_at, group_at, need_at, need_row_at, spell_row_at
from sim.kernel.state import Center


@compiled
def log_spell(c: Center, kind: int, whose: int, start_s: float, end_s: float) -> None:
    """The row of a spell."""
    row = spell_row_at(c, c.n_spell_rows)
    c.n_spell_rows += 1
    row.kind, row.whose, row.start_s, row.end_s = kind, whose, start_s, end_s


@seldom
def log_need(c: Center, need: int, is_open: bool) -> None:
    """The row of a need."""
    me = need_at(c, need)
    row = need_row_at(c, c.n_need_rows)
    c.n_need_rows += 1
    row.number, row.k, row.day, row.type = me.number, me.k, me.day, me.type
    row.began_s, row.resolved_s, row.open = me.began_s, me.resolved_s, is_open


@seldom
def log_attempt(c: Center, contact: int) -> None:
    """The row of an attempt, for the log."""
    me = contact_at(c, contact)
    need = need_at(c, me.need)
    row = attempt_row_at(c, c.n_attempt_rows)
    c.n_attempt_rows += 1
    row.number, row.type, row.attempt = me.number, me.type, me.attempt
    row.need, row.need_type, row.day, row.k = need.number, need.type, need.day, need.k
    row.arrived_s, row.left_bot_s, row.queued_s = me.arrived_s, me.left_bot_s, me.queued_s
    row.answered_s, row.talk_s, row.wrap_up_s, row.ended_s = (
        me.answered_s, me.talk_s, me.wrap_up_s, me.ended_s,
    )  # fmt: skip
    row.origin, row.bot, row.outcome, row.resolved = me.origin, me.bot, me.outcome, me.resolved
    row.calls_back = me.calls_back
    row.group = me.group
    row.agent = NOBODY if me.group == NOBODY else me.agent - group_at(c, me.group).first_agent
