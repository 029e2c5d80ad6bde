"""`ccplan plan FILE --certainty …`: what plans cost against the share of days on which their targets hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccplan.exits import CutShort, TargetUnreachable
from ccplan.option_values import Refused, share
from scenarios import Fault, FaultyInput

if TYPE_CHECKING:
    from ccplan.planning import Planning
    from scenarios import Scenario

EXPECTED = "shares of days above 0 and below 1, such as 0.5,0.8,0.9,0.95"


def shares_of_days(text: str) -> tuple[float, ...]:
    """The shares in the option's text."""
    try:
        found = tuple(share(part) for part in text.split(","))
    except Refused:
        found = (0.0,)
    if not all(0.0 < one < 1.0 for one in found):
        raise FaultyInput([Fault("ccplan plan", "--certainty", f"got '{text}'", EXPECTED)])
    return found


def deliver_certainty(planning: Planning, shares: tuple[float, ...]) -> None:
    """Plan for every share; print the table, and write it with the figures and the picture into the run folder."""
    from ccplan.planning import saying_why
    from optimizer.options import with_replications
    from optimizer.uncertain.certainty import price_of_certainty
    from results.certainty import certainty_json, certainty_table
    from results.plan_figures import certainty_svg

    scenario, options, runner = planning.scenario, planning.options, planning.runner
    with runner.line("planning") as line, saying_why(scenario):
        simulate = runner.simulate_as_asked
        curve = price_of_certainty(scenario, shares, options, simulate=simulate, note=line.note)
    n = with_replications(_first(scenario, shares), options).replications or 0
    answer, table = certainty_json(scenario, curve, options.seed, n), certainty_table(scenario, curve)
    planning.deliver("certainty", answer, table, {"certainty.svg": certainty_svg(scenario, curve)}, n)
    n_done, n_asked = sum(not one.is_cut_short for one in curve), len(set(shares))
    if n_done < n_asked:
        raise CutShort(
            f"{n_done} of {n_asked} shares are planned and written; the same command plans them all"
        )
    runner.discard_kept()
    if not all(one.without.holds for one in curve):
        raise TargetUnreachable("not every share of days could be promised; the table says where")


def _first(scenario: Scenario, shares: tuple[float, ...]) -> Scenario:
    return scenario.changed({"plan.target_probability": shares[0]})
