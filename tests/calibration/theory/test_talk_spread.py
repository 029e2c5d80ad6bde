"""The spread between people against people whose pace we drew."""

import numpy as np

from calibration.people.spread import fit_talk_spread, spread_between
from tests.calibration.made import contacts_of


def drawn(
    rng: np.random.Generator, sigma: float, n_agents: int = 30
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log talk of people with 20 to 200 contacts in three queues, of which each takes its own mix."""
    n = rng.integers(20, 200, n_agents)
    agent = np.repeat(np.arange(n_agents), n)
    lean = rng.dirichlet([1.0, 1.0, 1.0], n_agents)
    cell = np.array([rng.choice(3, p=lean[one]) for one in agent])
    pace = rng.normal(0.0, sigma, n_agents)
    return np.array([0.0, 0.8, 1.6])[cell] + pace[agent] + rng.normal(0.0, 1.0, len(agent)), cell, agent


def test_the_spread_is_found_within_its_standard_error():
    # 60 centers; the share within two standard errors is binomial around 0.95: below 0.83 (4 sd) by chance 1e-4.
    rng = np.random.default_rng(3)
    found = [spread_between(*drawn(rng, 0.2)) for _ in range(60)]
    hits = [abs(one.value - 0.2) < 2.0 * (one.standard_error or 0.0) for one in found]
    assert np.mean(hits) >= 0.83
    # The mean of 60 is known to sd / √60: 4.5 of these, false alarm 7e-6.
    values = np.array([one.value for one in found])
    assert abs(values.mean() - 0.2) < 4.5 * values.std() / np.sqrt(60)


def test_people_alike_show_no_spread_but_chance():
    # Raw means of people with 20 to 200 contacts differ by 0.1 and more; the estimate says what is left of it.
    value, cell, agent = drawn(np.random.default_rng(4), 0.0)
    raw = np.bincount(agent, weights=value) / np.bincount(agent)
    found = spread_between(value, cell, agent)
    assert raw.std() > 0.2
    assert found.value < 0.06


def test_a_mix_of_long_and_short_queues_is_no_difference_between_people():
    # Ten people alike; odd ones take the long queue only. Within 4 standard errors of 0: false alarm 1e-4.
    rng = np.random.default_rng(5)
    agent = np.repeat(np.arange(10), 400)
    queue = agent % 2
    talk_s = np.exp(rng.normal(np.where(queue == 1, 6.0, 4.0), 0.8))
    contacts = contacts_of(
        np.arange(4000) * 60.0, talk_s=talk_s, agent=agent, queue=queue, queues=("short", "long")
    )
    assert fit_talk_spread(contacts).value < 4.0 * 0.8 / np.sqrt(400)


def test_too_few_people_say_so():
    found = fit_talk_spread(contacts_of([0.0, 60.0], talk_s=100.0, agent=[0, 1]))
    assert found.standard_error is None
    assert "too few" in found.note
