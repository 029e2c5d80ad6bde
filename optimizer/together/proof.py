"""The proof, where the choices are few: no cheaper people hold, as every way to be cheaper has been refuted.

People who miss a promise miss it with fewer people too. So people that missed are first made as many as possible with
the promise still missed; then a cut says that somewhere there must be more than that. The cheapest people under all
such cuts are tried next: if they hold they are the cheapest of all, and if not there is one cut more (a Benders
decomposition by logic with simulation as its subproblem: Hooker and Ottosson 2003, Mathematical Programming 96).

A bound that was estimated only says where to begin: before the search is closed, whoever is cheaper is refuted too.
That more people never make a promise worse is an assumption where priorities, reserves or a quick patience let work
that is done for some hold up others; the tests hold the result against exact optima.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.people import Effort
from optimizer.solver import Solved, Status
from optimizer.staffing import with_people
from optimizer.together.curves import Cut
from optimizer.together.frame import Frame
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.promised import Row
from optimizer.together.start import needs_by_type
from optimizer.together.trials import Note, Trials, Verdict
from scenarios import Scenario

MOST_CHOICES = 40  # integer choices up to which a proof is tried
# Observations of a judgment, in parts of a sample's: few settle what is clear, many what is close.
_LEAST, _MOST = 0.25, 20.0
_ROUNDING = 1e-6
_SPARE_PEOPLE = 2


@dataclass
class Proof:
    """What is proven: no people that hold cost less than `lower_bound`; `best` holds, where there is any.

    is_stuck: a promise is missed with as many of each choice as are worth a look, so that nothing can be concluded
    """

    frame: Frame
    trials: Trials
    effort: Effort
    until: float
    note: Note
    observations: int
    best: Held | None
    cuts: Sequence[Cut] = ()
    lower_bound: float = 0.0
    n_judged: int = 0
    is_closed: bool = False
    is_stuck: bool = False

    def may_be_tried(self) -> bool:
        """Whether people have nothing more to choose than how many there are, and of not too many kinds."""
        master = Master(self.frame, self.effort.solver)
        return not master.groups.has_breaks_or_weeks and len(master.groups.choices) <= MOST_CHOICES

    def run(self) -> None:
        """Cuts and candidates, until the cheapest candidate holds or nothing cheaper is left, or the time is up."""
        master = Master(self.frame, self.effort.solver)
        most = most_of(master)
        for cut in self.cuts:
            master.add_cut(cut)
        if self.lower_bound > 0.0:
            master.cost_at_least(self.lower_bound)
        while time.perf_counter() < self.until and not (self.is_closed or self.is_stuck):
            if self.best is not None:
                master.cost_less_than(self.best.proposal.cost)
            found = master.solve(0.0, max(1.0, self.until - time.perf_counter()))
            if isinstance(found, Solved) or master.is_short:
                is_closed = isinstance(found, Proposal) or found.status is Status.INFEASIBLE
                if is_closed and self._looks_below_the_estimate(master):
                    continue
                self._close(is_closed)
                return
            self.lower_bound = max(self.lower_bound, found.solved.lower_bound or 0.0)
            self._try(master, found, most)

    def _looks_below_the_estimate(self, master: Master) -> bool:
        """Whether an estimate still kept cheaper people out; from now on it does not. Guiding cuts prove nothing."""
        return self.best is not None and not self.cuts and master.forget_least_cost()

    def _close(self, is_closed: bool) -> None:
        """Nothing cheaper than the best is left; without guiding cuts that is a proof."""
        if is_closed and self.best is not None:
            self.is_closed = True
            self.lower_bound = self.best.proposal.cost

    def _try(self, master: Master, found: Proposal, most: IntArray) -> None:
        values = master.groups.values()
        people = with_people(self.frame.scenario, found.plans)
        verdict = self._judged(people, _MOST)
        self._tell(found.cost)
        if verdict.holds:
            self.best = Held(found, people, verdict)
            is_cheapest = found.solved.status is Status.OPTIMAL
            if not (is_cheapest and self._looks_below_the_estimate(master)):
                self._close(is_cheapest)
        else:
            self._refute(master, values, most, verdict)

    def _refute(self, master: Master, values: IntArray, most: IntArray, verdict: Verdict) -> None:
        """The missed promise that is missed most surely, with people as many as it is still missed with."""
        row = int(np.argmin(verdict.margin / np.maximum(verdict.error, 1e-12)))
        lifted = values if self.cuts else self._lifted(master, values, most, row)
        where = [int(j) for j in np.flatnonzero(lifted < most)]
        if where:
            master.exceed_somewhere(lifted, where)
        else:
            self.is_stuck = True

    def _lifted(self, master: Master, values: IntArray, most: IntArray, row: int) -> IntArray:
        """As many people as possible with the promise still missed: far ones first, all at once, then one by one."""
        overlap = overlap_of(master, self.trials.promised.rows[row])
        lifted = np.minimum(values, most)
        far = np.where(overlap <= 0.0, most, lifted)
        if self._still_missed(master, far, row):
            lifted = far
        for j in np.argsort(overlap):
            lifted = self._raised(master, lifted, most, int(j), row)
        return lifted

    def _raised(self, master: Master, lifted: IntArray, most: IntArray, j: int, row: int) -> IntArray:
        """One choice as large as it may be: all the way if that will do, else step by step."""
        if lifted[j] >= most[j]:
            return lifted
        for to in (most[j], lifted[j] + 1):
            more = lifted.copy()
            more[j] = to
            if self._still_missed(master, more, row):
                return more if to == most[j] else self._raised(master, more, most, j, row)
        return lifted

    def _still_missed(self, master: Master, values: IntArray, row: int) -> bool:
        """A close call is left at one sample: a cut is weaker for it, not wrong."""
        verdict = self._judged(with_people(self.frame.scenario, master.groups.plans_of(values)), 1.0)
        return bool(verdict.margin[row] < -verdict.error[row])

    def _judged(self, people: Scenario, most: float) -> Verdict:
        self.n_judged += 1
        least = max(2, round(_LEAST * self.observations))
        return self.trials.judge(people, least, round(most * self.observations))

    def _tell(self, cost: float) -> None:
        best = "none yet" if self.best is None else f"{self.best.proposal.cost:,.6g}"
        self.note(f"best {best}, {self.n_judged} tried, now {cost:,.6g}")


def most_of(master: Master) -> IntArray:
    """The most of each choice that is worth a look: all that the types of its group need in its busiest column."""
    frame = master.frame
    needs = needs_by_type(frame)
    all_of = np.zeros(frame.shape)
    for g, group in enumerate(frame.groups):
        known = {skill.contact_type for skill in frame.scenario.agent_group[group].skills}
        all_of[g] = sum(
            (need.required for name, need in needs.items() if name in known), np.zeros(frame.n_columns)
        )
    busiest = [all_of[choice.group, choice.columns].max(initial=0.0) for choice in master.groups.choices]
    return np.ceil(np.array(busiest)).astype(np.int64) + _SPARE_PEOPLE


def overlap_of(master: Master, row: Row) -> FloatArray:
    """The share of a row's columns in which the people of each choice are there."""
    columns = np.unique(master.frame.of_horizon[row.first : row.end])
    columns = columns[columns >= 0]
    return np.array(
        [choice.columns[columns].mean() if len(columns) else 0.0 for choice in master.groups.choices]
    )
