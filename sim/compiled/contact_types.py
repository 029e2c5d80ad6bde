"""Contact types as rows of numbers: laws, shares, where contacts may go and come back, and what the bot does."""

from __future__ import annotations

import math

import numpy as np

from sim.compiled.laws import LoweredLaws
from sim.kernel import given
from sim.kernel.record import NOBODY, Records
from sim.records.facts import awt_of_types
from sim.world.bot import BotType
from sim.world.channels import CallbackModel
from sim.world.experience import Experience
from sim.world.outbound import Notices
from sim.world.world import TypeModel, World


def lowered_types(world: World, laws: LoweredLaws) -> Records:
    """A row a contact type, as `sim.kernel.given.TYPE` explains; its laws are added to `laws`."""
    types = np.zeros(len(world.types), dtype=given.TYPE)
    declared = world.scenario.contact_type.values()
    types["short_abandon_s"] = [contact_type.short_abandon_s for contact_type in declared]
    types["awt_s"] = awt_of_types(world)
    for row, contact_type in zip(types, world.types, strict=True):
        _fill_demand(row, contact_type, laws)
        _fill_service(row, contact_type, laws)
        _fill_comebacks(row, contact_type, laws)
        _fill_expectation(row, contact_type.index, world.experience, laws)
        _fill_queueing(row, contact_type, world)
        row.bot = NOBODY
        if contact_type.bot is not None:
            _fill_bot(row, contact_type.bot, laws)
    set_bots_of_day(types, world, world.first_day)
    return types


def _fill_demand(row: np.record, contact_type: TypeModel, laws: LoweredLaws) -> None:
    row.stream = contact_type.stream
    row.busyness = NOBODY
    factor = contact_type.day_factor
    if factor is not None:
        row.busyness = laws.position_of(factor.quantile)
        row.common_weight = math.sqrt(factor.correlation)
        row.own_weight = math.sqrt(1.0 - factor.correlation)


def _fill_service(row: np.record, contact_type: TypeModel, laws: LoweredLaws) -> None:
    row.talk = laws.position_of(contact_type.talk_s)
    row.wrap_up = laws.position_of(contact_type.wrap_up_s)
    row.patience = laws.position_of(contact_type.patience_s)
    row.balk_share = contact_type.balk_share
    row.uses_line = contact_type.uses_line
    row.n_routes = sum(len(rank) for rank in contact_type.ranks)


def _fill_comebacks(row: np.record, contact_type: TypeModel, laws: LoweredLaws) -> None:
    redial, reconnect, transfer = contact_type.redial, contact_type.reconnect, contact_type.transfer
    if redial is not None:
        row.redial_share, row.redial_skips_bot = redial.share, redial.skip_bot
        row.redial_delay = laws.position_of(redial.delay_s)
    if reconnect is not None:
        row.reconnect_share, row.reconnect_skips_bot = reconnect.share, reconnect.skip_bot
        row.reconnect_delay = laws.position_of(reconnect.delay_s)
        row.reconnect_as, row.reconnect_talk_factor = reconnect.as_type, reconnect.talk_factor
    if transfer is not None:
        row.transfer_share, row.transfer_to = transfer.share, transfer.to_type
        row.transfer_talk_factor = transfer.talk_factor


def _fill_expectation(
    row: np.record, contact_type: int, experience: Experience | None, laws: LoweredLaws
) -> None:
    row.expected_wait = NOBODY
    if experience is None:
        return
    row.effort_per_wait_s = experience.per_wait_s[contact_type]
    expected = experience.expected[contact_type]
    if expected is not None:
        row.expected_wait = laws.position_of(expected.wait_s)
        row.expected_contacts, row.expectation_growth = expected.of_contacts, expected.growth_per_year


def _fill_queueing(row: np.record, contact_type: TypeModel, world: World) -> None:
    queueing = contact_type.queueing
    row.is_deferred, row.takes_whole_agent = queueing.is_deferred, queueing.takes_whole_agent
    row.interruptible, row.priority = queueing.interruptible, queueing.priority
    row.due_s = queueing.due_s
    row.is_delayed = bool(queueing.after_s)
    row.is_choosy = world.counts_seats or row.is_delayed or _is_reserved(contact_type, world)
    if queueing.ahead is not None:
        row.goes_ahead = True
        row.vip_share, row.returns_ahead = queueing.ahead.vip_share, queueing.ahead.returns
    row.chase_as = row.ticket_as = row.notice_of = NOBODY
    if contact_type.notices is not None:
        _fill_notices(row, contact_type.notices)
    if queueing.chase is not None:
        row.chase_as, row.chase_share = queueing.chase.as_type, queueing.chase.share
        row.chase_after_s, row.chase_every_s = queueing.chase.after_s, queueing.chase.every_s
    if queueing.ticket is not None:
        row.ticket_as, row.ticket_share = queueing.ticket.as_type, queueing.ticket.share
    if queueing.callback is not None:
        _fill_callback(row, queueing.callback)


def _fill_notices(row: np.record, notices: Notices) -> None:
    row.notice_of = notices.contact
    row.notice_reach_share, row.notice_prevents_share = notices.reach_share, notices.prevents_share


def _is_reserved(contact_type: TypeModel, world: World) -> bool:
    skills = [skill for group in world.groups for skill in group.skills]
    return any(s.contact_type == contact_type.index and s.free_above >= 0 for s in skills)


def _fill_callback(row: np.record, callback: CallbackModel) -> None:
    row.callback_above_s, row.callback_share = callback.offer_above_s, callback.accept_share
    row.keeps_place, row.reach_share = callback.keeps_place, callback.reach_share
    row.in_vain_s, row.mean_handle_s = callback.in_vain_s, callback.mean_handle_s


def _fill_bot(row: np.record, bot: BotType, laws: LoweredLaws) -> None:
    row.bot = bot.bot
    row.session = laws.position_of(bot.session_s)
    row.entry_share, row.leaves_share = bot.entry_share, bot.leaves_share
    row.waiting_above = NOBODY
    if bot.at_peak is not None:
        row.waiting_above = bot.at_peak.waiting_above
    row.selectivity, row.noise_weight = bot.selectivity, bot.noise_weight
    row.handover_talk_factor = bot.handover_talk_factor
    row.handover_patience_factor = bot.handover_patience_factor
    row.refund_window_s = bot.refund_window_s
    row.wrongly_closed_skips_bot = bot.wrongly_closed_skip_bot


def set_bots_of_day(types: Records, world: World, day: int) -> None:
    """How much of what comes to them the bots close on a day."""
    for row, contact_type in zip(types, world.types, strict=True):
        if contact_type.bot is not None:
            row.contains_above, row.wrong_share = contact_type.bot.closes(day)
            row.peak_contains_above, row.peak_wrong_share = contact_type.bot.closes_at_peak(day)
