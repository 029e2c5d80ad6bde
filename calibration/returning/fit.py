"""Redials and reconnects: how many come back, how soon, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.records.contacts import Contacts
from calibration.returning.delays import Delay, fit_delay
from calibration.returning.excess import Seen, excess, excess_error
from calibration.returning.next_contact import call_back_queues, known_share_around, seconds_to_next
from calibration.returning.weeks import WEEK_S, after_and_anyway

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

HANG_UP_S = 10.0
"""A service shorter than this is an agent who hung up (Brown et al. 2005, section 4.3)."""
REDIAL_EDGES_S = np.concatenate(
    [np.arange(0.0, 600.0, 30.0), np.arange(600.0, 3600.0, 120.0), np.arange(3600.0, 14_401.0, 600.0)]
)
"""Four hours, in steps that grow."""
RECONNECT_EDGES_S = np.arange(0.0, WEEK_S + 1.0, 3600.0)
ALL_BACK = 0.95
"""Where the law has so many back by the last edge, the excess counted by then is the share; else the law's own."""
SOON_S = 300.0
ENOUGH = 200
"""A queue with fewer known events takes the share of all."""
ENOUGH_AT_ALL = 30
"""With fewer known events nothing is said."""


@dataclass(frozen=True)
class Returns:
    """How many come back after an event, beyond those who come anyway, and how soon."""

    share: Estimate
    """Seen ÷ known: as many as come back if the unknown return like the known."""
    seen_share: Estimate
    """Among known customers: a lower bound."""
    known_share: float
    """Of the contacts at those times, how many had a known customer."""
    within_soon: float
    """Back within five minutes, whatever the reason, seen among known customers."""
    delay: Delay
    times_s: FloatArray
    excess: FloatArray
    """Excess by each time, as counted."""


@dataclass(frozen=True)
class ReturnsFit:
    """Returns by queue; None where too few customers can be followed."""

    redial: tuple[Returns | None, ...]
    """After giving up, one for each queue."""
    redial_of_all: Returns | None
    cut_off: Returns | None
    """After a service under ten seconds: the agent hung up."""
    cut_off_share: Estimate
    """Of services, those under ten seconds."""
    reconnect: Returns | None
    """After a service, within a week, beyond the same customers' contacts in other weeks."""
    followed_share: float
    """Of offered contacts, those with a known customer."""
    left_out: tuple[str, ...]
    """Queues of the center's own calls: no returns, and nobody returns through them."""
    notes: tuple[str, ...]


def fit_returns(contacts: Contacts, not_their_own: Sequence[str] | None = None) -> ReturnsFit:
    """Redials after abandoning, reconnects after being cut off and after a service.

    not_their_own: queues of contacts that the center makes itself (call-backs, outbound); None: those that look so
    """
    left_out = call_back_queues(contacts) if not_their_own is None else tuple(not_their_own)
    own = ~np.isin(np.array(contacts.queues), left_out)[contacts.queue]
    record = _Record(contacts, own, seconds_to_next(contacts, own))
    served = own & contacts.answered & ~np.isnan(contacts.talk_s)
    cut = served & (np.nan_to_num(contacts.talk_s) < HANG_UP_S)
    ordinary = served & ~cut
    redial_of_all = record.returns(contacts.abandoned & own, ordinary)
    return ReturnsFit(
        redial=tuple(record.redial(queue, ordinary, redial_of_all) for queue in range(len(contacts.queues))),
        redial_of_all=redial_of_all,
        cut_off=record.returns(cut, ordinary),
        cut_off_share=_share(int(cut.sum()), int(served.sum())),
        reconnect=record.reconnect(ordinary),
        followed_share=record.followed_share,
        left_out=left_out,
        notes=(*_of_call_backs(left_out, told=not_their_own is not None), *record.notes()),
    )


def _of_call_backs(left_out: tuple[str, ...], *, told: bool) -> tuple[str, ...]:
    if not left_out or told:
        return ()
    names = ", ".join(left_out)
    note = (
        f"{names}: most contacts follow an abandoned one of the same customer in another queue, so they are taken "
        "for call-backs by the center, and for nobody's return"
    )
    return (note,)


