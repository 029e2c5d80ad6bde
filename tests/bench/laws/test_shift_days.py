"""Both sides are asked the same: the same need, the same shifts with the same breaks, the same price."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bench.days import DAYS, Break, Day, day_named
from bench.page import page
from bench.peers.covered import Plan, Question
from bench.peers.our_shifts import solve
from bench.peers.requirements import ours
from bench.shift_days import PEER, THEIRS, Found, Requirements, Row, ask, is_installed, needed_on, plan_of
from bench.store import Section, Store
from sim.theory import Target, queue_of

HALF_HOURS = day_named("half-hours")


def test_a_pattern_is_a_shift_with_its_breaks() -> None:
    day = Day("small", "small", 1, 6, (4,), (Break(1, 1, 2), Break(1, 2, 3)))
    assert day.coverage() == {
        "0-4-1-2": [1, 0, 0, 1, 0, 0],
        "1-4-1-2": [0, 1, 0, 0, 1, 0],
        "2-4-1-2": [0, 0, 1, 0, 0, 1],
        "0-4-1-3": [1, 0, 1, 0, 0, 0],
        "1-4-1-3": [0, 1, 0, 1, 0, 0],
        "2-4-1-3": [0, 0, 1, 0, 1, 0],
        "0-4-2-3": [1, 1, 0, 0, 0, 0],
        "1-4-2-3": [0, 1, 1, 0, 0, 0],
        "2-4-2-3": [0, 0, 1, 1, 0, 0],
    }


def test_the_need_has_two_peaks_and_holds_the_target() -> None:
    needed = needed_on(HALF_HOURS)
    peaks = [i for i in range(1, len(needed) - 1) if needed[i - 1] < needed[i] >= needed[i + 1]]
    assert len(peaks) == 2
    calls = HALF_HOURS.calls_per_h()
    assert max(calls) == pytest.approx(1100.0)
    queue = queue_of(needed[0], calls[0] / 3600.0, 240.0)
    assert Target(0.8, 20.0).is_met_by(queue)


@pytest.mark.parametrize("day", [DAYS[0], DAYS[3]], ids=lambda day: day.name)
def test_ours_covers_what_is_asked_by_the_day_s_own_patterns(day: Day) -> None:
    """Paid hours are at least the hours needed with every shift's breaks put on top."""
    needed = needed_on(day)
    staffed, paid_h, status = solve(Question(day.name, needed))
    plan = Plan(tuple(staffed), paid_h, status, 0.0, "")
    assert (plan.missing(needed), status) == (0, "optimal")
    away = sum(each.n for each in day.breaks)
    least_share = max(1 - away / length for length in day.lengths)
    assert paid_h >= sum(needed) / day.per_h / least_share
    assert sum(staffed) / day.per_h <= paid_h * least_share + 1e-9


@pytest.mark.skipif(not is_installed(), reason=f"{PEER} is not installed")
def test_pyworkforce_finds_the_same_optimum() -> None:
    question = Question("half-hours", needed_on(HALF_HOURS))
    theirs = plan_of(ask(THEIRS, asdict(question)))
    assert theirs.missing(question.needed) == 0
    assert theirs.paid_h == solve(question)[1]


def test_the_section_tells_costs_times_and_numbers_of_people() -> None:
    ours = [Found(622.0, 0, "optimal", seconds, "one 1.0") for seconds in (0.5, 0.25, 1.0)]
    theirs = (Found(623.0, 0, "feasible", 2.0, "two 2.0"),)
    difference, alike = Found(600.0, 24, "optimal", 3.0, ""), Found(599.0, 24, "optimal", 0.125, "")
    row = Row("half-hours", 39, 80, tuple(ours), theirs, difference, alike)
    people = Requirements.of({"people": [1, 2, 3], "seconds": 1.0}, {"people": [1, 2, 5], "seconds": 2.0})
    data = {"rows": [asdict(row)], "requirements": asdict(people)}
    text = page(Store({}, {"shifts": Section("today", "bench", 0.0, data)}))
    assert "| 39 | 80 | 622 | 623 | optimal | feasible | 0.50 (0.25 to 1.00) |" in text
    assert "| 4 |" in text
    assert "| 24 | 600 | 599 | 3.00 | 0.12 |" in text
    assert "the same number in 2; theirs is larger in 1, by at most\n2, and smaller in 0. It looks" in text
    assert "Versions: one 1.0; two 2.0." in text


def test_without_pyworkforce_ours_stands_alone() -> None:
    row = Row("half-hours", 39, 80, (Found(622.0, 0, "optimal", 0.5, "one"),), ())
    data = {"rows": [asdict(row)], "requirements": None}
    text = page(Store({}, {"shifts": Section("today", "bench", 0.0, data)}))
    assert "| 622 | not installed | optimal |" in text
    assert "MinAbsDifference" not in text


def test_our_requirement_is_the_smallest_that_holds() -> None:
    (people,) = ours([(60.0, 240.0, 20.0, 0.8)])
    queues = [queue_of(n, 60.0 / 3600.0, 240.0) for n in (people - 1, people)]
    assert [Target(0.8, 20.0).is_met_by(queue) for queue in queues] == [False, True]
