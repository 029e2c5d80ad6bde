"""Laws: deferred work worked out by hand. Put aside and taken up again, due, chased, and left after closing."""

from __future__ import annotations

import pytest

from sim.codes import Origin, Outcome, SpellKind
from sim.records.totals import AttemptSum
from sim.records.wait_histogram import percentile_s
from tests.sim.laws.known_days import MIDNIGHT, Day, day_of
from tests.sim.worlds import HOUR_S, Table, call, constant, team

AFTER = ["call", "email"]  # what one takes who takes both


def email(work_s: float = 600, **keys: object) -> Table:
    return {"channel": "email", "arrivals": {"per_h": 0.0}, "talk_s": constant(work_s), **keys}


def types(**keys: object) -> dict[str, Table]:
    return {"call": call(), "email": email(**keys)}


def present(*heads: int) -> Table:
    """So many people in the first half-hours, and none later."""
    return {"present_per_interval": [*heads, *[0] * (48 - len(heads))]}


def served(day: Day, contact_type: str = "email") -> list[tuple[float, float]]:
    return [(row.answered_s, row.ended_s) for row in day.of(contact_type)]


def test_deferred_work_waits_until_no_call_does():
    """The agent is busy until 100; of an email from 10 and a call from 90 the call comes first."""
    day = day_of(types(), {"team": team(1, AFTER)}, {"call": [0, 90], "email": [10]})
    assert served(day, "call") == [(0, 100), (100, 200)]
    assert served(day) == [(200, 800)]


def test_deferred_work_comes_last_whatever_the_order_of_skills_and_priorities():
    declared = types(priority=1)
    declared["call"]["priority"] = 3
    day = day_of(declared, {"team": team(1, ["email", "call"])}, {"call": [0, 90], "email": [10]})
    assert served(day) == [(200, 800)]


def test_a_call_does_not_interrupt_what_may_not_be_interrupted():
    day = day_of(types(), {"team": team(1, AFTER)}, {"call": [50], "email": [0]})
    assert served(day, "call") == [(600, 700)]


def test_a_call_interrupts_and_nothing_is_lost():
    """600 s of work from 0, put aside from 200 to 300: done at 700. It was answered once, and worked 600 s."""
    day = day_of(types(interruptible=True), {"team": team(1, AFTER)}, {"call": [200], "email": [0]})
    assert served(day, "call") == [(200, 300)]
    assert served(day) == [(0, 700)]
    assert day.of("email")[0].talk_s == 600
    assert day.spells(SpellKind.WAITING_AGAIN) == [(1, 200, 300)]
    assert day.spells(SpellKind.DEFERRED_WORK) == [(0, 0, 200), (0, 300, 700)]
    assert (day.totals.work_s.sum(), day.totals.deferred_s.sum(), day.totals.queue_s.sum()) == (700, 600, 100)


def test_put_aside_twice():
    """Calls at 200 and 350: parts of 200, 50 and 350 s, with talk and wrap-up cut in the same proportion."""
    declared = types(work_s=450, wrap_up_s=constant(150), interruptible=True)
    day = day_of(declared, {"team": team(1, AFTER)}, {"call": [200, 350], "email": [0]})
    assert served(day) == [(0, 800)]
    (row,) = day.of("email")
    assert (row.talk_s, row.wrap_up_s) == pytest.approx((450, 150))
    assert row.met_s == 800
    assert day.spells(SpellKind.DEFERRED_WORK) == [(0, 0, 200), (0, 300, 350), (0, 450, 800)]


def test_another_takes_it_up_at_another_pace():
    """A third is done when the call comes at 200; the rest of 400 s takes the other, at once, 1.5 times as long."""
    slow = team(1, [{"contact_type": "email", "talk_factor": 1.5}])
    declared = types(interruptible=True)
    declared["email"]["routed_to"] = [{"group": "both"}, {"group": "slow", "rank": 2}]
    day = day_of(declared, {"both": team(1, AFTER), "slow": slow}, {"call": [200], "email": [0]})
    assert served(day) == [(0, pytest.approx(200 + 400 * 1.5))]
    (row,) = day.of("email")
    assert (row.group, row.talk_s) == (1, pytest.approx(800))
    assert day.spells(SpellKind.WAITING_AGAIN) == []
    assert day.spells(SpellKind.DEFERRED_WORK) == [(0, 0, 200), (1, 200, pytest.approx(800))]


