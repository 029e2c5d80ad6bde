"""From people who miss a little to people who hold: one person more at a time, where one helps most for the money.

    shortfall_r = what row r lacks of its promise and of an allowance for chance
    the next choice j:  max_j Σ_r min(1, worth_rj ÷ shortfall_r) ÷ price_j,  over the rows that lack anything

Each is simulated, as slopes err; what came of too many is taken away afterwards (`optimizer.together.polish`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.solver import Solved
from optimizer.staffing import with_people
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.trials import Trials, Verdict

_STEPS = 60  # people added at most; many more would mean that the people are not nearly enough
_BEND = 0.9  # what a person is worth after one more has come
Keep = Callable[[Held], None]


def repaired(
    master: Master,
    trials: Trials,
    observations: int,
    held: Held,
    worth: FloatArray,
    until: float,
    keep: Keep,
) -> Held:
    """People who hold, from these; those that came closest where the rules or the time allow no more."""
    prices = np.array([choice.price for choice in master.groups.choices])
    worth = worth.copy()
    for _ in range(_STEPS):
        lacks = shortfall(held.verdict)
        if not lacks.any() or time.perf_counter() > until:
            break
        values = _one_more(master, held.proposal.values, gain_per_money(worth, lacks, prices))
        if values is None:
            break
        proposal = proposal_of(master, values, held.proposal.solved)
        people = with_people(master.frame.scenario, proposal.plans)
        added = int(np.flatnonzero(values > held.proposal.values)[0])
        held = Held(proposal, people, trials.look(people, observations))
        keep(held)
        worth[:, added] *= _BEND
    return held


def shortfall(verdict: Verdict) -> FloatArray:
    """What each row lacks of its promise and of an allowance, in its own unit; 0 where it holds or nobody comes."""
    lacks = verdict.allowance() - verdict.margin
    return np.where(np.isfinite(lacks), np.maximum(0.0, lacks), 0.0)


def gain_per_money(worth: FloatArray, lacks: FloatArray, prices: FloatArray) -> FloatArray:
    """Σ_r min(1, worth_rj ÷ shortfall_r) ÷ price_j"""
    rows = lacks > 0.0
    return np.asarray(np.minimum(1.0, worth[rows] / lacks[rows][:, None]).sum(axis=0) / prices)


def proposal_of(master: Master, values: IntArray, solved: Solved) -> Proposal:
    """The people that choices stand for, as the master has them."""
    groups = master.groups
    plans = groups.plans_of(values)
    people = values.astype(np.float64) if master.by_choice else groups.heads_of_choices @ values
    cost = sum(plan.cost for plan in plans.values())
    return Proposal(plans, people, values, groups.counts(), cost, solved)


def _one_more(master: Master, values: IntArray, gain: FloatArray) -> IntArray | None:
    """One more of the choice with the largest gain that the rules allow."""
    for j in np.argsort(-gain, kind="stable"):
        if gain[j] <= 0.0:
            return None
        more = values.copy()
        more[j] += 1
        if master.groups.allow(more):
            return more
    return None
