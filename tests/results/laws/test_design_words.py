"""Laws of a decision's words: what is said follows from what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

from optimizer.design.answer import Answer, DesignOptions, decide
from optimizer.design.break_even import BreakEven, Point
from optimizer.options import PlanOptions
from results.design_tables import decision_table
from results.design_words import break_even_text, chosen_text, verdict_text, why_not_lines
from sim.measures.estimates import Estimate
from sim.replicate import run
from tests.optimizer.design_worlds import alone, options, shop


@cache
def answer() -> Answer:
    study = alone(shop(design={"options": options()[:2]}, guardrail={"need_resolution_rate": 0.9}))
    few = DesignOptions(PlanOptions(search_replications=10, replications=10), break_even=False)
    return decide(study, few, simulate=partial(run, streams=study.streams))


def with_break_even(found: BreakEven) -> Answer:
    design, nothing = (answer().choice.verdicts[i].candidate for i in (1, 0))
    return replace(answer(), pays_from=found, bot_design=design, without_bots=nothing)


def point(containment: float, difference: float) -> Point:
    return Point(containment, containment, Estimate(difference, 1.0))


def test_one_design_is_chosen_and_told_of_once() -> None:
    said = [verdict_text(answer().choice, verdict) for verdict in answer().choice.verdicts]
    assert said.count("chosen") == 1
    best = answer().choice.best
    assert best is not None
    assert chosen_text(answer()).startswith(f"Chosen: {best.candidate.label}. It costs ")


def test_what_is_dearer_is_said_to_be() -> None:
    lines = list(why_not_lines(answer()))
    assert "and it is dearer" in lines[0]
    assert any(line.startswith("  Wrongly closed: +") for line in lines)


def test_an_interrupted_search_says_so() -> None:
    cut = replace(answer(), choice=replace(answer().choice, is_cut_short=True))
    assert chosen_text(cut).startswith("Cut short, this is the best so far. Chosen: ")


def test_where_nothing_holds_nothing_is_chosen() -> None:
    choice = replace(answer().choice, best=None, confirmed=None, status="none holds", gap=None)
    assert chosen_text(replace(answer(), choice=choice)) == (
        "None can be chosen: no design holds its service targets and guardrails."
    )


def test_break_even_says_from_where_or_that_there_is_none() -> None:
    points = (point(0.0, 100.0), point(0.8, -50.0))
    found = break_even_text(with_break_even(BreakEven(points, 0.533, 0.5, 0.56, -187.5)))
    assert "it costs less from a containment of 53.3 % (50.0 to 56.0 %, 95 %" in found
    dear = break_even_text(with_break_even(BreakEven((point(0.0, 90.0), point(0.8, 10.0)))))
    assert "none in what its bots can close (0 to 80 %); it costs more whatever its bots close" in dear
    cheap = break_even_text(with_break_even(BreakEven((point(0.0, -1.0), point(0.8, -9.0)))))
    assert "it costs less even if its bots close nothing" in cheap
    assert break_even_text(answer()) == ""


def test_every_design_stands_in_the_table() -> None:
    table = decision_table(answer())
    for verdict in answer().choice.verdicts:
        assert verdict.candidate.label in table
