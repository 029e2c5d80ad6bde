"""Channels: what only live contacts do, what only deferred work does, and where several chats are held at once."""

from collections.abc import Iterator

from scenarios.contact_types import DEFERRED_CHANNELS, LIVE_CHANNELS, ContactType
from scenarios.faults import Finding, Path
from scenarios.scenario import Scenario

_LIVE = f"one of {', '.join(LIVE_CHANNELS)}"
_DEFERRED = f"one of {', '.join(DEFERRED_CHANNELS)}"
_ONLY_DEFERRED = ("due_h", "chase", "interruptible")
_ONLY_LIVE = ("patience_s", "redial", "when_closed")


def keys_fit_the_channel(scenario: Scenario) -> Iterator[Finding]:
    """Deferred work has no patience and is not redialed; only deferred work is due; only calls are called back."""
    for name, contact_type in scenario.contact_type.items():
        unfit = _ONLY_LIVE if contact_type.is_deferred else _ONLY_DEFERRED
        for key in (key for key in unfit if getattr(contact_type, key)):
            expected = (
                f"a live channel: {_LIVE}" if contact_type.is_deferred else f"a deferred one: {_DEFERRED}"
            )
            yield _unfit(name, contact_type, key, expected)
        if contact_type.callback and contact_type.channel not in ("voice", "video"):
            yield _unfit(name, contact_type, "callback", "channel voice or video")
        if contact_type.measured_at_concurrency and contact_type.channel != "chat":
            yield _unfit(name, contact_type, "measured_at_concurrency", "channel chat")


def _unfit(name: str, contact_type: ContactType, key: str, expected: str) -> Finding:
    return Finding(("contact_type", name, key), f"does not fit channel '{contact_type.channel}'", expected)


def tickets_are_deferred(scenario: Scenario) -> Iterator[Finding]:
    """What is left after closing is deferred work."""
    for name, contact_type in scenario.contact_type.items():
        left = contact_type.when_closed
        if left and left.as_ in scenario.contact_type and not scenario.contact_type[left.as_].is_deferred:
            path = ("contact_type", name, "when_closed", "as")
            yield Finding(path, f"'{left.as_}' is live", f"a type whose channel is {_DEFERRED}")


def chasing_contacts_are_live(scenario: Scenario) -> Iterator[Finding]:
    """Who asks after late work calls or chats."""
    for name, contact_type in scenario.contact_type.items():
        chase = contact_type.chase
        if chase and chase.as_ in scenario.contact_type and scenario.contact_type[chase.as_].is_deferred:
            path = ("contact_type", name, "chase", "as")
            yield Finding(path, f"'{chase.as_}' is deferred work", f"a type whose channel is {_LIVE}")


def notices_prevent_live_contacts(scenario: Scenario) -> Iterator[Finding]:
    """What a notice prevents or brings is a call or a chat."""
    for name, group in scenario.agent_group.items():
        about = group.proactive.contact if group.proactive else ""
        if about in scenario.contact_type and scenario.contact_type[about].is_deferred:
            path = ("agent_group", name, "proactive", "contact")
            yield Finding(path, f"'{about}' is deferred work", f"a type whose channel is {_LIVE}")


def a_pace_for_each_number_of_chats(scenario: Scenario) -> Iterator[Finding]:
    """One throughput for one chat, one for two, and so on."""
    for name, group in scenario.agent_group.items():
        several = group.concurrency
        if several and len(several.throughput) != several.chat:
            found = f"has {len(several.throughput)} numbers for up to {several.chat} chats"
            yield Finding(
                ("agent_group", name, "concurrency", "throughput"), found, f"{several.chat} numbers"
            )


def concurrency_needs_chats(scenario: Scenario) -> Iterator[Finding]:
    """Only chats are held side by side, and talk times were measured at a number that some group can hold."""
    for name, group in scenario.agent_group.items():
        if group.concurrency and "chat" not in _channels(scenario, name):
            path = ("agent_group", name, "concurrency")
            yield Finding(path, "no skill of the group is a chat", "a chat among its skills, or leave it out")
    for name, contact_type in scenario.contact_type.items():
        measured, most = contact_type.measured_at_concurrency, _most_chats(scenario, name)
        if measured and contact_type.channel == "chat" and measured > most:
            path = ("contact_type", name, "measured_at_concurrency")
            yield Finding(
                path, f"is {measured:g}, and nobody holds more than {most}", "a number that some group holds"
            )


def _channels(scenario: Scenario, group: str) -> set[str]:
    skills = (skill.contact_type for skill in scenario.agent_group[group].skills)
    return {scenario.contact_type[name].channel for name in skills if name in scenario.contact_type}


def _most_chats(scenario: Scenario, contact_type: str) -> int:
    """The most chats that an agent with the skill may hold."""
    groups = scenario.agent_group.values()
    able = [g for g in groups if any(skill.contact_type == contact_type for skill in g.skills)]
    return max((g.concurrency.chat for g in able if g.concurrency), default=1)


def reserves_are_for_skills(scenario: Scenario) -> Iterator[Finding]:
    """Agents are kept free for other types of the group, not against a type that it cannot take."""
    for name, group in scenario.agent_group.items():
        skills = [skill.contact_type for skill in group.skills]
        for key in group.takes_only_if_free_above or ():
            if key not in skills:
                path: Path = ("agent_group", name, "takes_only_if_free_above", key)
                yield Finding(path, f"agent group '{name}' has no skill '{key}'", "one of its skills")
