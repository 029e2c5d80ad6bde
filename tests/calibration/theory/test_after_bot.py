"""Selectivity: any law against the closed form for lognormal talk, and the shipped design's figure."""

import math

import pytest

from calibration.after_bot import matching_selectivity, talk_factor_after_bot
from scenarios import load
from scenarios.laws import Lognormal
from sim.theory.selective_bot import talk_factor_after_bot as closed_form


@pytest.mark.parametrize(("contained", "selectivity"), [(0.4, 0.6), (0.75, 0.2), (0.1, 0.95), (0.5, 0.0)])
def test_lognormal_talk_has_the_closed_form(contained: float, selectivity: float):
    law = Lognormal(mean=205.0, cv=1.11)
    sigma = math.sqrt(math.log1p(1.11**2))
    assert talk_factor_after_bot(law, contained, selectivity) == pytest.approx(
        closed_form(contained, selectivity, sigma), rel=1e-6
    )


def test_among_the_rest_alone_the_selectivity_is_the_rest_s_own():
    law = Lognormal(mean=205.0, cv=1.11)
    assert matching_selectivity(law, 0.0, 0.3, 0.5) == pytest.approx(0.5, abs=1e-9)


def test_the_shipped_bot_states_the_selectivity_that_its_talk_law_asks_for():
    talk = load("bank-1999").contact_type["ps"].talk_s
    stated = load("bank-1999-bot").bot["self_service"].selectivity
    assert stated == pytest.approx(matching_selectivity(talk, 0.65, 0.30, 0.5), abs=0.005)


def test_the_shipped_bot_closes_what_the_menu_closed_and_thirty_percent_of_the_rest():
    for contact_type in load("bank-1999-bot").bot["self_service"].contact_type.values():
        assert contact_type.of_100.contained == pytest.approx(65 + 0.30 * 35)
        assert contact_type.of_100.wrongly_closed == pytest.approx(0.30 * 35 * 0.20 / 0.76, abs=0.05)


def test_the_price_is_99_cents_for_what_the_menu_did_not_close():
    price = load("bank-1999-bot").bot["self_service"].price.per_contained
    assert price == pytest.approx(0.99 * 10.5 / 75.5, abs=0.0005)
