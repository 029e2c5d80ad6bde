"""Laws: days worked out by hand. Head counts, shifts, breaks, time away; those whose time is up finish and go."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.codes import Outcome, SpellKind
from sim.records.records import Records
from sim.world.hours import DAY_S
from sim.world.people import presence_of, present_s
from tests.sim.worlds import HOUR_S, Table, call, center, constant, lived, records, send, team

EIGHT, NINE = 8 * HOUR_S, 9 * HOUR_S


def overtime(found: Records) -> list[tuple[float, float]]:
    """From and until when somebody worked after time was up."""
    spells = found.spells
    rows = spells.kind == SpellKind.OVERTIME
    return list(zip(spells.start_s[rows].tolist(), spells.end_s[rows].tolist(), strict=True))


def heads(*counts: int, **keys: object) -> Scenario:
    """So many agents in each half hour from midnight on, and none afterwards."""
    per_interval = [*counts, *[0] * (48 - len(counts))]
    return center({"call": call(**keys)}, {"team": team(agents={"present_per_interval": per_interval})})


def shift(*breaks: Table, hours: float = 8.0, people: int = 1, **keys: object) -> Scenario:
    """A shift from eight on."""
    shifts = [{"start": "08:00", "hours": hours, "people": people, "breaks": list(breaks)}]
    calendar = {"days": 2} if hours > 16 else {}
    return center({"call": call(**keys)}, {"team": team(agents={"shifts": shifts})}, calendar)


def test_time_up_with_a_call_in_hand(monkeypatch):
    """One agent until 0:30. The call at 0:29:50 is finished at 0:31:30, the one at 0:29:55 finds nobody after it."""
    day = heads(1, patience_s=constant(400))
    send(monkeypatch, day, {"call": [1790, 1795]})
    found = records(day)
    assert found.attempts.outcome.tolist() == [Outcome.SERVED, Outcome.ABANDONED]
    assert found.attempts.ended_s.tolist() == [1890, 2195]
    assert overtime(found) == [(1800, 1890)]


def test_the_others_serve_meanwhile(monkeypatch):
    """Two agents until 0:30, then one: position 0 stays and takes the next call, position 1 finishes and goes."""
    calls = lived(monkeypatch, heads(2, 1), [1700, 1790, 1795, 1799])
    assert [c.agent for c in calls] == [0, 1, 0, 0]
    assert [c.answered_s for c in calls] == [1700, 1790, 1800, 1900]


def test_who_comes_takes_the_call_that_waits(monkeypatch):
    calls = lived(monkeypatch, heads(0, 1, 2), [100, 200, 3500, 3590, 3595])
    assert [c.answered_s for c in calls] == [1800, 1900, 3500, 3600, 3600]
    assert [c.agent for c in calls] == [0, 0, 0, 1, 0]


def test_who_frees_at_the_moment_when_time_is_up_goes(monkeypatch):
    """Going comes before service ends: the call in hand ends at 0:30, the agent's time too, nobody takes the next."""
    calls = lived(monkeypatch, heads(1, patience_s=constant(60)), [1700, 1750])
    assert [c.outcome for c in calls] == [Outcome.SERVED, Outcome.ABANDONED]


def test_patience_that_ends_as_an_agent_comes_is_served(monkeypatch):
    (only,) = lived(monkeypatch, heads(0, 1, patience_s=constant(600)), [1200])
    assert only.answered_s == 1800


def test_a_break_that_starts_late_ends_on_time(monkeypatch):
    """Break from 9:00 to 9:15. The call at 8:59:30 lasts 300 s, until 9:04:30; the next waits until 9:15."""
    day = shift({"after_h": 1, "min": 15}, talk_s=constant(300))
    calls = lived(monkeypatch, day, [NINE - 30, NINE + 300])
    assert [c.answered_s - NINE for c in calls] == [-30, 900]


def test_a_call_longer_than_the_break_goes_on(monkeypatch):
    """From 8:59:30 to 9:16:10; time up counts as overtime only for the break's fifteen minutes."""
    day = shift({"after_h": 1, "min": 15}, talk_s=constant(1000))
    send(monkeypatch, day, {"call": [NINE - 30, NINE + 920]})
    found = records(day)
    assert (found.attempts.answered_s - NINE).tolist() == [-30, 970]
    assert overtime(found) == [(NINE, NINE + 900)]


def test_a_shift_of_a_whole_day_follows_on_itself(monkeypatch):
    """The same person's next shift begins as the last one ends: present all along, whatever is in hand."""
    day = shift(hours=24.0)
    calls = lived(monkeypatch, day, [EIGHT, DAY_S + EIGHT - 10, DAY_S + EIGHT + 200, DAY_S + EIGHT + 210])
    assert [c.answered_s for c in calls] == [
        EIGHT,
        DAY_S + EIGHT - 10,
        DAY_S + EIGHT + 200,
        DAY_S + EIGHT + 300,
    ]


