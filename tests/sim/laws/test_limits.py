"""Laws: limits are kept, and nobody is turned away before they are reached."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.codes import BotOutcome, Outcome
from sim.records.records import Attempts
from tests.sim.laws.small_centers import small_centers
from tests.sim.steady import steady
from tests.sim.worlds import records


def at_most(starts_s: np.ndarray, ends_s: np.ndarray) -> int:
    """The most at once; a spell that ends at a moment makes room for one that begins then."""
    steps = sorted([(at_s, 1) for at_s in starts_s] + [(at_s, -1) for at_s in ends_s])
    return int(np.cumsum([step for _, step in steps]).max(initial=0))


def spells(starts_s: np.ndarray, ends_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those that began; what had not ended when the run did lasts for ever."""
    began = ~np.isnan(starts_s)
    return starts_s[began], np.where(np.isnan(ends_s), np.inf, ends_s)[began]


def lines_of(a: Attempts) -> tuple[np.ndarray, np.ndarray]:
    """From joining the queue until leaving it, or until the talk ends; balking takes no time."""
    return spells(a.queued_s, np.where(np.isnan(a.answered_s), a.ended_s, a.answered_s + a.talk_s))


@steady(60)
@given(small_centers().filter(lambda scenario: scenario.lines is not None))
def test_lines(scenario):
    """Waiting and talking contacts are never more than lines, and are as many whenever one is blocked."""
    a = records(scenario).attempts
    n_lines = scenario.lines.n
    starts_s, ends_s = lines_of(a)
    assert at_most(starts_s, ends_s) <= n_lines
    asked_s = np.where(np.isnan(a.left_bot_s), a.arrived_s, a.left_bot_s)  # a session with the bot came first
    for at_s in asked_s[a.outcome == Outcome.BLOCKED]:
        assert ((starts_s <= at_s) & (at_s <= ends_s)).sum() >= n_lines


@steady(60)
@given(small_centers().filter(lambda scenario: bool(scenario.bot)))
def test_sessions(scenario):
    """The same for a bot's sessions and those whom it refuses."""
    a = records(scenario).attempts
    (bot,) = scenario.bot.values()
    if bot.max_sessions is None:
        assert not (a.bot == BotOutcome.REFUSED).any()
        return
    met = a.bot >= BotOutcome.SOLVED
    starts_s, ends_s = spells(np.where(met, a.arrived_s, np.nan), a.left_bot_s)
    assert at_most(starts_s, ends_s) <= bot.max_sessions
    for at_s in a.arrived_s[a.bot == BotOutcome.REFUSED]:
        assert ((starts_s <= at_s) & (at_s <= ends_s)).sum() >= bot.max_sessions
