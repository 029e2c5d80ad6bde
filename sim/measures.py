"""The measures: each a short function over facts that states its numerator and its denominator.

A measure of attempts or needs gives two columns of weights, one entry a row; the tally adds them up by type,
group, bot and interval, and value = Σ numerator ÷ Σ denominator. Counts have no denominator: they are means per
replication. Measures of the clock give seconds or hours in each interval.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.bot import BotOutcome
from sim.contact import Origin, Outcome
from sim.facts import AttemptFacts, NeedFacts

Column = npt.NDArray[Any]
Share = tuple[Column, Column]  # numerator, denominator
SEVEN_DAYS_S = 7 * 86400.0
HOUR_S = 3600.0


# --- Counts of attempts, per replication ----------------------------------------------------------

COUNTS: dict[str, Callable[[AttemptFacts], Column]] = {
    "fresh": lambda a: a.came_as(Origin.FRESH),
    "entered_bot": lambda a: a.entered_bot,
    "contained": lambda a: a.contained,
    "wrongly_closed": lambda a: a.bot_said(BotOutcome.WRONGLY_CLOSED),
    "abandoned_in_bot": lambda a: a.bot_said(BotOutcome.LEFT),
    "escalated": lambda a: a.bot_said(BotOutcome.ESCALATED),
    "offered": lambda a: a.offered,
    "answered": lambda a: a.answered,
    "abandoned": lambda a: a.abandoned,
    "short_abandoned": lambda a: a.abandoned & (a.wait_s < a.short_abandon_s),
    "blocked": lambda a: a.ended(Outcome.BLOCKED),
    "lost": lambda a: a.ended(Outcome.LOST),
    "transferred": lambda a: a.came_as(Origin.TRANSFER),
    "redials": lambda a: a.came_as(Origin.REDIAL),
    "reconnects": lambda a: a.came_as(Origin.RECONNECT),
}


# --- Shares and means over attempts ---------------------------------------------------------------


def service_level(a: AttemptFacts) -> Share:
    """Answered within the type's AWT ÷ offered, of types that have a target."""
    return a.answered & (a.wait_s <= a.awt_s), a.offered & ~np.isnan(a.awt_s)


def service_level_less_short_abandons(a: AttemptFacts) -> Share:
    """Answered within AWT ÷ (offered − abandoned before `short_abandon_s`)."""
    within, offered = service_level(a)
    return within, offered & ~(a.abandoned & (a.wait_s < a.short_abandon_s))


def service_level_less_early_abandons(a: AttemptFacts) -> Share:
    """Answered within AWT ÷ (offered − abandoned within AWT)."""
    within, offered = service_level(a)
    return within, offered & ~(a.abandoned & (a.wait_s <= a.awt_s))


def service_level_or_abandoned(a: AttemptFacts) -> Share:
    """Answered or abandoned within AWT ÷ offered."""
    _, offered = service_level(a)
    return offered & (a.wait_s <= a.awt_s), offered


def answer_rate(a: AttemptFacts) -> Share:
    """Answered ÷ offered."""
    return a.answered, a.offered


def abandonment_rate(a: AttemptFacts) -> Share:
    """Abandoned ÷ offered."""
    return a.abandoned, a.offered


def abandonment_rate_less_short(a: AttemptFacts) -> Share:
    """Abandoned ÷ offered, short abandons out of both."""
    short = a.abandoned & (a.wait_s < a.short_abandon_s)
    return a.abandoned & ~short, a.offered & ~short


def block_rate(a: AttemptFacts) -> Share:
    """Blocked ÷ (offered + blocked)."""
    blocked = a.ended(Outcome.BLOCKED)
    return blocked, blocked | a.offered


def delay_rate(a: AttemptFacts) -> Share:
    """Offered that could not be answered at once ÷ offered."""
    return a.delayed, a.offered


def mean_wait_s(a: AttemptFacts) -> Share:
    """Seconds in the queue, all offered."""
    return np.where(a.offered, a.wait_s, 0.0), a.offered


def mean_answer_s(a: AttemptFacts) -> Share:
    """Seconds in the queue, the answered only."""
    return np.where(a.answered, a.wait_s, 0.0), a.answered