def test_the_next_shift_is_no_new_beginning_for_an_idle_agent(monkeypatch):
    """Whole-day shifts from 8:00 and 9:00: the first agent is idle from 10:31:40 on, the second from 10:01:40.

    On the next day at 9:30, after both have begun another shift, the second is still the one idle longest.
    """
    shifts = [{"start": start, "hours": 24, "people": 1} for start in ("08:00", "09:00")]
    day = center(agent_group={"team": team(agents={"shifts": shifts})}, calendar={"days": 2})
    moments = [EIGHT + 1800, NINE + 3600, NINE + 5400, DAY_S + NINE + 1800]
    assert [c.agent for c in lived(monkeypatch, day, moments)] == [0, 1, 0, 1]


def test_a_night_shift_runs_over_midnight(monkeypatch):
    """From 22:00 to 6:00; it began on the day before the run, too."""
    agents = {"shifts": [{"start": "22:00", "hours": 8, "people": 1}]}
    day = center({"call": call(patience_s=constant(10))}, {"team": team(agents=agents)})
    calls = lived(monkeypatch, day, [100, 6 * HOUR_S - 1, 6 * HOUR_S + 200, 21 * HOUR_S, 22 * HOUR_S])
    served = [c.outcome is Outcome.SERVED for c in calls]
    assert served == [True, True, False, False, True]


@pytest.mark.parametrize(("opens", "comes"), [("00:00", True), ("05:00", True), ("06:00", False)])
def test_a_night_shift_comes_on_a_closed_day_if_it_meets_open_hours_after_midnight(opens, comes):
    """Mondays are closed, Tuesdays open at midnight, at five or at six; the shift runs from Monday 22:00 to 6:00."""
    agents = {"shifts": [{"start": "22:00", "hours": 8, "people": 1, "days": "mon,tue"}]}
    hours = {"mon": "closed", "tue-sun": f"{opens}-24:00"}
    day = center(agent_group={"team": team(agents=agents)}, calendar={"hours": hours, "days": 2})
    presence = presence_of(day, "team", 0)
    assert (len(presence.changes(Sample(1, 0), 0).at_s) > 0) is comes
    assert presence.paid_s(np.array([0.0, 2 * DAY_S])).sum() == (10 if comes else 2) * HOUR_S


def test_nobody_comes_on_other_weekdays(monkeypatch):
    """Day 0 is a Monday."""
    agents = {"shifts": [{"start": "00:00", "hours": 10, "people": 1, "days": "tue"}]}
    types = {"call": call(patience_s=constant(10))}
    calls = lived(monkeypatch, center(types, {"team": team(agents=agents)}, {"days": 2}), [5, DAY_S + 5])
    assert [c.outcome for c in calls] == [Outcome.ABANDONED, Outcome.SERVED]


HALF_HOURS = np.arange(49) * 1800.0


def due_s(scenario: Scenario, replication: int = 0) -> np.ndarray:
    return present_s(presence_of(scenario, "team", 0), Sample(1, replication), HALF_HOURS)


def test_presence_by_the_clock():
    """Two people from 8:00 to 12:00 with a break from 9:15 to 9:45, in half hours."""
    day = shift({"after_h": 1.25, "min": 30}, hours=4, people=2)
    expected = np.zeros(48)
    expected[16:24] = 3600
    expected[18:20] = 1800
    assert due_s(day).tolist() == expected.tolist()


def test_head_counts_by_the_clock():
    assert due_s(heads(3, 0, 2)).tolist() == [5400, 0, 3600, *[0] * 45]


def shrunk(**shrinkage: float) -> Scenario:
    agents = {"shifts": [{"start": "08:00", "hours": 8, "people": 40}]}
    return center(agent_group={"team": team(agents=agents, shrinkage=shrinkage)})


def test_time_away_is_spread_over_the_shift():
    """Every hour loses 1 − (1 − planned) · adherence of everybody's time, to the second."""
    by_hour = due_s(shrunk(planned=0.1, adherence=0.9)).reshape(24, 2).sum(axis=1)
    assert by_hour[8:16] == pytest.approx(np.full(8, 40 * 3600 * 0.9 * 0.9))
    assert by_hour[:8].sum() == by_hour[16:].sum() == 0


def test_the_absent_are_away_all_day():
    """A share of whole shifts is missing. 8000 person-days: 0.25 ± 4 √(0.25 · 0.75 / 8000), one alarm in 16,000."""
    day = shrunk(absent=0.25)
    days = [due_s(day, replication).sum() / (8 * HOUR_S) for replication in range(200)]
    assert all(n == pytest.approx(round(n)) for n in days)
    assert abs(1 - np.mean(days) / 40 - 0.25) < 4 * (0.25 * 0.75 / 8000) ** 0.5


def test_paid_hours_are_scheduled_hours():
    presence = presence_of(shrunk(planned=0.1, absent=0.2, adherence=0.9), "team", 0)
    assert presence.paid_s(HALF_HOURS).sum() == 40 * 8 * HOUR_S


def test_present_people_are_paid_for_those_away():
    """Present ÷ ((1 − planned)(1 − absent) · adherence)."""
    shrinkage = {"planned": 0.1, "absent": 0.2, "adherence": 0.9}
    day = center(agent_group={"team": team(3, shrinkage=shrinkage)})
    assert presence_of(day, "team", 0).paid_s(HALF_HOURS).sum() == pytest.approx(
        3 * DAY_S / (0.9 * 0.8 * 0.9)
    )
