"""Rounds of the joint model and the simulation: cuts where people were simulated, people where the cuts allow.

Cuts are tangents, and far from where they touch they promise too much; so people move only within a region around the
last ones, which narrows. The last rounds draw from a longer sample that the slopes have not seen: what the search
made of the first sample's chances is mended there, by margins alone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from optimizer.horizon import FloatArray
from optimizer.people import Effort, GroupPlan
from optimizer.solver import Solved, Status
from optimizer.staffing import with_people
from optimizer.together.curves import Cut, slopes_after
from optimizer.together.frame import Frame
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.polish import Polish, worth_of
from optimizer.together.repair import proposal_of, repaired
from optimizer.together.slopes import slopes
from optimizer.together.start import Need, needs_by_type, start
from optimizer.together.trials import SURE, Note, Trials, Verdict
from scenarios import Scenario

# Heads may move by this share of what they are in the first rounds, by half of it later; always by one at least.
_REGION = 0.3
_TRIES = 3  # of the reserve to start with
_MENDED, _TRIMS = (
    2.0,
    6,
)  # heads added in a column by one step of mending; steps of taking away and putting back
_NARROW, _AROUND = 0.15, 8  # the region around people who hold, as above, and rounds in it
# Of a solve's limit, and its gap while people still move far: what is proven of a step is worth little.
_START_OF_TIME, _PART_OF_TIME, _HALF_OF_TIME, _COARSE = 0.05, 0.25, 0.5, 0.01
_LOOSE = 0.03  # share of contacts by which a cut may err for noise, where it only guides
_SETTLED = 0.005  # of the cost: rounds that change less than this are the last
_LEFT_TO_MEND, _LEFT_TO_REPAIR = (
    0.4,
    0.65,
)  # of the search's time, by rounds and by single steps


@dataclass
class Rounds:
    """The search so far. `best`: the cheapest people that held on the longer sample, or those that missed least.

    rough: the same of the first sample, before any were tried on the longer one
    beside: people found in another way, who choose breaks or days off that the model cannot begin at
    """

    frame: Frame
    first: Trials
    longer: Trials
    effort: Effort
    observations: int
    longer_observations: int
    until: float
    note: Note
    began: float = field(default_factory=time.perf_counter)
    best: Held | None = None
    rough: Held | None = None
    beside: Held | None = None
    n_rounds: int = 0
    costs: list[float] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    slope: FloatArray | None = None
    slope_at: FloatArray | None = None
    prices: FloatArray | None = None
    master: Master | None = None

    def try_beside(self, plans: dict[str, GroupPlan]) -> None:
        """People found in another way: a start for single steps, or where these cannot be taken, what is to beat."""
        master = Master(self.frame, self.effort.solver)
        people = with_people(self.frame.scenario, plans)
        verdict = self.longer.look(people, self.longer_observations)
        values, cost = master.groups.values_of(plans), sum(plan.cost for plan in plans.values())
        solved = Solved(Status.BEST_FOUND, cost, None, 0.0, self.effort.solver)
        if values is None:
            nobody = np.zeros(0, dtype=np.int64)
            self.beside = Held(Proposal(plans, np.zeros(0), nobody, {}, cost, solved), people, verdict)
        elif verdict.holds:
            self._keep(Held(proposal_of(master, values, solved), people, verdict))

    def run(self, most_rounds: int) -> Solved | None:
        """All rounds, while there is time; how the model's solve ended where it gave no people at all."""
        master = self.master = Master(self.frame, self.effort.solver)
        self.prices = master.prices
        found = self._start(master)
        if isinstance(found, Solved):
            return found
        for k in range(most_rounds):
            people, verdict = self._tried(found, self.first, self.observations)
            if self.slope is not None and (self._is_settled(verdict) or self._is_late()):
                break
            self.slope, self.slope_at = self._slopes(master, people, found, verdict), found.people
            self._cut(master, found, verdict, self.slope, np.zeros(len(self.slope)))
            found = self._next(master, found, _REGION if k < most_rounds // 2 else 0.5 * _REGION)
        assert self.slope is not None
        assert self.slope_at is not None
        self._mend(master, found, self.slope, self.slope_at, most_rounds)
        return None

    def _repair_from(self, master: Master, held: Held, slope: FloatArray) -> None:
        self.note("one person more at a time")
        worth = worth_of(master, slope, held, self.longer)
        repaired(master, self.longer, self.longer_observations, held, worth, self.until, self._keep)

    def _start(self, master: Master) -> Proposal | Solved:
        """People of the smallest reserve that holds about what is wanted; by bisection, as people share more or less.

        Where one group is planned there is nobody to share with, and the formula's reserve stands.
        """
        found, needs = None, needs_by_type(self.frame)
        low, high = (0.0, 1.0) if len(self.frame.groups) > 1 else (1.0, 1.0)
        for _ in range(_TRIES):
            reserve = 0.5 * (low + high)
            self.note(f"round {self.n_rounds + 1}: people to start with")
            proposal = self._started(master, needs, reserve)
            if isinstance(proposal, Solved):
                return found or proposal
            if low == high or self._is_enough(self._tried(proposal, self.first, self.observations)[1]):
                found, high = proposal, reserve
            else:
                low = reserve
            if low == high:
                break
        return found or start(master, needs, 1.0, self.effort.gap, self.effort.time_limit_s)

    def _started(self, master: Master, needs: Mapping[str, Need], reserve: float) -> Proposal | Solved:
        """Roughly: what the first steps move far anyhow is worth no long search."""
        proposal: Proposal | Solved | None = None
        for share in (_START_OF_TIME, _HALF_OF_TIME):
            limit_s = share * self.effort.time_limit_s
            proposal = start(master, needs, reserve, max(self.effort.gap, _COARSE), limit_s)
            if isinstance(proposal, Proposal):
                break
        assert proposal is not None
        return proposal

    def _is_enough(self, verdict: Verdict) -> bool:
        """Whether promises hold on the mean, and no figure is on the convex part of its curve."""
        rows = self.first.promised.rows
        margin = np.where(np.isfinite(verdict.margin), verdict.margin, 0.0)
        is_convex = any(self.first.promised.is_convex_at(row, m) for row, m in zip(rows, margin, strict=True))
        return not is_convex and float(margin.mean()) >= 0.0

    def _mend(
        self, master: Master, found: Proposal, slope: FloatArray, at: FloatArray, most_rounds: int
    ) -> None:
        """Rounds on the longer sample, until people hold there; `slope` is what people were worth at `at`.

        What tangents promised too much is aimed at besides. People counted shift by shift have no curves, so what they
        are worth is simulated anew.
        """
        missed = np.zeros(len(self.first.promised.rows))
        for _ in range(most_rounds):
            people, verdict = self._tried(found, self.longer, self.longer_observations)
            self.best = _better(self.best, Held(found, people, verdict))
            if verdict.holds and not master.by_choice:
                self._trim(master, found, verdict, slopes_after(slope, at, found.people, self.frame.shape))
            if verdict.holds or time.perf_counter() > self.until:
                return
            if master.by_choice:
                slope = self._slopes(master, people, found, self.first.look(people, self.observations))
            else:
                slope = slopes_after(slope, at, found.people, self.frame.shape)
            at = found.people
            missed = np.maximum(0.0, missed - verdict.margin)
            self._cut(master, found, verdict, slope, missed + verdict.allowance())
            found = self._more(master, found)

    def _trim(self, master: Master, found: Proposal, verdict: Verdict, slope: FloatArray) -> None:
        """Take away who can be spared, step by step; where that was too much, put back who is missed."""
        for _ in range(_TRIMS):
            self._cut(master, found, verdict, slope, verdict.allowance())
            now = self._fewer(master, found) if verdict.holds else self._more(master, found)
            if now.cost >= self._cost_to_beat() or time.perf_counter() > self.until:
                return
            slope = slopes_after(slope, found.people, now.people, self.frame.shape)
            found = now
            people, verdict = self._tried(found, self.longer, self.longer_observations)
            self.best = _better(self.best, Held(found, people, verdict))

    def _cost_to_beat(self) -> float:
        return self.best.proposal.cost if self.best is not None and self.best.verdict.holds else math.inf

    def polish(self) -> None:
        """From people who hold: one person at a time, then rounds around them, as long as cheaper ones are found."""
        cost = math.inf
        while self.master is not None and self._cost_to_beat() < cost and time.perf_counter() < self.until:
            cost = self._cost_to_beat()
            self._one_at_a_time(self.master)
            self._look_around(self.master)

    def _one_at_a_time(self, master: Master) -> None:
        """Only where people have nothing more to choose than how many there are."""
        best = self.best
        if best is None or master.groups.has_breaks_or_weeks:
            return
        worth = worth_of(master, self._slopes_at(master, best), best, self.longer)
        Polish(
            master, self.longer, self.longer_observations, best, worth, self.until, self.note, self._keep
        ).run()

    def _look_around(self, master: Master) -> None:
        """Rounds on the longer sample in a narrow region around the best, as long as one finds cheaper people."""
        for _ in range(_AROUND):
            best, cost = self.best, self._cost_to_beat()
            if best is None or time.perf_counter() > self.until:
                return
            slope = self._slopes_at(master, best)
            self._cut(master, best.proposal, best.verdict, slope, best.verdict.allowance())
            found = self._next(master, best.proposal, _NARROW)
            if found.cost >= cost:
                return
            people, verdict = self._tried(found, self.longer, self.longer_observations)
            self.best = _better(self.best, Held(found, people, verdict))
            if not master.goes_by_steps:
                after = slopes_after(slope, best.proposal.people, found.people, self.frame.shape)
                self._trim(master, found, verdict, after)
            elif not verdict.holds:
                self._repair_from(master, Held(found, people, verdict), slope)
            if self._cost_to_beat() >= cost:
                return

    def _slopes_at(self, master: Master, held: Held) -> FloatArray:
        self.note("what one person more is worth")
        return self._slopes(
            master, held.people, held.proposal, self.first.look(held.people, self.observations)
        )

    def _keep(self, held: Held) -> None:
        self.best = _better(self.best, held)

    def spare(self) -> float:
        """Money that service above the promises is worth: over each period, as far as its tightest promise allows.

        min_r margin_r · min_k price_k ÷ slope_rk, added up over periods
        """
        if self.best is None or self.slope is None or self.prices is None:
            return 0.0
        verdict, prices, periods = self.best.verdict, self.prices, dict[tuple[int, int], float]()
        for r, row in enumerate(self.first.promised.rows):
            size = float(verdict.found.below[row.promise, row.first : row.end].sum())
            felt = self.slope[r] > 0.0
            if size > 0.0 and felt.any():
                money = max(0.0, verdict.margin[r]) * size * float((prices[felt] / self.slope[r][felt]).min())
                periods[row.first, row.end] = min(money, periods.get((row.first, row.end), np.inf))
        return sum(periods.values())

    @property
    def so_far(self) -> Held | None:
        """The best there is by now, if only by the first sample."""
        best = self.best or self.rough
        return best if self.beside is None or best is None else _better(best, self.beside)

    def _tried(self, found: Proposal, trials: Trials, observations: int) -> tuple[Scenario, Verdict]:
        self.n_rounds += 1
        self.costs.append(found.cost)
        money = f"{found.cost:,.0f} {self.frame.scenario.money.currency}"
        self.note(f"round {self.n_rounds}: simulating people of {money}")
        people = with_people(self.frame.scenario, found.plans)
        verdict = trials.look(people, observations)
        if trials is self.first:
            self.rough = _better(self.rough, Held(found, people, verdict))
        return people, verdict

    def _is_settled(self, verdict: Verdict) -> bool:
        """Whether the last step changed next to nothing; what is missed by as little as samples differ is mended."""
        if len(self.costs) < 2 or not bool((verdict.margin >= -SURE * verdict.error).all()):
            return False
        return abs(self.costs[-1] - self.costs[-2]) <= _SETTLED * self.costs[-1]

    def _is_late(self) -> bool:
        """Whether what time is left is needed to mend, to look for cheaper people and to bound their cost."""
        left_s = self.until - time.perf_counter()
        return left_s < _LEFT_TO_MEND * (self.until - self.began)

    def _slopes(self, master: Master, people: Scenario, found: Proposal, verdict: Verdict) -> FloatArray:
        self.note(f"round {self.n_rounds}: what one person more is worth")
        return slopes(self.first, master, found, people, verdict.found, self.observations)

    def _cut(
        self, master: Master, found: Proposal, verdict: Verdict, slope: FloatArray, above: FloatArray
    ) -> None:
        """A cut for every promise; on the convex part of the curve, where a tangent lies below it, one head more.

        above: by how much each promise is aimed at above what is wanted, in its own unit
        """
        promised, mean = self.first.promised, verdict.found.mean()
        cuts = []
        for r, row in enumerate(promised.rows):
            size = float(verdict.found.below[row.promise, row.first : row.end].sum())
            if size <= 0.0:
                continue
            mass = float(mean[row.promise, row.first : row.end].sum())
            margin = mass - float(above[r]) * size
            if promised.is_convex_at(row, float(verdict.margin[r])):
                margin = min(margin, -float(slope[r].max(initial=0.0)))
            cuts.append(Cut(slope[r], found.people, margin, promised.told(row)))
            self.cuts.append(Cut(slope[r], found.people, mass + _LOOSE * size))
        if not master.by_choice:
            master.curve(cuts)
        for cut in cuts:
            master.add_cut(cut)

    def _next(self, master: Master, found: Proposal, region: float) -> Proposal:
        """The cheapest people within a region around the last, roughly."""
        reach = np.maximum(1.0, np.ceil(region * found.people))
        gap = max(self.effort.gap, _COARSE)
        return self._within(master, found, found.people - reach, found.people + reach, gap, is_step=True)

    def _more(self, master: Master, found: Proposal) -> Proposal:
        """The cheapest way to what is still missed. Of heads none is taken away: that would begin the search anew."""
        fewer = 1.0 if master.by_choice else 0.0
        return self._within(master, found, found.people - fewer, found.people + _MENDED, self.effort.gap)

    def _fewer(self, master: Master, found: Proposal) -> Proposal:
        """The cheapest people of whom nowhere are more than now."""
        return self._within(master, found, found.people - 1.0, found.people, self.effort.gap)

    def _within(
        self,
        master: Master,
        found: Proposal,
        low: FloatArray,
        high: FloatArray,
        gap: float,
        is_step: bool = False,
    ) -> Proposal:
        """The cheapest people within limits; the last ones again where the time was too short for any."""
        low = np.maximum(0.0, low)
        master.stay_within(low, np.maximum(low, high))
        self.note(f"round {self.n_rounds + 1}: the cheapest people under all cuts")
        for share in (_PART_OF_TIME, 1.0):
            limit_s = min(share * self.effort.time_limit_s, max(1.0, self.until - time.perf_counter()))
            proposal = master.solve(gap, limit_s, is_step=is_step)
            if isinstance(proposal, Proposal):
                return proposal
        return found


def _better(best: Held | None, tried: Held) -> Held:
    return tried if best is None or _rank(tried) < _rank(best) else best


def _rank(tried: Held) -> tuple[bool, float]:
    """Those that hold first, the cheapest of them first; else whoever misses least."""
    return not tried.verdict.holds, tried.proposal.cost if tried.verdict.holds else -tried.verdict.worst
