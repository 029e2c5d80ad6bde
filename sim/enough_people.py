"""A center with people enough for everybody at once: the work that customers bring, not what few people can take.

Nobody waits and no line is full, so that this is the infinite-server model of the same scenario.
"""

from __future__ import annotations

from collections.abc import Callable

from scenarios import Scenario
from scenarios.agent_groups import Agents
from scenarios.quantities import frozen
from sim.measures.result import Result
from sim.world.rates import expected_rates

_PEOPLE_PER_ERLANG = 3
_PEOPLE_AT_LEAST = 30
_DOUBLINGS = 8


def ample_people(scenario: Scenario) -> int:
    """Three times the erlangs of the busiest interval before any bot, all contact types together, and 30 more."""
    busiest = 0.0
    for name, declared in scenario.contact_type.items():
        wrap_up_s = 0.0 if declared.wrap_up_s is None else declared.wrap_up_s.expected
        handle_s = declared.talk_s.expected + wrap_up_s
        rates = [expected_rates(scenario, name, day).max() for day in range(scenario.calendar.days)]
        busiest += max(rates) * handle_s
    return _PEOPLE_AT_LEAST + int(_PEOPLE_PER_ERLANG * busiest)


def with_people(scenario: Scenario, n_people: int) -> Scenario:
    """The same center with so many people in each group whenever it is open, and lines without limit."""
    groups = {
        name: group.model_copy(update={"agents": Agents(present=n_people)})
        for name, group in scenario.agent_group.items()
    }
    return scenario.model_copy(update={"agent_group": frozen(groups), "lines": None})


def without_waits(center: Scenario, simulate: Callable[[Scenario], Result]) -> Result:
    """The run in which nobody waits; people are doubled until that is so."""
    for _ in range(_DOUBLINGS):
        result = simulate(center)
        if not result.value("delay_rate") > 0.0:
            return result
        n_people = max(group.agents.present or 1 for group in center.agent_group.values())
        center = with_people(center, 2 * n_people)
    raise RuntimeError("customers wait however many people there are")