def _share(n: int, of: int) -> Estimate:
    value = n / max(of, 1)
    return Estimate(value, float(np.sqrt(value * (1.0 - value) / max(of, 1))), of)


@dataclass(frozen=True)
class _Record:
    """The contacts, which of them customers made themselves, and the time to each customer's next one."""

    contacts: Contacts
    own: BoolArray
    until_s: FloatArray

    @property
    def followed_share(self) -> float:
        """Offered contacts with a known customer ÷ offered."""
        offered = self.contacts.offered & self.own
        return float((self.contacts.customer[offered] >= 0).mean()) if offered.any() else 0.0

    def seen(self, event: BoolArray) -> Seen:
        """What followed these events, where the customer is known."""
        known = event & ~np.isnan(self.until_s)
        return Seen(self.until_s[known], self.contacts.customer[known])

    def returns(self, event: BoolArray, ordinary: BoolArray) -> Returns | None:
        """Back within four hours after these events, beyond those back after an ordinary service."""
        after, anyway = self.seen(event), self.seen(ordinary)
        if min(len(after), len(anyway)) < ENOUGH_AT_ALL:
            return None
        known_share = known_share_around(self.contacts, event & ~np.isnan(self.until_s), self.own)
        return _returns(after, anyway, REDIAL_EDGES_S, known_share)

    def redial(self, queue: int, ordinary: BoolArray, of_all: Returns | None) -> Returns | None:
        """Of one queue; as of all where its own customers are too few."""
        in_queue = self.own & (self.contacts.queue == queue)
        event, usual = self.contacts.abandoned & in_queue, ordinary & in_queue
        if not in_queue.any():
            return None
        if min(len(self.seen(event)), len(self.seen(usual))) < ENOUGH:
            return of_all
        return self.returns(event, usual)

    def reconnect(self, ordinary: BoolArray) -> Returns | None:
        """Back within a week of a service, beyond the same customers' other weeks."""
        after, anyway = after_and_anyway(self.contacts, self.own, ordinary)
        if min(len(after), len(anyway)) < ENOUGH:
            return None
        known_share = known_share_around(self.contacts, ordinary & (self.contacts.customer >= 0), self.own)
        return _returns(after, anyway, RECONNECT_EDGES_S, known_share)

    def notes(self) -> tuple[str, ...]:
        """What a reader of the shares should know."""
        if self.followed_share == 0.0:
            return ("no customer can be followed: returns cannot be told from first contacts",)
        offered = self.contacts.offered & self.own
        waited = self.contacts.waited_s[offered] > 0.0
        known = self.contacts.customer[offered] >= 0
        shares = [float(known[one].mean()) if one.any() else 0.0 for one in (waited, ~waited)]
        told = (
            f"{100 * self.followed_share:.0f} % of the contacts have a known customer: {100 * shares[0]:.0f} % of "
            f"those that waited, {100 * shares[1]:.0f} % of those that did not; "
            "what is seen to return is a lower bound"
        )
        return (told,)


def _returns(after: Seen, anyway: Seen, edges_s: FloatArray, known_share: float) -> Returns:
    """The excess, the law of its delay, and both shares."""
    fit = fit_delay(after.counts(edges_s), _from_zero(anyway.back_by(edges_s)), edges_s)
    counted = excess(after, anyway, edges_s)
    by_end = float(fit.delay.cdf(edges_s[-1:])[0])
    seen = float(counted[-1]) if by_end >= ALL_BACK else fit.share
    error = excess_error(after, anyway, float(edges_s[-1])) / min(by_end, 1.0)
    how = (
        "counted"
        if by_end >= ALL_BACK
        else f"law: {100 * by_end:.0f} % of them by the end of what was counted"
    )
    return Returns(
        share=Estimate(
            seen / known_share, error / known_share, len(after), f"seen ÷ {known_share:.2f} known"
        ),
        seen_share=Estimate(seen, error, len(after), f"lower bound; beyond those who come anyway ({how})"),
        known_share=known_share,
        within_soon=float(after.back_by(np.array([SOON_S]))[0]),
        delay=fit.delay,
        times_s=edges_s,
        excess=counted,
    )


def _from_zero(back: FloatArray) -> FloatArray:
    """Those back at the very moment count with the first step."""
    return np.concatenate([[0.0], back[1:]])
