"""The design with only some of its effects, for the waterfall: what each effect adds to the work of people.

Every variant has people enough for everybody at once and no limit on lines, so its work is that of the
infinite-server model: what customers bring, not what few people can take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from results.cases import Simulate
from scenarios import Scenario, digest
from scenarios.bots import Bot, BotContactType, Handover, OfHundred
from scenarios.quantities import frozen
from sim.enough_people import ample_people, with_people, without_waits
from sim.measures.result import Result


def variants_of(design: Scenario, baseline: Scenario) -> dict[str, Scenario]:
    """The steps between slide and design; each has one effect more than the one before.

    solved: all that the bot closes or loses is solved, it takes any contact alike, hand-over, transfer and assist
    are those of the baseline. returns: closing is right or wrong as stated, and customers leave. selective: the easy
    contacts are taken. handed_over: the design's own hand-over and transfer. assisted: its own assist, the design.
    """
    assisted = design
    handed_over = assisted.model_copy(update={"assist": baseline.assist})
    selective = _with_transfers_of(_with_handover_of(handed_over, baseline), baseline)
    returns = _with_bots(selective, lambda _, bot: bot.model_copy(update={"selectivity": 0.0}))
    solved = _with_parts(returns, lambda _bot, _type, part: _with_all_solved(part))
    return {
        "solved": solved,
        "returns": returns,
        "selective": selective,
        "handed_over": handed_over,
        "assisted": assisted,
    }


class Workloads:
    """Simulates scenarios with people enough for everybody; the same center is simulated once."""

    def __init__(self, simulate: Simulate) -> None:
        self._simulate = simulate
        self._known: dict[str, Result] = {}

    def of(self, scenario: Scenario) -> Result:
        """The run in which nobody waits; people are doubled until that is so."""
        center = with_people(_nameless(scenario), ample_people(scenario))
        known = digest(center)
        if known not in self._known:
            self._known[known] = without_waits(center, self._simulate)
        return self._known[known]


def _nameless(scenario: Scenario) -> Scenario:
    """The same center, whatever it is called: designs that differ in their names alone share their runs."""
    return scenario.model_copy(
        update={"name": "workload", "labels": None, "summary": "", "sources": frozen({})}
    )


def _with_all_solved(part: BotContactType) -> BotContactType:
    """As a slide counts: whoever does not reach a person is served, at peak as well."""
    at, peak = part.stands_at, part.at_peak
    if peak is not None:
        solved = peak.solved + peak.wrongly_closed + at.left
        peak = peak.model_copy(update={"solved": solved, "wrongly_closed": 0.0})
    of_100 = OfHundred(solved=100.0 - at.handed_over, handed_over=at.handed_over)
    return part.model_copy(update={"of_100": of_100, "operating_point": None, "at_peak": peak})


def _with_handover_of(design: Scenario, baseline: Scenario) -> Scenario:
    """Hand-over as at the baseline's bot of that name, without one as if there were no bot."""

    def handover(bot: str, contact_type: str, part: BotContactType) -> BotContactType:
        before = baseline.bot[bot].contact_type.get(contact_type) if bot in baseline.bot else None
        return part.model_copy(update={"handover": Handover() if before is None else before.handover})

    return _with_parts(design, handover)


def _with_transfers_of(design: Scenario, baseline: Scenario) -> Scenario:
    """Transfers as in the baseline, of the contact types that both have."""
    types = {
        name: declared.model_copy(update={"transfer": baseline.contact_type[name].transfer})
        if name in baseline.contact_type
        else declared
        for name, declared in design.contact_type.items()
    }
    return design.model_copy(update={"contact_type": frozen(types)})


def _with_bots(scenario: Scenario, changed: Callable[[str, Bot], Bot]) -> Scenario:
    bots: Mapping[str, Any] = {name: changed(name, bot) for name, bot in scenario.bot.items()}
    return scenario.model_copy(update={"bot": frozen(bots)})


def _with_parts(
    scenario: Scenario, changed: Callable[[str, str, BotContactType], BotContactType]
) -> Scenario:
    """What each bot does for each contact type, changed."""

    def bot_changed(name: str, bot: Bot) -> Bot:
        parts = {key: changed(name, key, part) for key, part in bot.contact_type.items()}
        return bot.model_copy(update={"contact_type": frozen(parts)})

    return _with_bots(scenario, bot_changed)
