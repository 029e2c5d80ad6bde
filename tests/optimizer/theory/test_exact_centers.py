"""Theory: the truth that the optimizer is held against: chains solved two ways, and optima that nothing hangs on."""

from __future__ import annotations

import pytest

from sim.replicate import Asked, run
from sim.theory import ErlangA
from tests.optimizer.exact.centers import CENTERS, candidates, optimum_of, trial
from tests.optimizer.exact.skill_chain import SkillChain
from tests.sim.theory.markov.checks import solved
from tests.sim.theory.markov.figures import exact_figures
from tests.sim.theory.markov.systems import M, N, V, X, calls, system, team
from tests.sim.theory.nearness import assert_near


@pytest.mark.parametrize("one", [V[0], N[0], N[2], X[0], M[0]], ids=lambda one: one.title)
def test_two_chains_agree(one):
    """Column by column and state by state; the first cuts each queue, the other all of them together."""
    scenario = one.scenario()
    people = tuple(group.agents.present for group in scenario.agent_group.values())
    chain = SkillChain(scenario, people, one.longest_queue)
    exact = [figure for figure in exact_figures(scenario, solved(one)) if figure.scope == "contact_type"]
    assert len(exact) == 3 * len(scenario.contact_type)
    for figure in exact:
        assert chain.figure(figure.measure, figure.name) == pytest.approx(figure.value, rel=1e-5), figure


@pytest.mark.parametrize("awt_s", [1.0, 20.0, 200.0])
def test_answered_in_time_is_erlang_a(awt_s):
    """One type, one group; and a type that goes first, as the others never wait in its way."""
    one = system("M/M/4+M", {"a": calls(36, 300, 180)}, {"all": team(4, "a")}, 40)
    exact = ErlangA(4, 36 / 3600, 300, 180).service_level(awt_s)
    chain = SkillChain(one.scenario(), (4,), one.longest_queue)
    assert chain.figure("service_level", "a", awt_s) == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("center", CENTERS, ids=lambda center: center.name)
def test_the_engine_agrees_at_the_optimum(center):
    """At four standard errors: some 80 figures by Student's t over 30 replications, one false alarm in 140 tables."""
    people = optimum_of(center).people[0]
    scenario = center.scenario(people)
    chain = SkillChain(scenario, people, center.longest_queue)
    result = run(scenario, Asked(replications=30))
    for name, declared in scenario.contact_type.items():
        for measure in ("service_level", "abandonment_rate", "mean_wait_s", "delay_rate"):
            awt_s = declared.service_target.awt_s
            if measure == "service_level" and awt_s is None:
                continue
            exact = chain.figure(measure, name, awt_s)
            assert_near(result, measure, exact, "contact_type", name, largest_error=0.08 * exact)


@pytest.mark.parametrize("center", CENTERS, ids=lambda center: center.name)
def test_nothing_hangs_on_a_hair(center):
    """The best people hold, and all that cost no more miss, by more than a simulation errs."""
    best = optimum_of(center)
    assert best.clear_by > 1.0
    assert {one.people for one in best.tried if one.holds} == set(best.people)
    assert {one.cost for one in best.tried if one.holds} == {best.cost}
    assert all(n > 0 for n in best.people[0])
    assert len(best.tried) >= 4


def test_there_are_enough_centers_of_every_kind():
    assert len(CENTERS) >= 10
    assert {len(center.agent_group) for center in CENTERS} == {1, 2, 3}
    assert {center.name.split(",")[0] for center in CENTERS} >= {"N", "V", "X", "W", "M"}
    measures = {one.worst.split(",")[0] for center in CENTERS for one in optimum_of(center).tried}
    assert measures == {"service_level", "abandonment_rate", "delay_rate", "mean_wait_s"}


@pytest.mark.parametrize("center", CENTERS[:2], ids=lambda center: center.name)
def test_people_left_out_cannot_carry_the_load(center):
    """Whoever is not tried misses, too: solved all the same."""
    tried = {people for _, people in candidates(center)}
    for people in ((1, 2), (2, 2), (3, 2), (2, 3)):
        assert people not in tried
        assert not trial(center, people).holds
