"""The choice: the cheapest design that holds its targets and guardrails, with its people, proven and confirmed.

Every combination is simulated once with people enough for everybody (`screening`): what no staffing can hold is ruled
out, and what is left has a lower bound. The design of the smallest bound is planned first, then the next, until no
bound is below the cheapest that holds. What was chosen is confirmed once more, on draws on which nothing was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from optimizer.design.candidates import Candidate
from optimizer.design.choice import Choice, Confirmed, Verdict, likeness, those_that_close_most
from optimizer.design.frontier import may_be_on_frontier
from optimizer.design.guardrails import Limit, guarded, hopeless
from optimizer.design.screening import screened
from optimizer.design.weighed import Weighed, cost_difference, cost_of, weighed
from optimizer.draws import Note, Simulate
from optimizer.options import PlanOptions
from optimizer.people import NoPlan
from optimizer.plan import Plan
from scenarios import Scenario
from sim.replicate import Asked
from sim.theory import UnreachableTarget

# Neither the searches (from a million on) nor the plans' own confirmations (from 0 on) draw from here.
CHOSEN_DRAWS_FROM = 500_000
MakePlan = Callable[[Scenario], Plan]


@dataclass
class Search:
    """Plans candidates in the order of their bounds.

    plan: how people are planned for a scenario; simulate: how scenarios are simulated, on the baseline's customers
    most_plans: after so many no further candidate is planned
    frontier: a measure; candidates that may be on the frontier of cost and that measure are planned too
    """

    plan: MakePlan
    simulate: Simulate
    options: PlanOptions
    limits: tuple[Limit, ...]
    most_plans: int
    note: Note
    frontier: str = ""
    verdicts: list[Verdict] = field(default_factory=list)
    scale: float = 1.0
    n_planned: int = 0
    is_cut_short: bool = False

    def choose(self, candidates: Sequence[Candidate]) -> Choice:
        """The choice among candidates, the first of which does nothing and is planned in any case."""
        for n, candidate in enumerate(candidates):
            self.note(f"design {n + 1} of {len(candidates)}: with people enough for everybody")
            self.verdicts.append(self._looked_at(candidate))
        self._plan(0)
        self._plan_what_may_be_best()
        self._plan_the_one_that_closes_most()
        self._plan_what_may_be_best()  # what that plan has cost may have lowered the bounds
        return self._concluded()

    def _plan_what_may_be_best(self) -> None:
        """In the order of the bounds, until none is below the cheapest that holds."""
        while self.n_planned < self.most_plans and not self.is_cut_short:
            following = self._next()
            if following is None:
                return
            self._plan(following)

    def _looked_at(self, candidate: Candidate) -> Verdict:
        seen = screened(candidate, self.simulate, self.options)
        ruled_out = hopeless(self.limits, seen.ample)
        return Verdict(candidate, seen, seen.people + seen.beside, ruled_out=ruled_out)

    def _bound(self, verdict: Verdict) -> float:
        return self.scale * verdict.screened.people + verdict.screened.beside

    def _next(self) -> int | None:
        """The candidate of the smallest bound that may be cheaper than the best so far, or else on the frontier."""
        still_open = [i for i, verdict in enumerate(self.verdicts) if verdict.is_open]
        first = min(still_open, key=lambda i: self._bound(self.verdicts[i]), default=None)
        if first is None or self._bound(self.verdicts[first]) < _cost(self._best()):
            return first
        planned = [verdict.weighed for verdict in self.verdicts if verdict.weighed is not None]
        return next((i for i in still_open if self._may_be_on_frontier(i, planned)), None)

    def _may_be_on_frontier(self, i: int, planned: list[Weighed]) -> bool:
        verdict = self.verdicts[i]
        bound, ample = self._bound(verdict), verdict.screened.ample
        return bool(self.frontier) and may_be_on_frontier(bound, ample, planned, self.frontier)

    def _best(self) -> Weighed | None:
        holding = [verdict.weighed for verdict in self.verdicts if verdict.weighed and verdict.holds]
        return min(holding, key=_cost, default=None)

    def _plan(self, i: int) -> None:
        verdict, self.n_planned = self.verdicts[i], self.n_planned + 1
        self.note(f"plan {self.n_planned}: {verdict.candidate.label}")
        try:
            found = weighed(verdict.candidate, self.plan(verdict.candidate.scenario), self.limits)
        except (NoPlan, UnreachableTarget) as reason:
            self.verdicts[i] = replace(verdict, no_plan=str(reason))
            return
        self.verdicts[i] = replace(verdict, weighed=found)
        self.is_cut_short = found.plan.is_cut_short
        bound = verdict.screened.people
        if found.plan.holds and bound > 0.0:
            # A plan below its bound shows how far the formulas are off; all bounds are lowered as far.
            self.scale = min(self.scale, found.people_cost / bound)

    def _plan_the_one_that_closes_most(self) -> None:
        """The design whose bots close most, if it was not planned: so that it is said what speaks against it."""
        closing = [verdict.screened.ample.value("containment_rate") for verdict in self.verdicts]
        best = self._best() or self.verdicts[0].weighed
        most = those_that_close_most(closing)
        if most and best is not None and not self.is_cut_short:
            like = max(most, key=lambda i: likeness(self.verdicts[i].candidate, best.candidate))
            if self.verdicts[like].weighed is None and not self.verdicts[like].no_plan:
                self._plan(like)

    def _concluded(self) -> Choice:
        """The cheapest that holds, and goes on holding on fresh draws; else the next one."""
        verdicts = tuple(replace(verdict, bound=self._final_bound(verdict)) for verdict in self.verdicts)
        refused: set[str] = set()
        while True:
            holding = [
                v.weighed for v in verdicts if v.weighed and v.holds and v.candidate.key not in refused
            ]
            best = min(holding, key=_cost, default=None)
            confirmed = None if best is None else self._confirmed(best)
            if best is None or confirmed is None or not confirmed.broken:
                return self._choice(verdicts, best, confirmed, frozenset(refused))
            refused.add(best.candidate.key)

    def _final_bound(self, verdict: Verdict) -> float:
        return self._bound(verdict) if verdict.weighed is None else verdict.weighed.lower_bound

    def _confirmed(self, best: Weighed) -> Confirmed:
        """Best and baseline once more, on the same fresh customers."""
        self.note(f"confirming on fresh draws: {best.candidate.label}")
        before = self.verdicts[0].weighed or best
        n = best.result.replications
        asked = Asked(self.options.seed, n, first_replication=CHOSEN_DRAWS_FROM)
        result, start = (self.simulate(one.plan.scenario, asked) for one in (best, before))
        cost = cost_of(best.candidate, result)
        change = cost_difference(best.candidate, result, before.candidate, start)
        return Confirmed(result, start, cost, change, guarded(self.limits, result))

    def _choice(
        self,
        verdicts: tuple[Verdict, ...],
        best: Weighed | None,
        confirmed: Confirmed | None,
        refused: frozenset[str],
    ) -> Choice:
        able = [v for v in verdicts if (v.is_open or v.holds) and v.candidate.key not in refused]
        lower_bound, cost = min((v.bound for v in able), default=None), _cost(best)
        unproven = any(v.is_open and v.bound < cost for v in verdicts)
        status = "none holds" if best is None else "not proven" if unproven else "proven"
        gap = None if best is None or lower_bound is None or cost <= 0.0 else (cost - lower_bound) / cost
        return Choice(
            verdicts,
            self.limits,
            best,
            confirmed,
            status,
            lower_bound,
            gap,
            self.scale,
            self.n_planned,
            refused,
            self.is_cut_short,
        )


def _cost(found: Weighed | None) -> float:
    """Cost over the horizon; infinite where there is none."""
    return math.inf if found is None or found.cost.value is None else found.cost.value
