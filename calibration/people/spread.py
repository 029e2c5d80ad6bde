"""How much people differ in talk time, net of the queues and hours they work.

log talk = μ(queue, hour) + a(agent) + e,  a ~ N(0, σ²): what chance gives to people with few contacts is not
taken for a difference (random effects; Searle, Casella and McCulloch 1992, Variance Components, Wiley).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

HANG_UP_S = 10.0
"""A shorter service is no conversation."""
ENOUGH_SERVICES = 20
"""People with fewer conversations tell nothing about their pace."""
STEPS = 500
SAME = 1e-9


def fit_talk_spread(contacts: Contacts) -> Estimate:
    """Standard deviation between people of the log of their talk factor: `talk_spread` of a scenario."""
    with np.errstate(invalid="ignore"):
        talks = contacts.answered & (contacts.agent >= 0) & (contacts.talk_s >= HANG_UP_S)
    enough = np.bincount(contacts.agent[talks], minlength=len(contacts.agents)) >= ENOUGH_SERVICES
    talks &= np.append(enough, False)[contacts.agent]
    n_agents = int(enough.sum())
    if n_agents < 3:
        return Estimate(
            0.0, None, n_agents, f"{n_agents} people with {ENOUGH_SERVICES} conversations: too few to tell"
        )
    hour = (contacts.joined_s[talks] % 86_400 // 3600).astype(np.int64)
    _, cell = np.unique(contacts.queue[talks] * 24 + hour, return_inverse=True)
    _, agent = np.unique(contacts.agent[talks], return_inverse=True)
    return spread_between(np.log(contacts.talk_s[talks]), cell, agent)


def spread_between(value: FloatArray, cell: IntArray, agent: IntArray) -> Estimate:
    """σ of the people's effects in value = μ(cell) + a(agent) + e, by maximum likelihood (EM).

    Standard error from Fisher's information on σ²: I = ½ Σ 1 / (σ² + s² / nᵢ)², s² the variance of e, nᵢ contacts
    of person i; of σ by the delta method. One degree of freedom is taken by the people's own mean.
    """
    n = np.bincount(agent).astype(np.float64)
    noise, between = float(np.var(value)), 0.1 * float(np.var(value))
    effect = np.zeros(len(n))
    for _ in range(STEPS):
        net = value - _cell_means(value - effect[agent], cell)[cell]
        known = between * n / (between * n + noise)
        effect = known * np.bincount(agent, weights=net) / n
        effect -= effect.mean()
        left = between * (1.0 - known)
        before = between
        between = float((effect**2 + left).sum() / (len(n) - 1))
        residual = net - effect[agent]
        noise = float(((residual**2).sum() + (n * left).sum()) / (len(value) - cell.max() - 1))
        if abs(between - before) <= SAME * noise:
            break
    information = 0.5 * float((1.0 / (between + noise / n) ** 2).sum()) * (len(n) - 1) / len(n)
    of_variance = float(1.0 / np.sqrt(information))
    note = f"random effects of {len(n)} people on log talk time, net of queue and hour of day"
    return Estimate(float(np.sqrt(between)), _of_root(between, of_variance), len(n), note)


def _of_root(variance: float, standard_error: float) -> float:
    """Standard error of √variance by the delta method; near 0, where it fails, the root of the variance's own."""
    return float(min(standard_error / (2.0 * max(np.sqrt(variance), 1e-12)), np.sqrt(standard_error)))


def _cell_means(value: FloatArray, cell: IntArray) -> FloatArray:
    return np.asarray(np.bincount(cell, weights=value) / np.bincount(cell), dtype=np.float64)