def time_to_person_s(a: AttemptFacts) -> Share:
    """Seconds in bot and queue together, of those a person answered."""
    return np.where(a.answered, a.rows.answered_s - a.rows.arrived_s, 0.0), a.answered


def mean_talk_s(a: AttemptFacts) -> Share:
    """Talk seconds of the answered."""
    return np.where(a.answered, a.rows.talk_s, 0.0), a.answered


def mean_wrap_up_s(a: AttemptFacts) -> Share:
    """Wrap-up seconds of the answered."""
    return np.where(a.answered, a.rows.wrap_up_s, 0.0), a.answered


def mean_handle_s(a: AttemptFacts) -> Share:
    """Talk and wrap-up seconds of the answered."""
    return mean_talk_s(a)[0] + mean_wrap_up_s(a)[0], a.answered


def containment_rate(a: AttemptFacts) -> Share:
    """Closed by the bot, rightly or wrongly ÷ entered."""
    return a.contained, a.entered_bot


def containment_as_vendors_count(a: AttemptFacts) -> Share:
    """Closed by the bot or left in it ÷ entered."""
    return a.contained | a.bot_said(BotOutcome.LEFT), a.entered_bot


def bot_block_rate(a: AttemptFacts) -> Share:
    """Refused because every session was taken ÷ offered to the bot."""
    refused = a.bot_said(BotOutcome.REFUSED)
    return refused, refused | a.entered_bot


SHARES: dict[str, Callable[[AttemptFacts], Share]] = {
    measure.__name__: measure
    for measure in (
        service_level,
        service_level_less_short_abandons,
        service_level_less_early_abandons,
        service_level_or_abandoned,
        answer_rate,
        abandonment_rate,
        abandonment_rate_less_short,
        block_rate,
        delay_rate,
        mean_wait_s,
        mean_answer_s,
        time_to_person_s,
        mean_talk_s,
        mean_wrap_up_s,
        mean_handle_s,
        containment_rate,
        containment_as_vendors_count,
        bot_block_rate,
    )
}

# Also told by the agent group that answered, and by the bot that was met.
OF_GROUPS = ("answered", "mean_answer_s", "mean_talk_s", "mean_wrap_up_s", "mean_handle_s")
OF_BOTS = (
    "entered_bot",
    "contained",
    "wrongly_closed",
    "abandoned_in_bot",
    "escalated",
    "containment_rate",
    "containment_as_vendors_count",
    "bot_block_rate",
)


# --- Shares and means over needs ------------------------------------------------------------------


def need_resolution_rate(n: NeedFacts) -> Share:
    """Needs met, whoever met them ÷ needs."""
    return n.met, n.counted


def first_contact_resolution(n: NeedFacts) -> Share:
    """Needs met by their first contact ÷ needs."""
    return n.met & (n.n_contacts == 1), n.counted


def first_contact_resolution_observed(n: NeedFacts) -> Share:
    """Needs without a further contact within seven days ÷ needs: what a center can see."""
    return n.second_contact_s > SEVEN_DAYS_S, n.counted


def time_to_resolution_h(n: NeedFacts) -> Share:
    """Hours from first contact to the need met, of needs met."""
    return np.where(n.met, n.needs.resolved_s - n.needs.began_s, 0.0) / HOUR_S, n.met


def contacts_per_need(n: NeedFacts) -> Share:
    """Contacts ÷ needs."""
    return n.n_contacts, n.counted


def reached_a_person_rate(n: NeedFacts) -> Share:
    """Needs that reached a person ÷ needs that wanted one."""
    return n.reached_person, n.wanted_person


NEED_SHARES: dict[str, Callable[[NeedFacts], Share]] = {
    measure.__name__: measure
    for measure in (
        need_resolution_rate,
        first_contact_resolution,
        first_contact_resolution_observed,
        time_to_resolution_h,
        contacts_per_need,
        reached_a_person_rate,
    )
}
NEED_COUNTS: dict[str, Callable[[NeedFacts], Column]] = {
    "needs": lambda n: n.counted,
    "needs_met": lambda n: n.met,
    "wanted_a_person": lambda n: n.wanted_person,
    "pending": lambda n: n.needs.open & ~n.met,
}
