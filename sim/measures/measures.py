"""The measures: each a short function over the sums of replications that states its numerator and denominator.

Every engine fills the same sums (`sim.records.totals`); what a measure means is said here, once. A function gives
arrays of replications × names × intervals; value = Σ numerator ÷ Σ denominator. Counts, hours and money have no
denominator: they are means per replication.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum, NeedSum

Share = tuple[FloatArray, FloatArray]  # numerator, denominator
Of = Callable[[AttemptSum], FloatArray]  # a sum over attempts, by the names of a scope
HOUR_S = 3600.0


# --- Counts of attempts, per replication ----------------------------------------------------------

COUNTS = {
    "fresh": AttemptSum.FRESH,
    "prevented": AttemptSum.PREVENTED,
    "entered_bot": AttemptSum.ENTERED_BOT,
    "contained": AttemptSum.CONTAINED,
    "wrongly_closed": AttemptSum.WRONGLY_CLOSED,
    "abandoned_in_bot": AttemptSum.LEFT_BOT,
    "escalated": AttemptSum.ESCALATED,
    "offered": AttemptSum.OFFERED,
    "answered": AttemptSum.ANSWERED,
    "abandoned": AttemptSum.ABANDONED,
    "short_abandoned": AttemptSum.SHORT_ABANDONED,
    "blocked": AttemptSum.BLOCKED,
    "lost": AttemptSum.LOST,
    "transferred": AttemptSum.TRANSFERRED,
    "redials": AttemptSum.REDIALS,
    "reconnects": AttemptSum.RECONNECTS,
    "deferred": AttemptSum.DEFERRED,
    "tickets": AttemptSum.TICKETS,
    "chases": AttemptSum.CHASES,
    "after_notice": AttemptSum.AFTER_NOTICE,
    "callbacks": AttemptSum.CALLBACKS,
    "unreached": AttemptSum.UNREACHED,
}


# --- Service levels, of the types that have an acceptable waiting time (AWT) ----------------------


def service_level(s: Stack) -> Share:
    """Answered within the type's AWT ÷ offered, of types that have one."""
    return s.of_types(AttemptSum.ANSWERED_WITHIN_AWT), s.of_types_with_awt(AttemptSum.OFFERED)


def service_level_less_short_abandons(s: Stack) -> Share:
    """Answered within AWT ÷ (offered − abandoned before `short_abandon_s`)."""
    within, offered = service_level(s)
    return within, offered - s.of_types_with_awt(AttemptSum.SHORT_ABANDONED)


def service_level_less_early_abandons(s: Stack) -> Share:
    """Answered within AWT ÷ (offered − abandoned within AWT)."""
    within, offered = service_level(s)
    return within, offered - s.of_types(AttemptSum.ABANDONED_WITHIN_AWT)


def service_level_or_abandoned(s: Stack) -> Share:
    """Answered or abandoned within AWT ÷ offered."""
    within, offered = service_level(s)
    return within + s.of_types(AttemptSum.ABANDONED_WITHIN_AWT), offered


# --- Shares and means over attempts ---------------------------------------------------------------


def answer_rate(of: Of) -> Share:
    """Answered ÷ offered."""
    return of(AttemptSum.ANSWERED), of(AttemptSum.OFFERED)


def abandonment_rate(of: Of) -> Share:
    """Abandoned ÷ offered."""
    return of(AttemptSum.ABANDONED), of(AttemptSum.OFFERED)


def abandonment_rate_less_short(of: Of) -> Share:
    """Abandoned ÷ offered, short abandons out of both."""
    short = of(AttemptSum.SHORT_ABANDONED)
    return of(AttemptSum.ABANDONED) - short, of(AttemptSum.OFFERED) - short


def block_rate(of: Of) -> Share:
    """Blocked ÷ (offered + blocked)."""
    return of(AttemptSum.BLOCKED), of(AttemptSum.OFFERED) + of(AttemptSum.BLOCKED)


def delay_rate(of: Of) -> Share:
    """Offered that could not be answered at once ÷ offered."""
    return of(AttemptSum.DELAYED), of(AttemptSum.OFFERED)


def mean_wait_s(of: Of) -> Share:
    """Seconds in the queue, of all offered ÷ offered."""
    return of(AttemptSum.WAIT_S), of(AttemptSum.OFFERED)


