"""`ccplan plan FILE --over …`: what it costs when targets hold over every interval, day, week or the horizon."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ccplan.exits import CutShort, TargetUnreachable
from scenarios import Fault, FaultyInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccplan.planning import Planning
    from optimizer.choices import Choice, Weighed
    from optimizer.plan import Plan
    from scenarios import Scenario

UNITS = ("interval", "day", "week", "horizon")
EXPECTED = "'all', or some of interval,day,week,horizon"


def units_of(scenario: Scenario, text: str) -> tuple[str, ...]:
    """The units in the option's text; fault where one is none, or where nothing is promised."""
    asked = UNITS if text.strip() == "all" else tuple(part.strip() for part in text.split(","))
    faults = [*_unknown(text, asked), *_without_targets(scenario)]
    if faults:
        raise FaultyInput(faults)
    return asked


def _unknown(text: str, asked: Sequence[str]) -> Iterator[Fault]:
    for part in asked:
        if part not in UNITS:
            close = get_close_matches(part, (*UNITS, "all"), n=1)
            hint = f"did you mean '{close[0]}'?" if close else ""
            found = f"got '{text}'" if part in ("", text) else f"got '{part}' in '{text}'"
            yield Fault("ccplan plan", "--over", found, EXPECTED, hint)


def _without_targets(scenario: Scenario) -> Iterator[Fault]:
    if all(declared.service_target is None for declared in scenario.contact_type.values()):
        found = f"no contact type of '{scenario.name}' has a service_target"
        yield Fault("ccplan plan", "--over", found, "a target, which can hold over one or the other")


def deliver_choices(planning: Planning, units: tuple[str, ...]) -> None:
    """Plan for every choice; print the table, and write it with the figures and every plan into the run folder."""
    from optimizer.choices import choices_of
    from results.choices import choices_json, choices_table
    from scenarios import dump

    scenario = planning.scenario
    choices = choices_of(scenario, units)
    weighed = _weighed(planning, choices)
    plans = [(one.choice, one.plan) for one in weighed if one.plan is not None]
    n = max((plan.confirmed.replications for _, plan in plans), default=0)
    answer = choices_json(scenario, weighed, planning.options.seed, n)
    files = {f"scenario-{choice.name}.toml": dump(_named(choice, plan)) for choice, plan in plans}
    planning.deliver("choices", answer, choices_table(scenario, weighed), files, n)
    _require_all(weighed, len(choices))
    planning.runner.discard_kept()


def _named(choice: Choice, plan: Plan) -> Scenario:
    """The planned scenario under a name of its own, so that plans can be compared."""
    return plan.scenario.model_copy(update={"name": f"{plan.scenario.name}-{choice.name}"})


def _weighed(planning: Planning, choices: Sequence[Choice]) -> tuple[Weighed, ...]:
    from ccplan.planning import plan_and_days, saying_why
    from optimizer.choices import weigh

    def plan_of(choice: Choice) -> Plan:
        what = f"planning for {choice.name}"
        found, _ = plan_and_days(choice.scenario, planning.options, planning.runner, what=what)
        return found

    with saying_why(planning.scenario):
        weighed = weigh(choices, plan_of)
    if all(one.plan is None for one in weighed):
        raise TargetUnreachable(f"{planning.scenario.name}: no plan: {weighed[0].why_not}")
    return weighed


def _require_all(weighed: Sequence[Weighed], n_asked: int) -> None:
    """Code 3 where some are left to plan, 1 where one cannot be kept."""
    cut_short = [one for one in weighed if one.plan is not None and one.plan.is_cut_short]
    n_done = len(weighed) - len(cut_short)
    if n_done < n_asked:
        also = "; of the next one the best so far" if cut_short else ""
        raise CutShort(
            f"{n_done} of {n_asked} choices are planned and written{also}; the same command plans them all"
        )
    if not all(one.holds for one in weighed):
        raise TargetUnreachable("not every choice can be kept; the table says where")
