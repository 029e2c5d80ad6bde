"""Shares and delays of returns against customers whose returns we drew."""

import numpy as np
import pytest

from calibration.records.contacts import DAY_S, Contacts, Outcome
from calibration.returning import ReturnsFit, fit_returns, returning, without_returns
from tests.calibration.made import contacts_of

N_DAYS = 42


def world(
    seed: int,
    *,
    redial: float,
    mean_s: float,
    cut_off: float = 0.0,
    reconnect: float = 0.0,
    known_share: float = 1.0,
    n_customers: int = 3000,
) -> tuple[Contacts, int]:
    """Customers who call at their own rates, 20 % of them giving up; some redial, some reconnect; and fresh calls.

    Rates differ between customers (a tenth of them call ten times as often). Redial delays are exponential;
    reconnects come a day later on average.
    """
    rng = np.random.default_rng(seed)
    rate = np.where(rng.random(n_customers) < 0.1, 0.5, 0.05)  # calls a day
    n = rng.poisson(rate * N_DAYS)
    customer = np.repeat(np.arange(n_customers), n)
    joined = rng.random(len(customer)) * N_DAYS * DAY_S
    rows: list[np.ndarray] = []
    n_fresh = len(customer)
    while len(customer):
        gave_up = rng.random(len(customer)) < 0.2
        cut = ~gave_up & (rng.random(len(customer)) < cut_off)
        talk_s = np.where(gave_up, np.nan, np.where(cut, 4.0, 200.0))
        rows.append(np.column_stack([joined, customer, gave_up, talk_s]))
        ended = joined + np.where(gave_up, 30.0, talk_s)
        chance = np.where(gave_up, redial, np.where(cut, 0.5, reconnect))
        again = rng.random(len(customer)) < chance
        delay = np.where(
            gave_up | cut, rng.exponential(mean_s, len(again)), rng.exponential(DAY_S, len(again))
        )
        joined, customer = (ended + delay)[again], customer[again]
        inside = joined < N_DAYS * DAY_S
        joined, customer = joined[inside], customer[inside]
    table = np.concatenate(rows)
    known = rng.random(len(table)) < known_share
    contacts = contacts_of(
        table[:, 0],
        waited_s=np.where(table[:, 2] == 1.0, 30.0, 0.0),
        talk_s=table[:, 3],
        outcome=np.where(table[:, 2] == 1.0, Outcome.ABANDONED, Outcome.ANSWERED),
        customer=np.where(known, table[:, 1], -1),
    )
    return contacts, n_fresh


def fitted(fit: ReturnsFit) -> tuple[float, float, float]:
    """Share, its standard error and mean delay of redials."""
    assert fit.redial_of_all is not None
    share = fit.redial_of_all.share
    assert share.standard_error is not None
    return share.value, share.standard_error, fit.redial_of_all.delay.mean_s


def test_redials_are_found_within_their_standard_error():
    # 20 worlds; the share of |z| < 2 is binomial around 0.95: below 0.75 (4 sd) by chance 1e-4.
    found = [
        fitted(fit_returns(world(seed, redial=0.4, mean_s=600.0, n_customers=1500)[0])) for seed in range(20)
    ]
    z = np.array([(share - 0.4) / error for share, error, _ in found])
    assert (np.abs(z) < 2.0).mean() >= 0.75
    # Their mean: 4.5 standard errors, false alarm 7e-6; the delay likewise.
    assert abs(z.mean()) < 4.5 / np.sqrt(20)
    delays = np.array([mean for _, _, mean in found])
    assert abs(delays.mean() - 600.0) < 4.5 * delays.std() / np.sqrt(20)


def test_slow_redials_are_told_from_the_law_beyond_what_was_counted():
    # A mean of two hours: 86 % are back within the four hours counted. 4 standard errors: false alarm 6e-5.
    share, error, mean_s = fitted(fit_returns(world(1, redial=0.4, mean_s=7200.0)[0]))
    assert abs(share - 0.4) < 4.0 * error
    assert mean_s == pytest.approx(7200.0, rel=0.35)


