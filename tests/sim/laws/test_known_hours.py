"""Laws: days worked out by hand. Opening, closing, and returns that fall due when nobody would take them."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios import Scenario
from sim.chance.draws import Owner, Purpose, key_of, uniform
from sim.codes import Origin, Outcome
from sim.world.hours import DAY_S
from tests.sim.worlds import HOUR_S, Table, call, center, constant, lived, team

NINE, TEN = 9 * HOUR_S, 10 * HOUR_S


def morning(calls: Table, present: int = 1, **calendar: object) -> Scenario:
    """Open from 9 to 10."""
    hours = {"hours": {"mon-sun": "09:00-10:00"}, **calendar}
    return center({"call": calls}, {"team": team(present)}, hours)


def test_closed_means_lost(monkeypatch):
    """Open from the opening moment on; closed at the closing moment."""
    calls = lived(monkeypatch, morning(call()), [NINE - 1, NINE, TEN - 1, TEN])
    assert [c.outcome is Outcome.LOST for c in calls] == [True, False, False, True]


def test_at_closing_those_waiting_are_served(monkeypatch):
    """Three calls before ten, 100 s each: the one agent stays until 10:04:50. Nobody comes after ten."""
    calls = lived(monkeypatch, morning(call()), [TEN - 10, TEN - 9, TEN - 8])
    assert [c.answered_s - TEN for c in calls] == [-10, 90, 190]
    assert all(c.outcome is Outcome.SERVED for c in calls)


def test_at_closing_those_waiting_are_sent_away(monkeypatch):
    """The call in hand is finished."""
    calls = lived(monkeypatch, morning(call(), at_close="clear"), [TEN - 10, TEN - 9, TEN - 8])
    assert [c.outcome for c in calls] == [Outcome.SERVED, Outcome.ABANDONED, Outcome.ABANDONED]
    assert [c.ended_s - TEN for c in calls] == [90, 0, 0]


def test_patience_goes_on_after_closing(monkeypatch):
    calls = lived(monkeypatch, morning(call(patience_s=constant(30))), [TEN - 10, TEN - 9])
    assert (calls[1].outcome, calls[1].ended_s) == (Outcome.ABANDONED, TEN + 21)


def test_midnight_between_open_hours_is_no_closing(monkeypatch):
    """Open from 20:00 to 04:00 of the next day: the call waiting at midnight is not sent away."""
    hours = {"mon-sun": ["00:00-04:00", "20:00-24:00"]}
    day = center(calendar={"hours": hours, "days": 2, "at_close": "clear"})
    calls = lived(monkeypatch, day, [DAY_S - 50, DAY_S - 40, DAY_S + 10])
    assert [c.answered_s - DAY_S for c in calls] == [-50, 50, 150]


def test_a_closed_date_is_closed(monkeypatch):
    day = morning(call(), days=2, start=date(2026, 12, 24), closed=[date(2026, 12, 25)])
    calls = lived(monkeypatch, day, [NINE, DAY_S + NINE])
    assert [c.outcome for c in calls] == [Outcome.SERVED, Outcome.LOST]


def redialing(delay_s: float) -> Table:
    """No patience: whoever is not answered at once gives up, and calls again."""
    return call(patience_s=constant(0), redial={"share": 1.0, "delay_s": constant(delay_s)})


def test_a_redial_within_the_hours_comes_when_due(monkeypatch):
    """The second call finds the agent busy, has no patience, and calls again 300 s later."""
    found = lived(monkeypatch, morning(redialing(300)), [NINE, NINE + 10])
    assert [(c.origin, c.arrived_s - NINE) for c in found] == [
        (Origin.FRESH, 0),
        (Origin.FRESH, 10),
        (Origin.REDIAL, 310),
    ]


@pytest.mark.parametrize("due_s", [TEN, TEN + HOUR_S, DAY_S + NINE - 1])
def test_a_redial_due_in_closed_hours_comes_in_the_next_ones(monkeypatch, due_s):
    """Without expected arrivals the moment is that share of the open hour which the attempt's draw says."""
    day = morning(redialing(due_s - NINE - 10), run_out_h=48)
    again = lived(monkeypatch, day, [NINE, NINE + 10])[2]
    key = key_of(1, 0, Owner.NEED, 0, 0, 1)
    share = uniform(key, Purpose.RETURN_MOMENT, 0)
    assert again.arrived_s == pytest.approx(DAY_S + NINE + share * HOUR_S, abs=1e-6)


def test_such_a_redial_follows_the_profile_of_its_type(monkeypatch):
    """All of the day's contacts are expected from 9:45 on: there the redial comes."""
    calls = {**redialing(2 * HOUR_S), "arrivals": {"per_day": 8, "shape": [0, 0, 0, 1]}}
    again = lived(monkeypatch, morning(calls, run_out_h=48), [NINE, NINE + 10])[2]
    share = uniform(key_of(1, 0, Owner.NEED, 0, 0, 1), Purpose.RETURN_MOMENT, 0)
    assert again.arrived_s == pytest.approx(DAY_S + NINE + 2700 + share * 900, abs=1e-6)


def test_a_bot_that_is_always_on_takes_the_return_when_due(monkeypatch):
    """Everybody leaves the bot at once, and is back five hours later, in the middle of the closed hours."""
    bot = {"menu": {"always_on": True, "contact_type": {"call": {"of_100": {"left": 100}}}}}
    hours = {"hours": {"mon-sun": "09:00-10:00"}}
    day = center({"call": redialing(5 * HOUR_S)}, calendar=hours, bot=bot)
    found = lived(monkeypatch, day, [NINE])
    assert [c.arrived_s for c in found[:2]] == [NINE, NINE + 5 * HOUR_S]


def test_an_unresolved_need_comes_back_as_another_type(monkeypatch):
    back = {"share": 1.0, "delay_h": constant(0.5), "as": "again", "talk_factor": 2.0}
    types = {"call": call(resolution_rate=0.0, reconnect=back), "again": call()}
    day = center(types, {"team": team(1, ["call", "again"])})
    first, second = lived(monkeypatch, day, {"call": [100]})
    assert (second.type, second.origin, second.attempt) == ("again", Origin.RECONNECT, 1)
    assert (second.arrived_s, second.talk_s) == (200 + 1800, 200)
    assert first.met_s == second.met_s == 2200
