"""People present, inferred from records of centers whose people we know."""

import numpy as np
import pytest

from calibration.people import Known, fit_people
from calibration.people.fit import STRICT
from calibration.records.spells import Spells
from tests.calibration.made import FIRST_DAY, contacts_of
from tests.calibration.worlds import World, record

BUSY = World(per_h=120.0, people=10)
"""Ten people, 84 % of their time in service."""
INSIDE = slice(18, 38)
"""9:00 to 19:00: neither the first nor the last hour of the day."""


def test_people_of_a_busy_center_are_found():
    # Presence has no standard error of its own; over 2 × 5 days of 10 hours it is off by less than 2 %.
    found = fit_people(record(BUSY, 1))
    assert found.known == Known.INFERRED
    assert found.total[:, INSIDE].mean() == pytest.approx(10.0, rel=0.02)


def test_people_of_a_quiet_center_are_found_as_long_as_calls_come():
    # 42 % in service: idle people count, since nobody waits for them; and for longer than 20 minutes.
    found = fit_people(record(World(per_h=60.0, people=10), 2))
    assert found.total[:, INSIDE].mean() == pytest.approx(10.0, rel=0.03)
    assert found.notes[0].endswith("gone after 50 minutes without a contact")


def test_people_of_a_quiet_day_are_there_before_their_first_contact_and_after_the_last():
    # Four people, 40 % in service: each spell misses a mean idle time at both ends unless it is added.
    found = fit_people(record(World(per_h=22.9, people=4, n_days=20), 3))
    assert found.total[:, 16:40].mean() == pytest.approx(4.0, rel=0.03)


def test_those_who_let_customers_wait_are_not_counted():
    # After 4 % of the services a person is gone for ten minutes: 24 s beside each 252 s of work. Somebody waits
    # nearly always, so nearly all of it shows.
    found = fit_people(record(World(per_h=200.0, people=10, away_share=0.04), 3))
    counted = (found.total + found.away)[:, INSIDE].mean()
    assert counted == pytest.approx(10.0, rel=0.03)
    assert found.away[:, INSIDE].mean() == pytest.approx(10.0 * 24.0 / (252.0 + 24.0), rel=0.15)


def test_breaks_that_nobody_waited_for_are_found_by_the_law_of_pauses():
    # 4 % of the services are followed by ten minutes away: seen where somebody waits, drawn where nobody does. What
    # is left is some 2 %; the rule that takes the absent for idle is 5 % too high.
    contacts = record(World(per_h=137.0, people=10, n_days=20, away_share=0.04), 1)
    found = fit_people(contacts)
    inside = (
        contacts.answered
        & (contacts.joined_s % 86_400 >= 9 * 3600)
        & (contacts.joined_s % 86_400 < 19 * 3600)
    )
    truth = 10.0 - inside.sum() * 0.04 * 600.0 / (20 * 36_000.0)
    assert found.others[STRICT][:, INSIDE].mean() == pytest.approx(truth, rel=0.025)
    assert found.total[:, INSIDE].mean() > 1.03 * truth


def test_the_share_at_work_is_told_while_customers_wait():
    # 24 s away beside 252 s of work, as above: 0.913 of those counted work. Its standard error is that of days.
    found = fit_people(record(World(per_h=200.0, people=10, away_share=0.04, n_days=20), 6)).working_share
    truth = 252.0 / (252.0 + 24.0)
    assert found.overall.standard_error is not None
    # 4 standard errors (false alarm 6e-5), and half a point for idle time before a spell's first contact.
    assert abs(found.overall.value - truth) < 4.0 * found.overall.standard_error + 0.005
    assert found.by_hour[3] is None
    assert found.by_hour[12] is not None


def test_wrap_up_is_the_pause_before_a_crowd():
    # Exponential with mean 12 s: 4 standard errors, 12 / √n, false alarm 6e-5; only before a crowd of three.
    found = fit_people(record(World(per_h=160.0, people=10), 4))
    assert found.wrap_up_s == pytest.approx(12.0, abs=4.0 * 12.0 / np.sqrt(1000))


def test_people_without_names_are_those_who_serve_while_customers_wait():
    contacts = record(World(per_h=160.0, people=10), 5)
    nameless = contacts_of(
        contacts.joined_s, waited_s=contacts.waited_s, talk_s=contacts.talk_s, outcome=contacts.outcome
    )
    found = fit_people(nameless)
    # In service 240 of each 252 s: writing up is not seen where nobody has a name.
    assert found.total[:, INSIDE].mean() == pytest.approx(10.0 * 240.0 / 252.0, rel=0.03)
    assert len(found.groups) == 1


def spells(rows: list[tuple[int, bool, float, float]], agents: tuple[str, ...]) -> Spells:
    """Agent, paused or not, from and until which hour; NaN where the log lost it."""
    table = np.array(rows, dtype=np.float64)
    return Spells(
        FIRST_DAY,
        agents,
        table[:, 0].astype(np.int64),
        table[:, 1].astype(np.bool_),
        table[:, 2] * 3600.0,
        table[:, 3] * 3600.0,
    )


def test_log_in_events_tell_exactly():
    # From 8:00 two are logged in; one pauses 9:00 to 9:30 with a call until 9:10 in hand; both leave at 12:00.
    contacts = contacts_of(
        [8.9 * 3600, 30 * 3600], talk_s=[0.1 * 3600 + 600.0, 60.0], agent=0, agents=("a", "b")
    )
    found = fit_people(
        contacts, logins=spells([(0, False, 8, 12), (1, False, 8, 12), (1, True, 9, 9.5)], ("b", "a"))
    )
    assert found.known == Known.LOGINS
    assert found.total[0, 15:25].tolist() == pytest.approx([0, 2, 2, 1 + 1 / 3, 2, 2, 2, 2, 2, 0])


@pytest.mark.parametrize(("began", "ended"), [(8.0, np.nan), (np.nan, 11.0), (8.0, 30.0)])
def test_a_lost_end_of_a_log_in_is_put_where_services_end_or_begin(began: float, ended: float):
    # Served 9:00 to 10:00: in from 8:00 and no end, or one of the next day: until 10:00. Out at 11:00: from 9:00.
    contacts = contacts_of([9.0 * 3600, 40.0 * 3600], talk_s=[3600, 60.0], agent=[0, -1], agents=("a",))
    found = fit_people(contacts, logins=spells([(0, False, began, ended)], ("a",)))
    assert (found.total[0] * 0.5).sum() == pytest.approx(2.0)


def test_who_logged_in_and_never_served_is_there_too():
    contacts = contacts_of([9.0 * 3600], talk_s=60.0, agent=0, agents=("a",))
    found = fit_people(contacts, logins=spells([(0, False, 8, 12), (1, False, 8, 10)], ("a", "idle")))
    assert found.total[0, 16:24].tolist() == pytest.approx([2, 2, 2, 2, 1, 1, 1, 1])