def test_nobody_returns_where_nobody_does():
    # |share| below 4 standard errors: false alarm 6e-5; though customers call again and again.
    fit = fit_returns(world(2, redial=0.0, mean_s=600.0)[0])
    share, error, _ = fitted(fit)
    assert abs(share) < 4.0 * error
    assert fit.reconnect is not None
    assert abs(fit.reconnect.share.value) < 4.0 * (fit.reconnect.share.standard_error or 0.0)


def test_unknown_customers_make_a_lower_bound_that_known_ones_mend():
    # Known with chance 0.7, independently: 0.7 of the redials are seen. 4 standard errors: false alarm 6e-5.
    fit = fit_returns(world(3, redial=0.4, mean_s=600.0, known_share=0.7)[0])
    share, error, _ = fitted(fit)
    assert fit.redial_of_all is not None
    assert fit.redial_of_all.seen_share.value < 0.4
    assert abs(share - 0.4) < 4.0 * error
    assert "lower bound" in fit.redial_of_all.seen_share.note


def test_customers_cut_off_and_customers_not_helped_reconnect():
    contacts, _ = world(4, redial=0.0, mean_s=120.0, cut_off=0.1, reconnect=0.25, n_customers=6000)
    fit = fit_returns(contacts)
    assert fit.cut_off is not None
    assert fit.reconnect is not None
    # 4 standard errors each: false alarm 6e-5.
    assert abs(fit.cut_off_share.value - 0.1) < 4.0 * (fit.cut_off_share.standard_error or 0.0)
    for found, truth in ((fit.cut_off, 0.5), (fit.reconnect, 0.25)):
        assert abs(found.share.value - truth) < 4.0 * (found.share.standard_error or 0.0)


def test_call_backs_by_the_center_are_nobody_s_return():
    # The center calls back 60 % of those who gave up, an hour later; nobody redials of his own.
    contacts, _ = world(6, redial=0.0, mean_s=600.0)
    rng = np.random.default_rng(7)
    called = contacts.of(contacts.abandoned & (rng.random(len(contacts)) < 0.6))
    both = contacts_of(
        np.concatenate([contacts.joined_s, called.joined_s + 3600.0]),
        waited_s=np.concatenate([contacts.waited_s, np.zeros(len(called))]),
        talk_s=np.concatenate([contacts.talk_s, np.full(len(called), 100.0)]),
        outcome=np.concatenate([contacts.outcome, np.full(len(called), Outcome.ANSWERED)]),
        customer=np.concatenate([contacts.customer, called.customer]),
        queue=np.concatenate([np.zeros(len(contacts)), np.ones(len(called))]),
        queues=("calls", "called back"),
    )
    fit = fit_returns(both)
    assert fit.left_out == ("called back",)
    assert "taken for call-backs" in fit.notes[0]
    share, error, _ = fitted(fit)
    assert abs(share) < 4.0 * error  # false alarm 6e-5
    assert fitted(fit_returns(both, not_their_own=()))[0] > 0.4


def test_first_contacts_are_what_is_left_of_the_offered():
    # Poisson counts and an estimated share: 4 standard errors of both together.
    contacts, n_fresh = world(5, redial=0.4, mean_s=600.0)
    fit = fit_returns(contacts)
    back = returning(contacts, fit, 1800).sum()
    error = fitted(fit)[1]
    n_abandoned = contacts.abandoned.sum()
    tolerance = 4.0 * np.hypot(error * n_abandoned, np.sqrt(n_abandoned * 0.4 * 0.6))
    assert abs(len(contacts) - back - n_fresh) < tolerance


def test_without_returns_keeps_the_sum_and_is_never_negative():
    first = without_returns(np.array([10.0, 5.0, 1.0]), np.array([2.0, 1.0, 2.0]))
    assert first.min() >= 0.0
    assert first.sum() == pytest.approx(11.0)


def test_a_record_without_customers_says_that_nothing_can_be_told():
    fit = fit_returns(contacts_of(np.arange(100) * 60.0, talk_s=50.0))
    assert fit.redial_of_all is None
    assert fit.reconnect is None
    assert "no customer can be followed" in fit.notes[0]
