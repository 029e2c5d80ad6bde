"""Messages: each combination of saving and unmet needs has its own sentence."""

from __future__ import annotations

from typing import Any

import pytest

from results.study import Decision, Span
from results.texts.decision import beside_lines, decision_lines
from sim.measures.estimates import Estimate

TOO_MUCH = "what the plans may cost too much, by their gaps and by service above the promise"


def decision(a_year: float, unmet: float, **more: Any) -> Decision:
    """Half-widths of 100 and 10; the price as the figures give it where it can be told."""
    price = Estimate(a_year / unmet, 0.4) if abs(unmet) > 10 else None
    fields: dict[str, Any] = {
        "case": "design_planned:bot",
        "label": "Bot",
        "reference": "as_is_planned:now",
        "saving": Estimate(a_year, 100.0),
        "saving_span": Span(a_year, a_year - 150.0, a_year + 150.0),
        "more_unmet": Estimate(unmet, 10.0),
        "price": price,
        "one_off": 0.0,
        "planned": True,
        "missed_by": (),
    }
    return Decision(**(fields | more))


@pytest.mark.parametrize(
    ("saving", "more_unmet", "first", "second"),
    [
        (
            5000,
            200,
            "“Bot” saves EUR 5,000 (± 100) a year and leaves 200 (± 10) more needs unmet.",
            "It loses if one unmet need costs more than EUR 25.00 (± 0.40).",
        ),
        (
            5000,
            -200,
            "“Bot” saves EUR 5,000 (± 100) a year and meets 200 (± 10) more needs.",
            "It gains on both counts, whatever an unmet need costs.",
        ),
        (
            5000,
            3,
            (
                "“Bot” saves EUR 5,000 (± 100) a year and leaves no more or fewer needs unmet than chance would "
                "(3 ± 10 a year)."
            ),
            "No price of an unmet need can be told: the interval of the unmet needs holds zero.",
        ),
        (
            -5000,
            200,
            "“Bot” costs EUR 5,000 (± 100) a year more and leaves 200 (± 10) more needs unmet.",
            "It saves nothing and loses on both counts, whatever an unmet need costs.",
        ),
        (
            -5000,
            -200,
            "“Bot” costs EUR 5,000 (± 100) a year more and meets 200 (± 10) more needs.",
            "It saves nothing; it pays only if one need met is worth more than EUR 25.00 (± 0.40).",
        ),
        (
            -5000,
            -3,
            (
                "“Bot” costs EUR 5,000 (± 100) a year more and leaves no more or fewer needs unmet than chance would "
                "(−3 ± 10 a year)."
            ),
            "It saves nothing, and no gain in needs met can be told from chance that would pay for it.",
        ),
        (
            80,
            200,
            (
                "“Bot” saves nothing that can be told from chance (EUR 80 ± 100 a year) and "
                "leaves 200 (± 10) more needs unmet."
            ),
            "It saves nothing that can be told from chance and leaves more undone: nothing speaks for it.",
        ),
        (
            -80,
            -200,
            (
                "“Bot” saves nothing that can be told from chance (EUR −80 ± 100 a year) and "
                "meets 200 (± 10) more needs."
            ),
            "It costs nothing that can be told from chance and meets more needs: neither speaks against it.",
        ),
        (
            0,
            0,
            (
                "“Bot” saves nothing that can be told from chance (EUR 0 ± 100 a year) and leaves "
                "no more or fewer needs unmet than chance would (0 ± 10 a year)."
            ),
            "Neither a saving nor a price of an unmet need can be told: run more replications.",
        ),
    ],
)
def test_sentences(saving: float, more_unmet: float, first: str, second: str) -> None:
    assert decision_lines(decision(saving, more_unmet), "EUR") == (first, second)


def test_one_replication_tells_nothing() -> None:
    alone = decision(
        5000,
        200,
        saving=Estimate(5000.0, None),
        saving_span=Span(5000.0),
        more_unmet=Estimate(200.0, None),
        price=None,
    )
    assert decision_lines(alone, "EUR")[1] == (
        "Neither a saving nor a price of an unmet need can be told: run more replications."
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"one_off": 2500.0}, "Beside it: EUR 2,500 to be paid once, as much as 6.0 months of this saving."),
        ({"one_off": -2500.0}, "Beside it: EUR 2,500 less to be paid once."),
        (
            {"in_time": Estimate(-0.68, 0.04)},
            "Against it: of 100 pieces of deferred work, 68.0 (± 4.0) fewer are done in time.",
        ),
        (
            {
                "one_off": 2500.0,
                "saving": Estimate(-5000.0, 100.0),
                "saving_span": Span(-5000.0, -5150.0, -4850.0),
            },
            "Beside it: EUR 2,500 to be paid once, which no saving pays back.",
        ),
        (
            {},
            f"With {TOO_MUCH}, the saving lies within EUR 4,850 to 5,150 a year.",
        ),
        (
            {"saving": Estimate(-5000.0, 100.0), "saving_span": Span(-5000.0, -5150.0, -4850.0)},
            f"With {TOO_MUCH}, the added cost lies within EUR 4,850 to 5,150 a year.",
        ),
        (
            {"saving_span": Span(5000.0, -2000.0, 9000.0)},
            f"W{TOO_MUCH[1:]}, could turn this around: with it the saving lies within EUR −2,000 to 9,000 a year.",
        ),
        (
            {"missed_by": ("Now, planned",)},
            "Not between equals yet: the plan of “Now, planned” misses its target in places (see the plans).",
        ),
        (
            {"missed_by": ("Now", "Bot")},
            "Not between equals yet: the plans of “Now” and “Bot” miss their target in places (see the plans).",
        ),
        (
            {"planned": False},
            "Both run with the people of their files: no shifts were planned, so no saved people are in this figure.",
        ),
    ],
)
def test_what_stands_beside(more: dict[str, Any], sentence: str) -> None:
    assert sentence in list(beside_lines(decision(5000, 200, **more), "EUR"))


def test_gaps_that_add_nothing_are_not_told() -> None:
    exact = decision(5000, 200, saving_span=Span(5000.0, 4900.0, 5100.0))
    assert list(beside_lines(exact, "EUR")) == []
