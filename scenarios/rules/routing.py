"""Routing: every contact has somewhere to go, and gets there."""

from collections.abc import Iterator

from scenarios.bots import BotContactType
from scenarios.faults import Finding
from scenarios.scenario import Scenario


def _groups_with_skill(scenario: Scenario, contact_type: str) -> list[str]:
    return [
        name
        for name, group in scenario.agent_group.items()
        if any(skill.contact_type == contact_type for skill in group.skills)
    ]


def routes_have_the_skill(scenario: Scenario) -> Iterator[Finding]:
    """A type is routed to groups that can take it."""
    for name, contact_type in scenario.contact_type.items():
        able = _groups_with_skill(scenario, name)
        for n, route in enumerate(contact_type.routed_to or ()):
            if route.group in scenario.agent_group and route.group not in able:
                found = f"agent group '{route.group}' has no skill '{name}'"
                expected = f"'{name}' in agent_group.{route.group}.skills"
                yield Finding(("contact_type", name, "routed_to", n), found, expected)


def every_type_is_taken(scenario: Scenario) -> Iterator[Finding]:
    """Some group takes each type, unless a bot keeps every single contact of it."""
    for name, contact_type in scenario.contact_type.items():
        routed = contact_type.routed_to is None or contact_type.routed_to
        if not (routed and _groups_with_skill(scenario, name)) and not _bot_keeps_all(scenario, name):
            yield Finding(
                ("contact_type", name), "no agent group takes it", f"a group with '{name}' in its skills"
            )


def _bot_keeps_all(scenario: Scenario, contact_type: str) -> bool:
    """Whether nobody of this type ever needs a person: all enter, none is handed over, none is refused."""
    for bot in scenario.bot.values():
        served = bot.contact_type.get(contact_type)
        if served and served.entry_share == 1 and _keeps(served) and bot.ramp_up is None:
            return bot.max_sessions is None and not bot.outage
    return False


def _keeps(served: BotContactType) -> bool:
    """Whether none is handed over, at peak neither."""
    peak, left = served.at_peak, served.stands_at.left
    at_peak = peak is None or peak.solved + peak.wrongly_closed + left >= 100
    return served.stands_at.handed_over == 0 and at_peak


def transfers_end(scenario: Scenario) -> Iterator[Finding]:
    """Transfers do not go round in a ring, or a contact might never end."""
    reported: set[str] = set()
    for name in scenario.contact_type:
        ring = _transfer_ring(scenario, name)
        if ring and not reported.intersection(ring):
            reported.update(ring)
            found = f"goes round in a ring: {' -> '.join([*ring, name])}"
            yield Finding(("contact_type", name, "transfer", "to"), found)


def _transfer_ring(scenario: Scenario, name: str) -> list[str]:
    """The types from this one round to itself; none if its transfers come to an end, or to another ring."""
    ring: list[str] = []
    at = name
    while at in scenario.contact_type and at not in ring:
        ring.append(at)
        transfer = scenario.contact_type[at].transfer
        if transfer is None:
            return []
        at = transfer.to
    return ring if at == name else []


def there_is_work_and_someone_to_do_it(scenario: Scenario) -> Iterator[Finding]:
    """A center has at least one contact type."""
    if not scenario.contact_type:
        yield Finding(("contact_type",), "is empty", "at least one table [contact_type.NAME]")
