"""Prices: an outsourcer has only so many people, and a price list says one thing of a session."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scenarios.agent_groups import AgentGroup, Shift
from scenarios.calendar_days import DAY_S, clock_s, weekdays_of
from scenarios.faults import Finding, Path, as_written, got
from scenarios.rules.demand import lists_of
from scenarios.scenario import Scenario

WEEK_S = 7 * DAY_S


def outsourcers_have_enough_people(scenario: Scenario) -> Iterator[Finding]:
    """No more people at once than the outsourcer has."""
    for name, group in scenario.agent_group.items():
        most = None if group.outsourced is None else group.outsourced.max_people
        for key, people in _people_at_once(group):
            if most is not None and people > most:
                path: Path = ("agent_group", name, "agents", key)
                yield Finding(path, f"{people} people at once", f"at most max_people of outsourced ({most})")


def _people_at_once(group: AgentGroup) -> Iterator[tuple[str, int]]:
    """How people are given, and the most that are there at the same time."""
    agents = group.agents
    if agents.present is not None:
        yield "present", agents.present
    if agents.present_per_interval is not None:
        counts = [count for _, values in lists_of((), agents.present_per_interval) for count in values]
        yield "present_per_interval", int(max(counts, default=0))
    if agents.shifts is not None:
        yield "shifts", _most_on_shift(agents.shifts)


def _most_on_shift(shifts: Sequence[Shift]) -> int:
    """At the start of some shift of the week most people are on shift; Sunday's last into Monday."""
    spans = [
        (day * DAY_S + clock_s(shift.start), shift.hours * 3600, shift.people)
        for shift in shifts
        for day in weekdays_of(shift.days)
    ]
    return max(
        (
            sum(people for start_s, length_s, people in spans if (at_s - start_s) % WEEK_S < length_s)
            for at_s, _, _ in spans
        ),
        default=0,
    )


def sessions_have_one_price(scenario: Scenario) -> Iterator[Finding]:
    """Tiers are the prices of sessions; no other stands beside them."""
    for name, bot in scenario.bot.items():
        for key in ("per_session", "per_conversation"):
            if bot.price.tiers and getattr(bot.price, key) > 0:
                found = f"{key} stands beside tiers"
                yield Finding(("bot", name, "price", key), found, "one of them")


def tiers_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """Each tier reaches further than the one before, and the last has no end."""
    for name, bot in scenario.bot.items():
        ends = [tier.up_to for tier in bot.price.tiers]
        path: Path = ("bot", name, "price", "tiers")
        for n, (before, end) in enumerate(pairwise(ends)):
            if before is None:
                yield Finding((*path, n), "has no up_to", "one, as another tier follows")
            elif end is not None and end <= before:
                expected = f"more than the tier before ({as_written(before)})"
                yield Finding((*path, n + 1, "up_to"), got(end), expected)
        if ends and ends[-1] is not None:
            expected = "a last tier without up_to: the price of all further sessions"
            yield Finding((*path, len(ends) - 1), f"ends at {ends[-1]} sessions", expected)