def test_the_rest_goes_to_the_front_of_its_queue():
    """Emails at 0 and 10, a call at 50: the first email goes on at 150, the second begins after it."""
    day = day_of(types(interruptible=True), {"team": team(1, AFTER)}, {"call": [50], "email": [0, 10]})
    assert served(day) == [(0, 700), (700, 1300)]


def test_who_began_last_is_interrupted():
    """Emails begin at 0 and 30 with two agents; the call of 60 interrupts the second."""
    day = day_of(types(interruptible=True), {"team": team(2, AFTER)}, {"call": [60], "email": [0, 30]})
    assert served(day) == [(0, 600), (30, 730)]
    assert day.of("call")[0].agent == 1


def test_the_first_rank_is_interrupted_before_the_second_though_that_one_began_later():
    declared = types(interruptible=True)
    declared["call"]["routed_to"] = [{"group": "a", "rank": 2}, {"group": "b", "rank": 1}]
    declared["email"]["routed_to"] = [{"group": "b", "rank": 1}, {"group": "a", "rank": 2}]
    groups = {"a": team(1, AFTER), "b": team(1, AFTER)}
    day = day_of(declared, groups, {"call": [60], "email": [0, 30]})
    assert day.of("call")[0].group == 1
    assert served(day) == [(0, 700), (30, 630)]


def test_of_those_who_began_together_the_first_is_interrupted():
    """By group, in whatever order the routes name them."""
    declared = types(interruptible=True)
    declared["call"]["routed_to"] = [{"group": "b"}, {"group": "a"}]
    groups = {"a": team(1, AFTER), "b": team(1, AFTER)}
    day = day_of(declared, groups, {"call": [60], "email": [0, 0]})
    assert day.of("call")[0].group == 0


def test_deferred_work_does_not_interrupt():
    declared = {**types(interruptible=True), "letter": email(50)}
    day = day_of(declared, {"team": team(1, ["letter", *AFTER])}, {"email": [0], "letter": [100]})
    assert served(day, "letter") == [(600, 650)]


@pytest.mark.parametrize("others", [{}, {"hasty": [50]}])
def test_what_was_taken_up_elsewhere_ends_in_that_agents_turn(others):
    """Writings of 100 s begin at 0, one with group a, one with b. At 50 a call interrupts the first: b's second agent
    takes it up, and both end at 100. A third writing waits: b's first agent ends first, and takes it.

    Whether somebody else gives up in between makes no difference.
    """
    declared = types(work_s=100, interruptible=True, routed_to=[{"group": "a"}, {"group": "b", "rank": 2}])
    declared |= {"call": call(talk_s=constant(200)), "hasty": call(patience_s=constant(5))}
    groups = {"a": team(1, ["call", "email", "hasty"]), "b": team(2, ["email"])}
    day = day_of(declared, groups, {"email": [0, 0, 60], "call": [50], **others})
    assert [(row.group, row.agent, row.ended_s) for row in day.of("email")] == [
        (1, 1, 100),
        (1, 0, 100),
        (1, 0, 200),
    ]


def test_at_time_up_it_is_put_back_for_the_next_day():
    """200 of 600 s are done at 1800, when time is up; the rest at the next midnight. No overtime."""
    day = day_of(
        types(interruptible=True),
        {"team": team(1, AFTER, agents=present(1))},
        {"email": [1600]},
        {"run_out_h": 24},
    )
    assert served(day) == [(1600, MIDNIGHT + 400)]
    assert day.spells(SpellKind.OVERTIME) == []
    assert day.spells(SpellKind.WAITING_AGAIN) == [(1, 1800, MIDNIGHT)]


def test_at_time_up_a_colleague_who_is_free_goes_on():
    """Both are there until 1800, then agent 0 alone. He had a call when agent 1 began the email at 1590."""
    declared = types(interruptible=True)
    group = {"team": team(2, AFTER, agents=present(2, 1))}
    day = day_of(declared, group, {"call": [1500], "email": [1590]})
    assert [row.agent for row in day.of("email")] == [0]
    assert served(day) == [(1590, 2190)]
    assert day.spells(SpellKind.DEFERRED_WORK) == [(0, 1590, 1800), (0, 1800, 2190)]


