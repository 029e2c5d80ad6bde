"""The search for skills and shifts together: rounds of cuts, then cheaper candidates, and the bound below them all.

Three samples of customers that no confirmation sees: one for slopes and cuts, a longer one on which people have to
hold, and one for the bound.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import numpy as np

from optimizer.draws import SEARCH_DRAWS_FROM, Note
from optimizer.horizon import FloatArray, IntArray, horizon_of
from optimizer.options import Found, PlanOptions
from optimizer.people import Effort, GroupPlan, NoPlan, groups_to_plan
from optimizer.shifts.of_group import problem_of, why_no_shifts
from optimizer.shifts.problem import ShiftProblem
from optimizer.solver import Status, write_lp
from optimizer.standing import SO_FAR, Standing, retold
from optimizer.together.aims import tidier
from optimizer.together.bound import pooled_bound
from optimizer.together.frame import frame_of
from optimizer.together.held import Held
from optimizer.together.lp_names import names_in
from optimizer.together.proof import Proof
from optimizer.together.rounds import Rounds
from optimizer.together.trials import Trials
from scenarios import Scenario
from sim.world.rates import expected_rates

_LONGER_FROM, _BOUND_FROM = SEARCH_DRAWS_FROM + 500_000, SEARCH_DRAWS_FROM + 900_000
_CONTACTS = 200_000  # of a sample: enough to tell what one person is worth
_FEWEST, _MOST = 40, 2_000  # observations of a sample, a horizon or a day that stands alone each
_CHANCE = 0.01  # by which an estimated bound may pass the cost of people who hold
_LONGER = 4  # times as many observations on the longer sample


def search_together(
    scenario: Scenario,
    options: PlanOptions,
    note: Note,
    executor: Executor | None = None,
    streams: Mapping[str, int] | None = None,
    lp: Path | None = None,
    beside: Mapping[str, GroupPlan] | None = None,
) -> Found:
    """The cheapest people found that hold all promises on the longer sample, or those that miss least.

    lp: a file for the last joint model of the rounds, as LP text
    beside: people found in another way, who are the answer where they hold and nobody cheaper is found
    An interrupt ends the search with the best so far, once there is any. Raises NoPlan where the rules of the shifts
    allow no people at all.
    """
    search = _Search(scenario, options, note, executor, streams, beside)
    found = search.found()
    if lp is not None and search.rounds.master is not None:
        write_lp(search.rounds.master.model, lp, names_in(search.rounds.master))
    return found


class _Search:
    def __init__(
        self,
        scenario: Scenario,
        options: PlanOptions,
        note: Note,
        executor: Executor | None,
        streams: Mapping[str, int] | None,
        beside: Mapping[str, GroupPlan] | None,
    ) -> None:
        self.options = options
        self._note = note
        self._doing = ""
        self.effort = Effort(options.gap, options.time_limit_s, options.solver)
        self.frame = frame_of(scenario, groups_to_plan(scenario))
        self.first, self.longer, self.of_bound = (
            Trials(scenario, options.seed, first, executor, streams, self._note_trials)
            for first in (SEARCH_DRAWS_FROM, _LONGER_FROM, _BOUND_FROM)
        )
        self.observations = options.search_replications or usual_observations(scenario)
        self.rounds = self._rounds()
        self.lower_bound = 0.0
        self.is_proven = False
        self.beside = beside

    def note(self, text: str) -> None:
        """What is being done, and how far the search is as a whole."""
        self._doing = text
        self._note(f"{text}{SO_FAR}{self.standing}")

    def _note_trials(self, text: str) -> None:
        """How many of the trials are done that it takes."""
        self._note(f"{self._doing}, {text}{SO_FAR}{self.standing}")

    @property
    def standing(self) -> Standing:
        """The cheapest people that held by now, and what is proven of any."""
        held = self._held()
        best = None if held is None else held.proposal.cost
        left_s = self.rounds.until - time.perf_counter()
        return Standing(best, self.lower_bound or None, left_s, self.frame.scenario.money.currency)

    def found(self) -> Found:
        is_cut_short = False
        try:
            with retold(self._in_money):
                self._search()
        except KeyboardInterrupt:
            if self.rounds.so_far is None:
                raise
            is_cut_short = True
        best = self.rounds.so_far
        assert best is not None
        return self._as_found(best, is_cut_short)

    def _in_money(self, solve: Standing) -> Standing:
        """The model's own unit is money."""
        return replace(solve, unit=self.frame.scenario.money.currency)

    def _rounds(self) -> Rounds:
        until = time.perf_counter() + self.options.search_limit_s
        return Rounds(
            self.frame,
            self.first,
            self.longer,
            self.effort,
            self.observations,
            _LONGER * self.observations,
            until,
            self.note,
        )

    def _search(self) -> None:
        self._require_shifts()
        if self.beside is not None:
            self.rounds.try_beside(dict(self.beside))
        solved = self.rounds.run(self.options.most_rounds)
        if solved is not None:
            raise NoPlan(self._why_not(solved.status))
        self.note("what no people can do without")
        self._bound()
        if not self._is_small():
            self.rounds.polish()
        self._look_for_cheaper()
        self._tidy()

    def _tidy(self) -> None:
        held, master = self._held(), self.rounds.master
        if held is not None and master is not None:
            self.rounds.best = tidier(
                master.groups, held, self.longer, self.rounds.longer_observations, self.effort
            )

    def _bound(self) -> None:
        """An estimate that people who hold have refuted bounds nothing."""
        bound = pooled_bound(self.frame, self.of_bound, self.effort, self.observations)
        held = self._held()
        is_refuted = held is not None and bound > (1.0 + _CHANCE) * held.proposal.cost
        self.lower_bound = 0.0 if is_refuted else bound

    def _held(self) -> Held | None:
        best = self.rounds.best
        return best if best is not None and best.verdict.holds else None

    def _why_not(self, status: Status) -> str:
        """Cuts may be missed at a price, so it is the rules of a group's own shifts that leave no people."""
        if self.frame.scenario.plan.kind != "shifts":
            return f"the solver found no people ({status.value})"
        return why_no_shifts(self._problems(needed=0), status, self.effort)

    def _require_shifts(self) -> None:
        """Raises NoPlan where no group has any shift that people could be on."""
        if self.frame.scenario.plan.kind == "shifts":
            problems = self._problems(needed=1)
            if not any(problem.kinds for problem in problems.values()):
                raise NoPlan(why_no_shifts(problems, Status.INFEASIBLE, self.effort))

    def _problems(self, needed: int) -> dict[str, ShiftProblem]:
        """The shift problem of each group with so many people needed while it is open."""
        scenario = self.frame.scenario
        needs = np.where(horizon_of(scenario.calendar).is_open(), needed, 0)
        return {group: problem_of(scenario, group, needs) for group in self.frame.groups}

    def _look_for_cheaper(self) -> None:
        """Candidates that the cuts allow, and for a few head counts a proof without them."""
        left_s = min(self.options.time_limit_s, self.rounds.until - time.perf_counter())
        proof = Proof(
            self.frame,
            self.longer,
            self.effort,
            time.perf_counter() + left_s,
            self.note,
            self.observations,
            self._held(),
            () if self._is_small() else tuple(self.rounds.cuts),
            self.lower_bound,
        )
        if self._is_small() or proof.may_be_tried():
            try:
                proof.run()
            finally:  # an interrupt leaves what is known by then
                self.rounds.best = proof.best or self.rounds.best
                if not proof.cuts:
                    self.lower_bound, self.is_proven = proof.lower_bound, proof.is_closed

    def _is_small(self) -> bool:
        return self.frame.scenario.plan.kind == "constant"

    def _as_found(self, best: Held, is_cut_short: bool) -> Found:
        plans = best.proposal.plans
        cost = sum(plan.cost for plan in plans.values())
        bound = min(self.lower_bound, cost)
        gap = (cost - bound) / cost if cost > 0.0 else 0.0
        unproven = Status.WITHIN_GAP if gap <= self.effort.gap else Status.BEST_FOUND
        return Found(
            scenario=best.people,
            groups=plans,
            required={group: _needed(plan.present) for group, plan in plans.items()},
            status=(Status.OPTIMAL if self.is_proven else unproven).value,
            lower_bound=bound,
            spare=self.rounds.spare(),
            n_rounds=self.rounds.n_rounds,
            method="together",
            is_cut_short=is_cut_short,
        )


def usual_observations(scenario: Scenario) -> int:
    """As many horizons as hold contacts enough."""
    days = range(scenario.calendar.days)
    rates = [expected_rates(scenario, name, day).sum() for name in scenario.contact_type for day in days]
    contacts = float(sum(rates)) * scenario.calendar.interval_s
    return int(np.clip(_CONTACTS / max(contacts, 1.0), _FEWEST, _MOST))


def _needed(present: FloatArray) -> IntArray:
    """Planned together, whoever is there is needed: whole people present."""
    return np.floor(present + 1e-9).astype(np.int64)
