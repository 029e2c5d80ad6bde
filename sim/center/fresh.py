"""Contacts with the draws that belong to them: a day's first attempts by the column, later attempts one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.center.contact import Contact, Need
from sim.chance.by_time import QuantileByTime, drawn, drawn_many
from sim.chance.draws import Purpose, Uint64Array
from sim.chance.laws import Quantile
from sim.chance.sample import Sample
from sim.codes import BotOutcome
from sim.world.arrivals import Needs
from sim.world.bot import BotType, Outcomes
from sim.world.hours import DAY_S
from sim.world.world import TypeModel

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SolvedAtOnce:
    """First attempts that the bot solves unnoticed by anybody else: facts without events, one row each."""

    contact_type: int
    day: int
    k: npt.NDArray[np.int64]
    arrived_s: FloatArray
    left_bot_s: FloatArray


def first_attempts(
    contact_type: TypeModel, needs: Needs, sample: Sample, day: int, awake: BoolArray
) -> tuple[Iterator[Contact], SolvedAtOnce]:
    """The first attempts of a type's needs on one day, in order of arrival; and those that need no event at all.

    `awake` marks the arrivals at which nothing stands between the contact and a bot that is always free: what
    such a bot solves concerns nobody else, and is by far the most frequent contact where a bot stands first.
    """
    arrived_s = day * DAY_S + needs.arrived_s
    columns = _attempt_columns(contact_type, needs.keys, arrived_s, sample, day)
    bot_end, session_s = columns[0], columns[2]
    solved = awake & (bot_end == BotOutcome.SOLVED)
    at_once = SolvedAtOnce(
        contact_type.index, day, needs.k[solved], arrived_s[solved], (arrived_s + session_s)[solved]
    )
    rest = ~solved
    columns = [column[rest] for column in (needs.k, arrived_s, needs.keys, *columns)]
    columns += _conversation_columns(contact_type, needs.keys[rest], arrived_s[rest], sample)
    draws = zip(*(column.tolist() for column in columns), strict=True)
    return _contacts(contact_type, day, draws), at_once


def _contacts(contact_type: TypeModel, day: int, draws: Iterator[tuple[Any, ...]]) -> Iterator[Contact]:
    for k, arrived_s, key, bot_end, bot_end_at_peak, session_s, patience_s, balks, talk_s, wrap_up_s in draws:
        need = Need(contact_type.index, day, k, key)
        need.first_talk_s = talk_s
        need.first_wrap_up_s = wrap_up_s
        contact = Contact(need, contact_type, 0, arrived_s)
        contact.bot_end = bot_end
        contact.bot_end_at_peak = bot_end_at_peak
        contact.session_s = session_s
        contact.patience_s = patience_s
        contact.balks = balks
        yield contact


def later_attempt(
    need: Need, contact_type: TypeModel, sample: Sample, attempt: int, arrived_s: float
) -> Contact:
    """A need's next attempt, with patience, balking and bot outcome of its own."""
    contact = Contact(need, contact_type, attempt, arrived_s)
    if contact_type.patience_s is not None:
        u = sample.uniform(need.key, Purpose.PATIENCE, attempt)
        contact.patience_s = drawn(contact_type.patience_s, u, arrived_s)
    contact.balks = sample.uniform(need.key, Purpose.BALKS, attempt) < contact_type.balk_share
    return contact


def draw_bot_outcome(contact: Contact, sample: Sample) -> None:
    """How a later attempt fares at the bot, should it get there. Ease goes with the talk that has not happened yet."""
    bot = contact.type.bot
    if bot is None:
        return
    keys = np.array([contact.need.key], dtype=np.uint64)
    day = int(contact.arrived_s // DAY_S)
    ends = _bot_ends(bot, keys, sample, day, contact.attempt, contact.need.conversations)
    contact.bot_end, contact.bot_end_at_peak = (BotOutcome(int(column[0])) for column in ends)
    u = sample.uniform(contact.need.key, Purpose.SESSION, contact.attempt)
    contact.session_s = drawn(bot.session_s, u, contact.arrived_s)


def talk_and_wrap_up(contact: Contact, sample: Sample) -> tuple[float, float]:
    """Talk and wrap-up in seconds of the need's next conversation, before any factor."""
    need, contact_type = contact.need, contact.type
    if _drawn_by_column(contact):
        return need.first_talk_s, need.first_wrap_up_s
    u = sample.uniform(need.key, Purpose.TALK, need.conversations)
    talk_s = drawn(contact_type.talk_s, u, contact.arrived_s)
    if contact_type.wrap_up_s is None:
        return talk_s, 0.0
    u = sample.uniform(need.key, Purpose.WRAP_UP, need.conversations)
    return talk_s, drawn(contact_type.wrap_up_s, u, contact.arrived_s)


def _drawn_by_column(contact: Contact) -> bool:
    """Whether the day's column holds this conversation: a later attempt may bring it at a time with another law."""
    need, contact_type = contact.need, contact.type
    if need.conversations > 0 or contact_type.index != need.type_index:
        return False
    laws = (contact_type.talk_s, contact_type.wrap_up_s)
    return contact.attempt == 0 or not any(isinstance(law, QuantileByTime) for law in laws)


def _attempt_columns(
    contact_type: TypeModel, keys: Uint64Array, arrived_s: FloatArray, sample: Sample, day: int
) -> list[npt.NDArray[Any]]:
    """Bot outcomes (usual, at peak), session, patience and balking of first attempts."""
    n = len(keys)
    bot, patience_s = contact_type.bot, contact_type.patience_s

    def column(law: Quantile, purpose: Purpose) -> FloatArray:
        return drawn_many(law, sample.uniforms(keys, purpose), arrived_s)

    no_bot = np.zeros(n, dtype=np.int8)
    return [
        *((no_bot, no_bot) if bot is None else _bot_ends(bot, keys, sample, day, 0, 0)),
        np.zeros(n) if bot is None else column(bot.session_s, Purpose.SESSION),
        np.full(n, math.inf) if patience_s is None else column(patience_s, Purpose.PATIENCE),
        sample.uniforms(keys, Purpose.BALKS) < contact_type.balk_share,
    ]


def _conversation_columns(
    contact_type: TypeModel, keys: Uint64Array, arrived_s: FloatArray, sample: Sample
) -> list[npt.NDArray[Any]]:
    """Talk and wrap-up of first conversations."""
    talk = drawn_many(contact_type.talk_s, sample.uniforms(keys, Purpose.TALK), arrived_s)
    if contact_type.wrap_up_s is None:
        return [talk, np.zeros(len(keys))]
    return [talk, drawn_many(contact_type.wrap_up_s, sample.uniforms(keys, Purpose.WRAP_UP), arrived_s)]


def _bot_ends(
    bot: BotType, keys: Uint64Array, sample: Sample, day: int, attempt: int, conversation: int
) -> Outcomes:
    """How attempts of a day fare at the bot, should they get there: usually, and while the queue is long."""
    ends = bot.outcomes(
        sample.uniforms(keys, Purpose.LEAVES_BOT, attempt),
        sample.uniforms(keys, Purpose.TALK, conversation),
        sample.uniforms(keys, Purpose.BOT_NOISE, attempt),
        sample.uniforms(keys, Purpose.WRONGLY_CLOSED, attempt),
        day,
    )
    opts_out = sample.uniforms(keys, Purpose.ENTERS_BOT, attempt) >= bot.entry_share
    return Outcomes(*(np.where(opts_out, BotOutcome.OPTED_OUT, column).astype(np.int8) for column in ends))
