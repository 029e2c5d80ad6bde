"""The last touch: one person off a shift, or from one shift or group to a cheaper one, while every promise holds.

Rounds of cuts move many people at once, along slopes that err; what is left lies in small steps. A step is judged by
the simulation alone, slopes say only in which order to try: by the money that a step is expected to save,

    saving · min_r Φ((margin_r + change_r) ÷ (error_r + |change_r| ÷ 2))

as if a change that slopes tell were known to half its size.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtr

from optimizer.draws import Note
from optimizer.horizon import FloatArray, IntArray
from optimizer.staffing import with_people
from optimizer.together.held import Held
from optimizer.together.master import Master
from optimizer.together.repair import Keep, proposal_of, shortfall
from optimizer.together.trials import Trials, Verdict

_AT_ONCE = 2  # steps tried side by side, whatever the number of workers
_IN_VAIN = 60  # steps tried without success after which the people are taken as they are
_FROM_HERE = 8  # of these from the same people, before people as cheap and safer are looked for
_HOPELESS = 0.1  # chance below which a step is not worth a trial
_ROUNDING = 1e-9
_ALL_PAIRS = 4_000_000  # rows × steps weighed at once; of more, one person fewer is all that is tried


@dataclass(frozen=True)
class Step:
    """One person fewer of a choice, and one more of another where `to` is not negative; money saved."""

    of: int
    to: int
    saving: float

    def after(self, values: IntArray) -> IntArray:
        """The choices after it."""
        after = values.copy()
        after[self.of] -= 1
        if self.to >= 0:
            after[self.to] += 1
        return after


@dataclass
class Polish:
    """Steps from `now`: the cheapest people that held, or others as cheap and with more to spare.

    worth: rows × choices, what one person of a choice is worth in each row's own unit
    keep: hears of people that are cheaper and hold
    """

    master: Master
    trials: Trials
    observations: int
    now: Held
    worth: FloatArray
    until: float
    note: Note
    keep: Keep
    tried: set[tuple[int, ...]] = field(default_factory=set)
    n_in_vain: int = 0
    n_from_here: int = 0

    def run(self) -> None:
        """Steps while any is likely to hold and there is time."""
        while self.n_in_vain < _IN_VAIN and time.perf_counter() < self.until:
            steps = self._likely()
            if not steps:
                return
            self._try(steps)

    def _try(self, steps: list[Step]) -> None:
        """The first that is cheaper and holds is taken, or as cheap and further from any miss."""
        now = self.now.proposal
        proposals = [proposal_of(self.master, step.after(now.values), now.solved) for step in steps]
        people = [with_people(self.master.frame.scenario, proposal.plans) for proposal in proposals]
        found = self.trials.masses(people, self.observations)
        for step, proposal, scenario, masses in zip(steps, proposals, people, found, strict=True):
            self.n_in_vain += 1
            self.n_from_here += 1
            self.tried.add(tuple(proposal.values.tolist()))
            verdict = self.trials.verdict(masses)
            if step.saving <= 0.0 and _nearest(verdict) > _nearest(self.now.verdict):
                self.now, self.n_from_here = Held(proposal, scenario, verdict), 0
                return
            if step.saving > 0.0 and not shortfall(verdict).any():
                self._take(Held(proposal, scenario, verdict))
                return

    def _take(self, held: Held) -> None:
        self.now, self.n_in_vain, self.n_from_here = held, 0, 0
        self.keep(held)
        self.note(f"best {held.proposal.cost:,.6g}, one person at a time")

    def _likely(self) -> list[Step]:
        """Untried steps that the rules allow: those expected to save most, else those that leave most to spare."""
        of, to, saving = self._all_steps()
        nearest = self._nearest_after(of, to)
        chance = ndtr(nearest)
        hopeful = (saving > 0.0) & (chance > _HOPELESS)
        cheaper = np.where(hopeful, saving * chance, -np.inf)
        better = (saving <= 0.0) & (nearest > _nearest(self.now.verdict))
        safer = np.where(better, nearest, -np.inf)
        ways = (cheaper, safer) if self.n_from_here < _FROM_HERE else (safer, cheaper)
        return self._first_allowed(of, to, saving, ways[0]) or self._first_allowed(of, to, saving, ways[1])

    def _first_allowed(self, of: IntArray, to: IntArray, saving: FloatArray, rank: FloatArray) -> list[Step]:
        found: list[Step] = []
        for k in np.argsort(-rank, kind="stable"):
            if not np.isfinite(rank[k]) or len(found) == _AT_ONCE:
                break
            step = Step(int(of[k]), int(to[k]), float(saving[k]))
            values = step.after(self.now.proposal.values)
            if tuple(values.tolist()) not in self.tried and self.master.groups.allow(values):
                found.append(step)
        return found

    def _all_steps(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Every step that costs nothing: from which choice, to which (−1: none), money saved."""
        prices = np.array([choice.price for choice in self.master.groups.choices])
        sources = np.flatnonzero(self.now.proposal.values > 0)
        targets = np.append(np.arange(len(prices)), -1)
        if len(sources) * len(targets) * len(self.worth) > _ALL_PAIRS:
            targets = np.array([-1])
        saving = prices[sources][:, None] - np.append(prices, 0.0)[targets][None, :]
        i, j = np.nonzero((saving >= -_ROUNDING) & (sources[:, None] != targets[None, :]))
        return sources[i], targets[j], np.where(saving[i, j] > _ROUNDING, saving[i, j], 0.0)

    def _nearest_after(self, of: IntArray, to: IntArray) -> FloatArray:
        """min_r (margin + change) ÷ (error + |change| ÷ 2); rows in which nobody comes say nothing."""
        verdict = self.now.verdict
        worth = np.column_stack([self.worth, np.zeros(len(self.worth))])
        nearest = np.full(len(of), np.inf)
        for margin, error, one in zip(verdict.margin, verdict.error, worth, strict=True):
            if np.isfinite(margin):
                change = one[to] - one[of]
                after = (margin + change) / (error + 0.5 * np.abs(change) + _ROUNDING)
                nearest = np.minimum(nearest, after)
        return nearest


def _nearest(verdict: Verdict) -> float:
    """How far the row nearest to a miss, or missed most, is on the right side, in its standard errors."""
    return float((verdict.margin / (verdict.error + _ROUNDING)).min(initial=np.inf))


def worth_of(master: Master, slope: FloatArray, held: Held, trials: Trials) -> FloatArray:
    """Slopes, per person as the master counts people, as what one more of each choice is worth; rows × choices."""
    sizes = np.array(
        [held.verdict.found.below[row.promise, row.first : row.end].sum() for row in trials.promised.rows]
    )
    per_contact = slope / np.where(sizes > 0.0, sizes, 1.0)[:, None]
    if master.by_choice:
        return per_contact
    return per_contact @ master.groups.heads_of_choices