def test_what_may_not_be_interrupted_is_finished_in_overtime():
    day = day_of(
        types(), {"team": team(1, AFTER, agents=present(1))}, {"email": [1600, 1700]}, {"run_out_h": 24}
    )
    assert served(day) == [(1600, 2200), (MIDNIGHT, MIDNIGHT + 600)]
    assert day.spells(SpellKind.OVERTIME) == [(0, 1800, 2200)]


@pytest.mark.parametrize("at_close", ["serve", "clear"])
def test_deferred_work_survives_closing_and_is_taken_in_at_any_time(at_close):
    """Open from 08:00 to 08:30, people present all the same hours; emails at 08:10, 08:20 and at 20:00."""
    eight = 8 * HOUR_S
    day = day_of(
        types(),
        {"team": team(1, AFTER, agents={"present_per_interval": [0] * 16 + [1] + [0] * 31})},
        {"email": [eight + 600, eight + 900, 20 * HOUR_S]},
        {"hours": {"mon-sun": "08:00-08:30"}, "at_close": at_close, "run_out_h": 24},
    )
    tomorrow = MIDNIGHT + eight
    assert served(day) == [
        (eight + 600, eight + 1200),
        (eight + 1200, eight + 1800),
        (tomorrow, tomorrow + 600),
    ]
    assert all(row.outcome is Outcome.SERVED for row in day.rows)


def test_done_in_time_and_backlog():
    """Due after 1000 s: emails of 0, 200 and 300 are done at 600, 1200 (to the second) and 1800.

    A fourth comes ten minutes before midnight, is done ten minutes after it, and is the backlog of the day.
    """
    day = day_of(
        types(due_h=1000 / 3600),
        {"team": team(1, AFTER, agents=present(1))},
        {"email": [0, 200, 300, MIDNIGHT - 600]},
        {"run_out_h": 24},
    )
    assert [row.ended_s for row in day.rows] == [600, 1200, 1800, MIDNIGHT + 600]
    by_name = day.totals.attempts.sum(axis=(0, 1))
    assert (by_name[AttemptSum.DUE], by_name[AttemptSum.DONE_IN_TIME]) == (4, 2)
    assert day.totals.ages.sum() == 1


def test_due_time_and_age_begin_with_joining_the_queue():
    """A bot has the email of 23:45 for five minutes. In the queue from 23:50, it is 600 s old when the day ends, and
    done at 0:10, to the second in time; from its arrival both would be 300 s more.
    """
    handed_over = {"of_100": {"handed_over": 100}, "session_s": constant(300)}
    day = day_of(
        types(due_h=1200 / 3600),
        {"team": team(1, AFTER, agents=present(1))},
        {"email": [MIDNIGHT - 900]},
        {"run_out_h": 24},
        bot={"menu": {"contact_type": {"email": handed_over}}},
    )
    (row,) = day.rows
    assert (row.queued_s, row.ended_s) == (MIDNIGHT - 600, MIDNIGHT + 600)
    by_name = day.totals.attempts.sum(axis=(0, 1))
    assert (by_name[AttemptSum.DUE], by_name[AttemptSum.DONE_IN_TIME]) == (1, 1)
    assert percentile_s(day.totals.ages.sum(axis=0), 1.0) == pytest.approx(600, abs=0.1)  # to a bin


# --- Customers who ask after late work ----------------------------------------------------------------------------


def chasing(share: float = 1.0, **keys: float) -> dict[str, Table]:
    return types(chase={"after_h": 1, "share": share, "as": "call", **keys})


def people(first_call_h: int) -> Table:
    """Calls have an agent all day; emails one who comes at this hour."""
    late = {"present_per_interval": [0] * (2 * first_call_h) + [1] * (48 - 2 * first_call_h)}
    return {"calls": team(1, ["call"]), "emails": team(1, ["email"], agents=late)}


def chases(day: Day) -> list[float]:
    assert {row.origin for row in day.of("call")} <= {Origin.CHASE}
    return [row.arrived_s for row in day.of("call")]


def test_late_work_is_asked_after_again_and_again_until_it_is_done():
    """An email at 300 that is done at 4:10: asked after at 1:05, 2:05, 3:05 and 4:05, and no more."""
    day = day_of(chasing(every_h=1), people(4), {"email": [300]})
    assert served(day) == [(4 * HOUR_S, 4 * HOUR_S + 600)]
    assert chases(day) == [300 + n * HOUR_S for n in (1, 2, 3, 4)]
    assert [row.attempt for row in day.rows] == [0, 1, 2, 3, 4]
    assert not any(row.resolved for row in day.of("call"))
    assert {row.met_s for row in day.rows} == {4 * HOUR_S + 600}


