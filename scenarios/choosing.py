"""Options of a design: which there are, which exclude each other, and the scenario that taking some of them makes."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from scenarios.designs import DesignOption
from scenarios.quantities import frozen
from scenarios.scenario import Scenario
from scenarios.sources import is_under

_POINT, _OF_100 = "operating_point", "of_100"
_SKILLS = "skills"


def options_of(scenario: Scenario) -> tuple[DesignOption, ...]:
    """Those of the file, and then every operating point at which a bot does not stand already."""
    design = scenario.plan.design
    if design is None:
        return ()
    return (*design.options, *(_operating_points(scenario) if design.operating_points else ()))


def _operating_points(scenario: Scenario) -> Iterator[DesignOption]:
    for bot_name, bot in scenario.bot.items():
        for name, part in bot.contact_type.items():
            if name not in scenario.contact_type:
                continue  # another fault says so
            for n, point in enumerate(part.operating_points):
                stands, words = part.stands_at, f"solves {point.solved:g}, {point.wrongly_closed:g} wrongly"
                if (point.solved, point.wrongly_closed) == (stands.solved, stands.wrongly_closed):
                    continue
                label = f"{scenario.label_of('contact_type', name)}: bot {words}"
                position = n / (len(part.operating_points) - 1)
                key = f"bot.{bot_name}.contact_type.{name}.{_POINT}"
                yield DesignOption.model_validate({"label": label, key: position})


def exclude_each_other(one: DesignOption, other: DesignOption) -> bool:
    """Whether both set the same figure, or one of them the table around it; a bot stands at one point at a time."""
    ours, theirs = (list(map(_setting, option.figures)) for option in (one, other))
    return any(is_under(a, b) or is_under(b, a) for a, b in product(ours, theirs))


def _setting(key: str) -> str:
    """The figure that a key sets: those of of_100 say in another way what operating_point says."""
    around, _, _ = key.rpartition(".")
    part, _, table = around.rpartition(".")
    return f"{part}.{_POINT}" if table == _OF_100 else key


def with_options(scenario: Scenario, options: Sequence[DesignOption], name: str = "") -> Scenario:
    """The scenario that these options make, checked like a file; raises FaultyInput. It has no options of its own."""
    label = ", ".join(option.words for option in options) or scenario.label
    told = {"name": name, "label": label} if name else {}
    base = _without_design(scenario)
    changes = {key: value for option in options for key, value in option.changes.items()}
    skills = {key: value for key, value in changes.items() if _is_skill(key)}
    plain_changes = {key: value for key, value in changes.items() if key not in skills}
    base = _without_positions(base, plain_changes)
    return base.changed({**told, **plain_changes, **_gained(base.changed(plain_changes), skills)})


def _without_design(scenario: Scenario) -> Scenario:
    """The scenario with nothing to choose, and no sources of it."""
    plan = scenario.plan.model_copy(update={"design": None})
    kept = {key: source for key, source in scenario.sources.items() if not is_under(key, "plan.design")}
    return scenario.model_copy(update={"plan": plan, "sources": frozen(kept)})


def _is_skill(key: str) -> bool:
    """Whether the key says that a group gains a skill: agent_group.GROUP.skills.CONTACT_TYPE."""
    steps = key.split(".")
    return len(steps) == 4 and steps[0] == "agent_group" and steps[2] == _SKILLS


def _gained(scenario: Scenario, skills: dict[str, Any]) -> dict[str, Any]:
    """Skills put behind those that the groups have, and a route of last rank where the type lists its groups."""
    changes: dict[str, Any] = {}
    for key, said in skills.items():
        _, group, _, contact_type = key.split(".")
        if group not in scenario.agent_group:
            changes[f"agent_group.{group}.{_SKILLS}"] = [contact_type]  # a fault that names the group follows
            continue
        held = f"agent_group.{group}.{_SKILLS}"
        before = changes.get(held) or scenario.agent_group[group].model_dump(exclude_unset=True)[_SKILLS]
        changes[held] = [*before, {"contact_type": contact_type, **(said if isinstance(said, dict) else {})}]
        declared = scenario.contact_type.get(contact_type)
        routes = None if declared is None else declared.routed_to
        if declared is not None and routes is not None and group not in [route.group for route in routes]:
            routed = f"contact_type.{contact_type}.routed_to"
            known = changes.get(routed) or declared.model_dump(exclude_unset=True)["routed_to"]
            last = {"group": group, "rank": max(route.rank for route in routes) + 1}
            changes[routed] = [*known, last]
    return changes


def _without_positions(scenario: Scenario, changes: dict[str, Any]) -> Scenario:
    """Where an option says of_100, it counts: a position along the operating points would win over it."""
    bots, sources = dict(scenario.bot), dict(scenario.sources)
    for bot_name, bot in scenario.bot.items():
        parts = dict(bot.contact_type)
        for name, part in bot.contact_type.items():
            key = f"bot.{bot_name}.contact_type.{name}.{_OF_100}"
            if part.operating_point is not None and any(is_under(set_, key) for set_ in changes):
                parts[name] = part.model_copy(update={_POINT: None})
                sources.pop(f"bot.{bot_name}.contact_type.{name}.{_POINT}", None)
        bots[bot_name] = bot.model_copy(update={"contact_type": frozen(parts)})
    return scenario.model_copy(update={"bot": frozen(bots), "sources": frozen(sources)})
