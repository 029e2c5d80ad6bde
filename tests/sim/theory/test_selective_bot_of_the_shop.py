"""Theory: what the shop's chat bot leaves to people talks longer by the closed form, in the midst of everything else.

Two figures at four standard errors: a right engine fails with probability 0.0001.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from scenarios import load
from sim.codes import BotOutcome, Origin
from sim.theory import talk_factor_after_bot
from sim.world.world import world_of
from tests.sim.engines import compiled

KINDS = ["order_status", "refund"]


@pytest.mark.parametrize("name", KINDS)
def test_those_handed_over_by_the_shops_bot_talk_longer(name):
    """Of first contacts; with so many people that everybody is served, and each chat is worked alone."""
    shop = load("retail-bot-first").changed({"agent_group.chat_team.agents": {"present": 300}})
    talk, met = shop.contact_type[name].talk_s, shop.bot["chat"].contact_type[name].of_100
    a = compiled(world_of(shop)).records.attempts
    of_kind = a.contact_type == list(shop.contact_type).index(name)
    served = of_kind & (a.origin == Origin.FRESH) & (a.bot == BotOutcome.ESCALATED) & (a.talk_s > 0.0)
    factors = a.talk_s[served] / talk.mean
    sigma = math.sqrt(math.log1p(talk.cv**2))
    expected = talk_factor_after_bot(met.contained / (100 - met.left), shop.bot["chat"].selectivity, sigma)
    error = float(np.std(factors, ddof=1)) / math.sqrt(len(factors))
    assert error < 0.04 * expected
    assert expected > 1.15
    assert abs(float(factors.mean()) - expected) < 4 * error
