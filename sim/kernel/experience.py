"""Experience, compiled: `sim.world.experience` on records. Asked only where the scenario has an experience model."""

from __future__ import annotations

import math

from sim.chance.draws import Purpose
from sim.codes import BotOutcome, Origin
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw
from sim.kernel.draws import uniform
from sim.kernel.quantiles import quantile
from sim.kernel.record import NOBODY
from sim.kernel.rows import contact_at, experience_at, need_at, need_sums_at, type_at
from sim.kernel.state import Center
from sim.world.experience import YEAR_S


@seldom
def delight_s(c: Center, contact: int) -> float:
    """What the agent adds to the talk of the conversation that begins: nothing, or more than anybody expected."""
    me, of = contact_at(c, contact), experience_at(c, 0)
    if draw(c, contact, Purpose.DELIGHTS, me.conversation) >= of.delight_share:
        return 0.0
    if not me.put_back:
        need_at(c, me.need).n_delighted += 1
    return of.delight_talk_s


@seldom
def note_effort(c: Center, contact: int) -> None:
    """The part of an attempt that is over, or under way when the run ends: of its wait only what has ended."""
    me, of = contact_at(c, contact), experience_at(c, 0)
    need = need_at(c, me.need)
    wait_s = (me.ended_s if math.isnan(me.answered_s) else me.answered_s) - me.queued_s
    if not math.isnan(wait_s):
        need.effort += type_at(c, me.type).effort_per_wait_s * wait_s
    if me.origin == Origin.TRANSFER:
        need.effort += of.effort_per_transfer
    elif me.origin != Origin.TICKET:
        need.effort += of.effort_per_contact
    if me.bot > BotOutcome.SOLVED:
        need.effort += of.effort_per_bot_loop


@seldom
def note_felt(c: Center, need: int, row: int) -> None:
    """Into the sums of the need's type and interval: effort, satisfaction, churn risk, delight."""
    me, sums = need_at(c, need), need_sums_at(c, row)
    met = not math.isnan(me.resolved_s)
    satisfaction = _satisfaction(c, need, met)
    sums.effort += me.effort
    sums.satisfaction += satisfaction
    leaves = experience_at(c, 0).leaves_met if met else experience_at(c, 0).leaves_unmet
    sums.churn_risk += leaves * (1.0 - satisfaction)
    sums.delighted += me.n_delighted


@compiled
def _satisfaction(c: Center, need: int, met: bool) -> float:
    me, of = need_at(c, need), experience_at(c, 0)
    more = _expected_effort(c, need) - me.effort
    found = of.satisfaction_base + (
        of.above_expectation * more if more > 0.0 else of.below_expectation * -more
    )
    if met:
        found += of.resolved
    if me.n_delighted > 0:
        found += of.delight_lift
    return min(max(found, 0.0), 1.0)


@compiled
def _expected_effort(c: Center, need: int) -> float:
    """By a number of the customer's own; where nothing is expected, what it turned out to be."""
    me = need_at(c, need)
    its_type = type_at(c, me.type)
    if its_type.expected_wait == NOBODY:
        return me.effort
    wait_s = quantile(c, its_type.expected_wait, uniform(me.key, Purpose.EXPECTED_WAIT, 0, c.flip))
    wait_s *= its_type.expectation_growth ** (-me.began_s / YEAR_S)
    return its_type.expected_contacts + its_type.effort_per_wait_s * wait_s