def test_without_every_h_it_is_asked_after_once():
    assert chases(day_of(chasing(), people(4), {"email": [300]})) == [300 + HOUR_S]


def test_what_is_done_in_time_is_not_asked_after():
    """Emails of 600 and 1200 are done at 4200 and 4800, at the very moments at which the customers look."""
    day = day_of(chasing(every_h=1), people(1), {"email": [600, 1200]})
    assert [row.ended_s for row in day.of("email")] == [4200, 4800]
    assert chases(day) == []


def test_nobody_asks_with_no_chance_to():
    assert chases(day_of(chasing(share=0.0, every_h=1), people(4), {"email": [300]})) == []


def test_a_chase_when_closed_comes_in_the_next_opening_hours():
    """Open from 08:00 to 10:00: an email of 09:30 is asked after once, on the next morning."""
    nine = 9.5 * HOUR_S
    declared = types(work_s=80_000, chase={"after_h": 1, "share": 1.0, "as": "call"})
    declared["call"]["arrivals"] = {"per_h": 0.001}  # its profile tells when they come
    day = day_of(
        declared,
        {"calls": team(1, ["call"]), "emails": team(1, ["email"])},
        {"email": [nine]},
        {"hours": {"mon-sun": "08:00-10:00"}, "run_out_h": 24},
    )
    (asked,) = (row for row in day.of("call") if row.origin is Origin.CHASE)
    assert MIDNIGHT + 8 * HOUR_S <= asked.arrived_s < MIDNIGHT + 10 * HOUR_S


# --- Tickets ------------------------------------------------------------------------------------------------------


def test_a_ticket_left_after_closing_is_done_next_day():
    """A call at 12:00, two hours after closing, leaves a ticket; it is done at 08:00 on the next day."""
    declared = types()
    declared["call"]["when_closed"] = {"ticket_share": 1.0, "as": "email"}
    open_h = {"present_per_interval": [0] * 16 + [1] * 4 + [0] * 28}
    day = day_of(
        declared,
        {"team": team(1, AFTER, agents=open_h)},
        {"call": [12 * HOUR_S]},
        {"hours": {"mon-sun": "08:00-10:00"}, "run_out_h": 24},
    )
    left, ticket = day.rows
    assert (left.outcome, left.ended_s) == (Outcome.LEFT_TICKET, 12 * HOUR_S)
    assert (ticket.origin, ticket.type, ticket.attempt) == (Origin.TICKET, "email", 1)
    assert (ticket.queued_s, ticket.answered_s) == (12 * HOUR_S, MIDNIGHT + 8 * HOUR_S)
    assert ticket.met_s == ticket.ended_s == MIDNIGHT + 8 * HOUR_S + 600
    assert left.need == ticket.need


def test_without_a_ticket_it_is_lost():
    declared = types()
    declared["call"]["when_closed"] = {"ticket_share": 0.0, "as": "email"}
    hours = {"hours": {"mon-sun": "08:00-10:00"}}
    day = day_of(declared, {"team": team(1, AFTER)}, {"call": [12 * HOUR_S]}, hours)
    assert [row.outcome for row in day.rows] == [Outcome.LOST]


def test_what_comes_at_one_instant_stands_in_order():
    """At noon, closed: an email before tickets of the same ordinal, and those by the types that they come from."""
    declared = types()
    left = {"when_closed": {"ticket_share": 1.0, "as": "email"}}
    declared["call"] |= left
    declared["other"] = call(**left)
    noon = 12 * HOUR_S
    day = day_of(
        declared,
        {"team": team(1, [*AFTER, "other"], agents=present(1, 1, 1, 1))},
        {"call": [noon], "other": [noon], "email": [noon]},
        {"hours": {"mon-sun": "00:00-02:00"}, "run_out_h": 24},
    )
    left_by = {row.need: row.type for row in day.rows if row.outcome is Outcome.LEFT_TICKET}
    done = sorted(day.of("email"), key=lambda row: row.answered_s)
    assert [left_by.get(row.need, "nobody") for row in done] == ["nobody", "call", "other"]
