"""What a second bot leaves to people, when the first one is already there: the selectivity to state for both.

The voice menu answers 65 of 100 callers; nobody knows how long they would have talked. A conversational bot in
its place closes some of the 35 as well, the easy ones first. In the model one selectivity acts on all 100. So the
file states the selectivity at which those who still reach a person talk longer by the factor that a selective
bot among the 35 alone would bring about.
"""

from functools import partial

import numpy as np

from scenarios.laws import Law
from sim.chance.laws import quantile_of
from sim.chance.normal import normal_quantile

SCORES = np.arange(-8.0, 8.0005, 0.001)
"""Normal scores over which the factor is integrated; what lies beyond is below 1e-14."""


def talk_factor_after_bot(talk_s: Law, contained_share: float, selectivity: float) -> float:
    """Mean talk of those handed over ÷ mean talk of all, for any law of talk time.

    Q(Φ(Z)) is the talk time, and Y = −s Z + √(1 − s²) ε decides: handed over where Y ≤ y = Φ⁻¹(1 − c), so
    factor = E[Q(Φ(Z)) Φ((y + s Z) / √(1 − s²))] / ((1 − c) E[Q(Φ(Z))]).
    For a lognormal law this is Φ(y + sσ) / (1 − c), as in sim.theory.
    """
    from scipy.special import ndtr

    weights = np.exp(-0.5 * SCORES**2)
    talk = quantile_of(talk_s).many(np.clip(ndtr(SCORES), 2.0**-53, 1.0 - 2.0**-53))
    limit = normal_quantile(1.0 - contained_share)
    handed_over = ndtr((limit + selectivity * SCORES) / np.sqrt(1.0 - selectivity**2))
    of_all = float((weights * talk).sum() / weights.sum())
    of_handed_over = float((weights * talk * handed_over).sum() / (weights * handed_over).sum())
    return of_handed_over / of_all


def matching_selectivity(
    talk_s: Law, menu_share: float, share_of_rest: float, selectivity_of_rest: float
) -> float:
    """The selectivity over all callers that lengthens talk as much as one among those the menu does not answer.

    Solves factor(m + (1 − m) c₂, s) = factor(c₂, s₂) for s by bisection; s is below s₂, because a bot that
    closes more lengthens more.
    """
    together = partial(talk_factor_after_bot, talk_s, menu_share + (1.0 - menu_share) * share_of_rest)
    wanted = talk_factor_after_bot(talk_s, share_of_rest, selectivity_of_rest)
    low, high = 0.0, selectivity_of_rest
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if together(middle) < wanted else (low, middle)
    return 0.5 * (low + high)
