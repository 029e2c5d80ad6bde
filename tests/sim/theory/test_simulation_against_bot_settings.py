"""Theory: a bot that closes more while the queue is long, against a birth-death chain; a bot that learns, by day."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.records.totals import AttemptSum
from sim.replicate import Asked, run
from sim.world.months import DAYS_PER_MONTH
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import center, team

N_AGENTS, TALK_S, PATIENCE_S, PER_H, DAYS = 5, 120.0, 200.0, 260.0, 3
USUALLY, AT_PEAK, WAITING_ABOVE = 0.2, 0.6, 2
LONGEST = 120


def chain_at_peak() -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of k contacts with people, waiting or talking; and how many of the arrivals the bot contains then.

    Up at λ (1 − c(k)), with c the higher share where k − n > w; down at μ min(k, n) + θ (k − n)⁺. Poisson arrivals
    see time averages; sessions take no time, so they join the queue that they have seen.
    """
    k = np.arange(LONGEST)
    waiting = np.maximum(k - N_AGENTS, 0)
    contained = np.where(waiting > WAITING_ABOVE, AT_PEAK, USUALLY)
    up = PER_H / 3600.0 * (1.0 - contained)
    down = np.minimum(k, N_AGENTS) / TALK_S + waiting / PATIENCE_S
    weights = np.concatenate([[1.0], np.cumprod(up[:-1] / down[1:])])
    return weights / weights.sum(), contained


def test_a_bot_that_closes_more_while_the_queue_is_long():
    """Four figures at four standard errors over 60 replications: a right engine fails once in 1,400."""
    p, contained = chain_at_peak()
    k = np.arange(LONGEST)
    waiting = np.maximum(k - N_AGENTS, 0)
    calls = {
        "channel": "voice",
        "arrivals": {"per_h": PER_H},
        "talk_s": {"law": "exponential", "mean": TALK_S},
        "patience_s": {"law": "exponential", "mean": PATIENCE_S},
    }
    peak = {"waiting_above": WAITING_ABOVE, "solved": 100 * AT_PEAK - 20, "wrongly_closed": 20}
    part = {"of_100": {"solved": 20, "handed_over": 80}, "at_peak": peak}
    calendar = {"days": DAYS, "warm_up_h": 6}
    day = center(
        {"call": calls}, {"team": team(N_AGENTS)}, calendar, bot={"menu": {"contact_type": {"call": part}}}
    )
    found = run(day, Asked(seed=11, replications=60))
    offered_per_s = PER_H / 3600.0 * float(p @ (1.0 - contained))
    assert_near(found, "containment_rate", float(p @ contained))
    assert_near(found, "mean_queue_length", float(p @ waiting))
    assert_near(found, "abandonment_rate", float(p @ waiting) / PATIENCE_S / offered_per_s)
    wrong_share = float(p @ (contained == AT_PEAK)) * 0.2
    assert_near(found, "wrongly_closed", wrong_share * PER_H * 24 * DAYS)


@pytest.mark.parametrize("selectivity", [0.0, 0.7])
def test_a_bot_that_learns_closes_what_its_day_says(selectivity: float):
    """Of n contacts on day d: Binomial(n, c g(d)), g the grown share; Σ of squared scores over 40 days is χ²(40).

    Fails a right engine below one time in 10,000: 40 + 5 √80.
    """
    days, learned, c = 40, 30, 0.5
    calls = {
        "channel": "voice",
        "arrivals": {"per_h": 100},
        "talk_s": {"law": "lognormal", "mean": 60, "cv": 1},
    }
    part = {"of_100": {"solved": 40, "wrongly_closed": 10, "handed_over": 50}}
    bot = {
        "ramp_up": {"months": learned / DAYS_PER_MONTH, "start_share": 0.1},
        "selectivity": selectivity,
        "contact_type": {"call": part},
    }
    calendar = {"days": days, "interval_min": 1440}
    world = center({"call": calls}, {"team": team(20)}, calendar, bot={"menu": bot})
    sums = run(world, Asked(seed=3, replications=1, by_interval=True)).totals[0].attempts[0]
    kinds = AttemptSum.ENTERED_BOT, AttemptSum.CONTAINED, AttemptSum.WRONGLY_CLOSED
    n, contained, wrong = (sums[:, kind] for kind in kinds)
    share = c * np.minimum(0.1 + 0.9 * np.arange(days) / learned, 1.0)
    chi_square = float(np.sum((contained - n * share) ** 2 / (n * share * (1 - share))))
    assert chi_square < days + 5 * math.sqrt(2 * days)
    assert contained[:5].sum() < 0.5 * contained[-5:].sum()
    error = math.sqrt(0.2 * 0.8 * contained.sum())
    assert abs(wrong.sum() - 0.2 * contained.sum()) < 4 * error