def mean_answer_s(of: Of) -> Share:
    """Seconds in the queue, of the answered ÷ answered."""
    return of(AttemptSum.ANSWER_S), of(AttemptSum.ANSWERED)


def time_to_person_s(of: Of) -> Share:
    """Seconds in bot and queue together, of the answered ÷ answered."""
    return of(AttemptSum.TO_PERSON_S), of(AttemptSum.ANSWERED)


def mean_talk_s(of: Of) -> Share:
    """Talk seconds ÷ answered."""
    return of(AttemptSum.TALK_S), of(AttemptSum.ANSWERED)


def mean_wrap_up_s(of: Of) -> Share:
    """Wrap-up seconds ÷ answered."""
    return of(AttemptSum.WRAP_UP_S), of(AttemptSum.ANSWERED)


def mean_handle_s(of: Of) -> Share:
    """Talk and wrap-up seconds ÷ answered."""
    return of(AttemptSum.TALK_S) + of(AttemptSum.WRAP_UP_S), of(AttemptSum.ANSWERED)


def containment_rate(of: Of) -> Share:
    """Closed by the bot, rightly or wrongly ÷ entered."""
    return of(AttemptSum.CONTAINED), of(AttemptSum.ENTERED_BOT)


def containment_as_vendors_count(of: Of) -> Share:
    """Closed by the bot or left in it ÷ entered."""
    return of(AttemptSum.CONTAINED) + of(AttemptSum.LEFT_BOT), of(AttemptSum.ENTERED_BOT)


def bot_block_rate(of: Of) -> Share:
    """Refused because every session was taken ÷ offered to the bot (entered or refused)."""
    refused = of(AttemptSum.REFUSED_BY_BOT)
    return refused, refused + of(AttemptSum.ENTERED_BOT)


# --- Shares and means over needs; the contacts of a need are its attempts without transfers -------

NEED_COUNTS = {
    "needs": NeedSum.NEEDS,
    "needs_met": NeedSum.MET,
    "wanted_a_person": NeedSum.WANTED_PERSON,
    "pending": NeedSum.PENDING,
}


def need_resolution_rate(s: Stack) -> Share:
    """Needs met, whoever met them ÷ needs."""
    return s.of_needs(NeedSum.MET), s.of_needs(NeedSum.NEEDS)


def first_contact_resolution(s: Stack) -> Share:
    """Needs met by their first contact ÷ needs."""
    return s.of_needs(NeedSum.MET_AT_FIRST), s.of_needs(NeedSum.NEEDS)


def first_contact_resolution_observed(s: Stack) -> Share:
    """Needs without a further contact within seven days ÷ needs: what a center can see."""
    return s.of_needs(NeedSum.QUIET_7_DAYS), s.of_needs(NeedSum.NEEDS)


def time_to_resolution_h(s: Stack) -> Share:
    """Hours from first contact to the need met, of needs met ÷ needs met."""
    return s.of_needs(NeedSum.TO_RESOLUTION_S) / HOUR_S, s.of_needs(NeedSum.MET)


def contacts_per_need(s: Stack) -> Share:
    """Contacts ÷ needs."""
    return s.of_needs(NeedSum.CONTACTS), s.of_needs(NeedSum.NEEDS)


def reached_a_person_rate(s: Stack) -> Share:
    """Needs that reached a person ÷ needs that wanted one."""
    return s.of_needs(NeedSum.REACHED_PERSON), s.of_needs(NeedSum.WANTED_PERSON)


# --- Measures of the clock, whatever is counted ---------------------------------------------------


def mean_queue_length(s: Stack) -> Share:
    """Seconds that contacts waited ÷ seconds."""
    waited_s = s.on_clock("queue_s")
    return waited_s, np.broadcast_to(s.time_s, waited_s.shape)


def mean_bot_sessions(s: Stack) -> Share:
    """Seconds of sessions ÷ seconds."""
    session_s = s.on_clock("session_s")
    return session_s, np.broadcast_to(s.time_s, session_s.shape)


def occupancy(s: Stack) -> Share:
    """Talk and wrap-up ÷ time present, overtime counted in both."""
    return s.on_clock("work_s"), s.present_s


def utilization(s: Stack) -> Share:
    """Talk and wrap-up ÷ paid time and overtime."""
    return s.on_clock("work_s"), s.paid_s + s.on_clock("overtime_s")
