"""What reaches the agents: shares and talk factors against closed forms and fixed points solved by hand."""

import numpy as np
import pytest

from optimizer.requirement.agent_load import bot_shares, mean_talk_factor, stages_of
from optimizer.requirement.first_guess import first_guess
from scenarios import Scenario, from_data
from sim.chance.laws import lognormal_sigma
from sim.theory import Target, required_agents, talk_factor_after_bot


def center(**call: object) -> Scenario:
    """One type, one team, and what is given on top."""
    bot = call.pop("bot", None)
    data = {
        "name": "small",
        "contact_type": {
            "call": {
                "channel": "voice",
                "arrivals": {"per_h": 360},
                "talk_s": {"law": "lognormal", "mean": 300, "cv": 1.2},
                "service_target": "80/20",
                **call,
            }
        },
        "agent_group": {"team": {"skills": ["call"], "agents": {"present": 40}}},
    }
    return from_data(data | ({"bot": {"menu": bot}} if bot else {}))


def selective_bot(selectivity: float) -> dict[str, object]:
    of_100 = {"solved": 30, "wrongly_closed": 10, "handed_over": 60}
    return {"selectivity": selectivity, "contact_type": {"call": {"of_100": of_100}}}


@pytest.mark.parametrize("selectivity", [0.0, 0.3, 0.6, 0.9])
def test_talk_after_a_selective_bot_is_the_closed_form(selectivity: float) -> None:
    shares = bot_shares(center(bot=selective_bot(selectivity)))["call"]
    expected = talk_factor_after_bot(0.4, selectivity, lognormal_sigma(1.2))
    # The mean over 4,096 midpoints of a heavy-tailed law misses part of its tail: a few tenths of a percent.
    assert shares.talk_handed_over == pytest.approx(expected, rel=0.005)


def test_talk_is_kept_in_all() -> None:
    shares = bot_shares(center(bot=selective_bot(0.6)))["call"]
    mean = 0.6 * shares.talk_handed_over + 0.4 * shares.talk_contained
    assert mean == pytest.approx(1.0, rel=1e-3)


def test_redials_to_their_fixed_point() -> None:
    # x = 1 + r a x, with a the share that gives up and r the share of those who redial.
    scenario = center(redial={"share": 0.5, "delay_s": 60, "skip_bot": True}, patience_s=60)
    stages = stages_of(scenario, {"call": 1.0}, 0.2)
    assert stages.offered[0] == pytest.approx(1.0 / (1.0 - 0.5 * 0.2), rel=1e-9)


def test_wrong_closings_and_unresolved_calls_come_back() -> None:
    # Handed over 0.6; wrongly closed 0.1 and unresolved 1 − ρ come back with share c = 0.5, past the bot:
    # x = 0.6 + 0.1 c + (1 − ρ) c x.
    back = {"share": 0.5, "delay_h": 1, "skip_bot": True}
    bot = selective_bot(0.6)
    bot["contact_type"]["call"]["wrongly_closed_skip_bot"] = True  # type: ignore[index]
    scenario = center(bot=bot, resolution_rate=0.8, reconnect=back)
    stages = stages_of(scenario, {"call": 1.0}, 0.0)
    assert stages.offered[0] == pytest.approx((0.6 + 0.05) / (1.0 - 0.2 * 0.5), rel=1e-9)
    shares = bot_shares(scenario)["call"]
    expected = 0.6 * shares.talk_handed_over + 0.05 * shares.talk_contained + (stages.offered[0] - 0.65)
    assert mean_talk_factor(scenario, stages)[0] == pytest.approx(expected / stages.offered[0], rel=1e-9)


def test_steady_guess_is_the_formula() -> None:
    scenario = center(talk_s=300, patience_s=120)
    guess = first_guess(scenario, "team")
    exact = required_agents(0.1, 300.0, 120.0, Target(share=0.8, awt_s=20.0))
    assert set(np.unique(guess.required)) == {exact}
    assert guess.offered_load_erl == pytest.approx(30.0, rel=1e-9)
