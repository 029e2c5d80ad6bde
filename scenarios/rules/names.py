"""Names: what a key refers to must be there."""

import re
from collections.abc import Iterator, Sequence

from scenarios.faults import Finding, Path, unknown
from scenarios.scenario import Scenario

PLAIN_NAME = r"[\w-]+"


def names_fit_a_key(scenario: Scenario) -> Iterator[Finding]:
    """Dotted keys name a figure, so the names of types, groups and bots have no dots or blanks."""
    for kind in ("contact_type", "agent_group", "bot"):
        for name in getattr(scenario, kind):
            if not re.fullmatch(PLAIN_NAME, name):
                yield Finding(
                    (kind, name), "unfit name", "letters, digits, '-' and '_'", _write_instead(name)
                )


def _write_instead(name: str) -> str:
    plain = re.sub(r"[^\w-]+", "_", name).strip("_")
    return f"write {plain}" if plain else ""


def _contact_type(scenario: Scenario, path: Path, name: str) -> Iterator[Finding]:
    if name not in scenario.contact_type:
        yield unknown(path, "contact type", name, list(scenario.contact_type))


def _group(scenario: Scenario, path: Path, name: str) -> Iterator[Finding]:
    if name not in scenario.agent_group:
        yield unknown(path, "agent group", name, list(scenario.agent_group))


def skills_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """A skill is a contact type."""
    for name, group in scenario.agent_group.items():
        for n, skill in enumerate(group.skills):
            yield from _contact_type(scenario, ("agent_group", name, "skills", n), skill.contact_type)


def routes_name_groups(scenario: Scenario) -> Iterator[Finding]:
    """A route leads to an agent group."""
    for name, contact_type in scenario.contact_type.items():
        for n, route in enumerate(contact_type.routed_to or ()):
            yield from _group(scenario, ("contact_type", name, "routed_to", n), route.group)


def returns_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """Those who come back come as a contact type; so do those who chase their work, and tickets left after closing."""
    for name, contact_type in scenario.contact_type.items():
        for key in ("reconnect", "chase", "when_closed"):
            back = getattr(contact_type, key)
            if back and back.as_ is not None:
                yield from _contact_type(scenario, ("contact_type", name, key, "as"), back.as_)


def transfers_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """A transfer leads to a contact type's queue."""
    for name, contact_type in scenario.contact_type.items():
        if contact_type.transfer:
            yield from _contact_type(
                scenario, ("contact_type", name, "transfer", "to"), contact_type.transfer.to
            )


def events_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """An event concerns contact types."""
    for n, event in enumerate(scenario.event):
        for i, name in enumerate(event.contact_types or ()):
            yield from _contact_type(scenario, ("event", n, "contact_types", i), name)
        for i, name in enumerate(event.echo.contact_types or () if event.echo else ()):
            yield from _contact_type(scenario, ("event", n, "echo", "contact_types", i), name)


def bots_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """A bot serves contact types."""
    for bot_name, bot in scenario.bot.items():
        for name in bot.contact_type:
            yield from _contact_type(scenario, ("bot", bot_name, "contact_type", name), name)


def assist_names_groups(scenario: Scenario) -> Iterator[Finding]:
    """Assist is for agent groups."""
    for n, name in enumerate(scenario.assist.groups if scenario.assist else ()):
        yield from _group(scenario, ("assist", "groups", n), name)


def notices_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """A proactive contact is about a contact type."""
    for name, group in scenario.agent_group.items():
        if group.proactive:
            yield from _contact_type(
                scenario, ("agent_group", name, "proactive", "contact"), group.proactive.contact
            )


def ready_made_shifts_name_groups(scenario: Scenario) -> Iterator[Finding]:
    """A ready-made shift is for agent groups."""
    for n, shift in enumerate(scenario.plan.shift or ()):
        for i, name in enumerate(shift.agent_groups or ()):
            yield from _group(scenario, ("plan", "shift", n, "agent_groups", i), name)


def lists_name_things_once(scenario: Scenario) -> Iterator[Finding]:
    """No list of skills, routes or groups names the same thing twice."""
    for name, group in scenario.agent_group.items():
        skills = [skill.contact_type for skill in group.skills]
        yield from _twice(("agent_group", name, "skills"), skills)
    for name, contact_type in scenario.contact_type.items():
        groups = [route.group for route in contact_type.routed_to or ()]
        yield from _twice(("contact_type", name, "routed_to"), groups)
    yield from _twice(("assist", "groups"), scenario.assist.groups if scenario.assist else ())


def _twice(path: Path, listed: Sequence[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(listed):
        if listed.count(name) > 1:
            yield Finding(path, f"names '{name}' {listed.count(name)} times", "each once")
