"""Laws: which draw belongs to what. Patience and bot belong to the attempt, talk and wrap-up to the conversation.

Every exponential value is worked out from its own uniform number: x = −mean · ln(1 − u).
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from sim.chance.draws import Owner, Purpose, key_of, uniform
from sim.chance.normal import normal_quantile
from sim.codes import BotOutcome, Origin, Outcome
from tests.sim.worlds import HOUR_S, call, center, constant, lived, team


def drawn(mean: float, k: int, purpose: Purpose, index: int) -> float:
    """An exponential value of the k-th need of the first type on day 0."""
    key = key_of(1, 0, Owner.NEED, 0, 0, k)
    return -mean * math.log1p(-uniform(key, purpose, index))


def test_talk_and_wrap_up_of_a_first_conversation(monkeypatch):
    (only,) = lived(monkeypatch, center({"call": call(talk_s=100, wrap_up_s=30)}), [5])
    assert only.talk_s == pytest.approx(drawn(100, 0, Purpose.TALK, 0), rel=1e-12)
    assert only.wrap_up_s == pytest.approx(drawn(30, 0, Purpose.WRAP_UP, 0), rel=1e-12)


def test_a_second_conversation_draws_a_new_talk(monkeypatch):
    back = {"share": 1.0, "delay_h": constant(1)}
    types = {"call": call(talk_s=100, wrap_up_s=30, resolution_rate=0.0, reconnect=back)}
    found = lived(monkeypatch, center(types), [5])[:3]
    assert [c.talk_s for c in found] == pytest.approx([drawn(100, 0, Purpose.TALK, i) for i in range(3)])
    assert [c.wrap_up_s for c in found] == pytest.approx([drawn(30, 0, Purpose.WRAP_UP, i) for i in range(3)])


def test_a_transfer_draws_the_next_talk(monkeypatch):
    types = {
        "call": call(talk_s=100, transfer={"share": 1.0, "to": "expert"}),
        "expert": call(talk_s=300),
    }
    found = lived(monkeypatch, center(types, {"all": team(1, ["call", "expert"])}), {"call": [5]})
    assert [c.talk_s for c in found] == pytest.approx(
        [drawn(100, 0, Purpose.TALK, 0), drawn(300, 0, Purpose.TALK, 1)]
    )


def test_a_redial_brings_the_talk_that_has_not_happened_and_patience_of_its_own(monkeypatch):
    """Need 0 keeps the one agent busy for 2000 s; need 1 gives up twice or more, and is served at last."""
    first = call(talk_s=constant(2000))
    second = call(talk_s=100, patience_s=200, redial={"share": 1.0, "delay_s": constant(300)})
    types = {"call": second, "long": first}
    found = lived(monkeypatch, center(types, {"all": team(1, ["call", "long"])}), {"call": [5], "long": [0]})
    tries = [c for c in found if c.type == "call"]
    assert len(tries) > 2
    for attempt, c in enumerate(tries[:-1]):
        assert c.outcome is Outcome.ABANDONED
        patience_s = drawn(200, 0, Purpose.PATIENCE, attempt)
        assert c.ended_s - c.queued_s == pytest.approx(patience_s, rel=1e-9)
    assert tries[-1].talk_s == pytest.approx(drawn(100, 0, Purpose.TALK, 0), rel=1e-12)
    assert [c.origin for c in tries[1:]] == [Origin.REDIAL] * (len(tries) - 1)


@pytest.mark.parametrize(("back_as", "mean_s"), [("call", 100), ("again", 250)])
def test_a_return_after_wrong_closing_brings_the_talk_that_has_not_happened(monkeypatch, back_as, mean_s):
    """By the law of the type as which it returns."""
    back = {"share": 1.0, "delay_h": constant(1), "as": back_as}
    types = {"call": call(talk_s=100, reconnect=back), "again": call(talk_s=250)}
    part = {"of_100": {"wrongly_closed": 100}, "wrongly_closed_skip_bot": True}
    day = center(types, {"all": team(1, ["call", "again"])}, bot={"menu": {"contact_type": {"call": part}}})
    found = lived(monkeypatch, day, {"call": [5]})
    assert found[1].talk_s == pytest.approx(drawn(mean_s, 0, Purpose.TALK, 0), rel=1e-12)


def test_delays_belong_to_the_attempt(monkeypatch):
    types = {"call": call(patience_s=constant(0), redial={"share": 1.0, "delay_s": 600})}
    found = lived(monkeypatch, center(types, {"team": team(0)}, {"hours": {"mon-sun": "00:00-23:00"}}), [5])
    for before, after in pairwise(found[:4]):
        delay_s = drawn(600, 0, Purpose.REDIAL_DELAY, before.attempt)
        assert after.arrived_s - before.ended_s == pytest.approx(delay_s, rel=1e-9)


@pytest.mark.parametrize("need", range(6))
def test_how_an_attempt_fares_at_the_bot(monkeypatch, need):
    """Leaves by its own number; else contained where −s Z + √(1 − s²) ε > Φ⁻¹(1 − c′); wrongly by its own number.

    Z is the score of the talk that has not happened yet: of conversation 0 until a person has answered.
    """
    of_100 = {"solved": 20, "wrongly_closed": 20, "handed_over": 40, "left": 20}
    types = {
        "call": call(
            talk_s=100,
            patience_s=10_000,
            resolution_rate=0.0,
            reconnect={"share": 1.0, "delay_h": constant(1)},
            redial={"share": 1.0, "delay_s": constant(3600)},
        )
    }
    bot = {"menu": {"selectivity": 0.6, "contact_type": {"call": {"of_100": of_100, "entry_share": 0.9}}}}
    found = lived(monkeypatch, center(types, bot=bot), [HOUR_S * i for i in range(6)])
    mine = [c for c in found if c.need == need][:8]
    talks = 0
    for c in mine:
        assert c.bot is expected_end(need, c.attempt, talks)
        talks += c.answered_s == c.answered_s


def expected_end(k: int, attempt: int, conversation: int) -> BotOutcome:
    key = key_of(1, 0, Owner.NEED, 0, 0, k)
    if uniform(key, Purpose.ENTERS_BOT, attempt) >= 0.9:
        return BotOutcome.OPTED_OUT
    if uniform(key, Purpose.LEAVES_BOT, attempt) < 0.2:
        return BotOutcome.LEFT
    talk, noise = uniform(key, Purpose.TALK, conversation), uniform(key, Purpose.BOT_NOISE, attempt)
    if -0.6 * normal_quantile(talk) + 0.8 * normal_quantile(noise) <= normal_quantile(1 - 0.4 / 0.8):
        return BotOutcome.ESCALATED
    wrong = uniform(key, Purpose.WRONGLY_CLOSED, attempt) < 0.5
    return BotOutcome.WRONGLY_CLOSED if wrong else BotOutcome.SOLVED


def test_customers_do_not_share_draws(monkeypatch):
    """A hundred needs, a hundred talks."""
    found = lived(monkeypatch, center({"call": call(talk_s=100)}, {"team": team(50)}), range(100))
    assert len(np.unique([c.talk_s for c in found])) == 100
