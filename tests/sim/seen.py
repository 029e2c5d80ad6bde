"""What happens in a random center and what it is made of, in words: so that a test can say what it has tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from scenarios import Scenario
from scenarios.rules.laws import laws_in
from sim.codes import BotOutcome, Origin, Outcome, SpellKind
from sim.records.facts import AttemptFacts, facts_of
from sim.records.records import IntArray, Records
from sim.world.world import World


def expected() -> set[str]:
    """Everything that random centers must come upon."""
    return {
        *(f"outcome {outcome.name}" for outcome in Outcome),
        *(f"bot {outcome.name}" for outcome in BotOutcome),
        *(f"origin {origin.name}" for origin in Origin),
        *(f"law {name}" for name in LAWS),
        *(f"policy {name}" for name in ("priority", "longest_wait", "weighted_wait")),
        *HAPPENINGS,
        *MADE_OF,
    }


def seen_in(world: World, records: Records) -> Iterator[str]:
    """What happened in this replication, and what it took place in."""
    attempts = records.attempts
    yield from (f"outcome {Outcome(code).name}" for code in np.unique(attempts.outcome))
    yield from (f"bot {BotOutcome(code).name}" for code in np.unique(attempts.bot))
    yield from (f"origin {Origin(code).name}" for code in np.unique(attempts.origin))
    yield from {f"law {law.law}" for _, law in laws_in(world.scenario)}
    yield from {f"policy {group.policy}" for group in world.groups if len(group.skills) > 1}
    yield from (name for name, happens in HAPPENINGS.items() if happens(world, records))
    yield from (name for name, is_so in MADE_OF.items() if is_so(world, world.scenario))


# --- What happens -------------------------------------------------------------------------------------------------


def _returns_another_day(_world: World, records: Records) -> bool:
    """Somebody comes back in the opening hours of a later day."""
    a = records.attempts
    later = (a.origin == Origin.REDIAL) | (a.origin == Origin.RECONNECT)
    return bool(np.any(a.arrived_s[later] // 86400.0 > records.needs.began_s[a.need[later]] // 86400.0))


def _changes_type(_world: World, records: Records) -> bool:
    a = records.attempts
    return bool(
        np.any((a.origin == Origin.RECONNECT) & (a.contact_type != records.needs.contact_type[a.need]))
    )


def _sent_away_at_closing(world: World, records: Records) -> bool:
    a = records.attempts
    gone = a.ended_s[a.outcome == Outcome.ABANDONED]
    return world.clears_at_close and bool(np.isin(gone, world.hours.closes_s).any())


def _served_after_closing(world: World, records: Records) -> bool:
    answered_s = records.attempts.answered_s
    return not world.hours.are_open(answered_s[~np.isnan(answered_s)]).all()


def _cut_short(world: World, records: Records) -> bool:
    """An outage sends a session on to the agents."""
    a = records.attempts
    starts = [start_s for bot in world.bots for start_s, _ in bot.outages_s]
    return bool(np.isin(a.left_bot_s[a.bot == BotOutcome.ESCALATED], starts).any())


def _ends_together(_world: World, records: Records) -> bool:
    """Two services end, or two customers arrive, at one instant."""
    a = records.attempts
    ended_s, arrived_s = a.ended_s[a.outcome == Outcome.SERVED], a.arrived_s[a.origin != Origin.TRANSFER]
    return len(np.unique(ended_s)) < len(ended_s) or len(np.unique(arrived_s)) < len(arrived_s)


def _ends_on_the_hour(_world: World, records: Records) -> bool:
    """A service ends when head counts change."""
    a = records.attempts
    return bool(np.any(a.ended_s[a.outcome == Outcome.SERVED] % 3600.0 == 0.0))


def _overflows(world: World, records: Records) -> bool:
    """A group of a later rank answers."""
    a = records.attempts
    answered = a.group >= 0
    pairs = set(zip(a.contact_type[answered].tolist(), a.group[answered].tolist(), strict=True))
    return any(group not in world.types[kind].ranks[0] for kind, group in pairs)


def _facts(world: World, records: Records) -> AttemptFacts:
    return facts_of(world, records).attempts


def _back_late(world: World, records: Records) -> bool:
    """A customer whom the bot closed wrongly comes back when the closing has long been confirmed."""
    a, facts = records.attempts, _facts(world, records)
    closed = (a.bot == BotOutcome.WRONGLY_CLOSED) & ~facts.back_in_window
    return bool(np.isin(a.need[closed], a.need[a.origin == Origin.RECONNECT]).any())


def _session_at_peak(world: World, records: Records) -> bool:
    """A session begins while so many wait that the bot closes more or less than usually."""
    peaks = [(kind.index, kind.bot.at_peak) for kind in world.types if kind.bot and kind.bot.at_peak]
    return any((_n_waiting_at_sessions(kind, records) > peak.waiting_above).any() for kind, peak in peaks)


def _n_waiting_at_sessions(kind: int, records: Records) -> IntArray:
    """Contacts of a type that wait, at the beginning of each of its sessions."""
    a = records.attempts
    mine = a.contact_type == kind
    until_s = np.where(np.isnan(a.answered_s), a.ended_s, a.answered_s)[mine]
    begins_s = a.arrived_s[mine & (a.bot >= BotOutcome.SOLVED)][:, None]
    waits: IntArray = ((a.queued_s[mine] < begins_s) & (until_s > begins_s)).sum(axis=1)
    return waits


def _replayed_together(world: World, records: Records) -> bool:
    """Two calls of one type come at one instant, as recorded."""
    began_s, kind = records.needs.began_s, records.needs.contact_type
    replayed = np.isin(kind, [one.index for one in world.types if one.replay])
    pairs = list(zip(began_s[replayed].tolist(), kind[replayed].tolist(), strict=True))
    return len(set(pairs)) < len(pairs)


def _returns_by_a_recorded_day(world: World, records: Records) -> bool:
    """A return that found the center closed comes by the profile of a recorded day."""
    a = records.attempts
    later = (a.origin == Origin.REDIAL) | (a.origin == Origin.RECONNECT)
    of_replay = np.isin(a.contact_type, [one.index for one in world.types if one.replay])
    another_day = a.arrived_s // 86400.0 > records.needs.began_s[a.need] // 86400.0
    return bool(np.any(later & of_replay & another_day))


def _has_spell(kind: SpellKind) -> Callable[[World, Records], bool]:
    return lambda _world, records: bool(np.any(records.spells.kind == kind))


def _notices(outcome: Outcome) -> Callable[[World, Records], bool]:
    return lambda world, records: bool(
        np.any((records.attempts.outcome == outcome) & _facts(world, records).notices)
    )


def _unreached_notice(world: World, records: Records) -> bool:
    given = (records.attempts.outcome == Outcome.SERVED) & _facts(world, records).notices
    return bool(np.any(given & ~records.attempts.resolved))


HAPPENINGS: dict[str, Callable[[World, Records], bool]] = {
    **{f"spell {kind.name}": _has_spell(kind) for kind in SpellKind},
    "notice given": _notices(Outcome.SERVED),
    "notice given in vain": _unreached_notice,
    "notice dropped": _notices(Outcome.ABANDONED),
    "pending needs": lambda _world, records: bool(records.needs.open.any()),
    "third attempts": lambda _world, records: bool(np.any(records.attempts.attempt >= 2)),
    "returns another day": _returns_another_day,
    "reconnects as another type": _changes_type,
    "sent away at closing": _sent_away_at_closing,
    "served after closing": _served_after_closing,
    "session cut short": _cut_short,
    "ends together": _ends_together,
    "ends on the hour": _ends_on_the_hour,
    "overflows": _overflows,
    "session at peak": _session_at_peak,
    "replayed together": _replayed_together,
    "returns by a recorded day": _returns_by_a_recorded_day,
    "answered at peak": lambda world, records: bool(np.any(_facts(world, records).answered_at_peak)),
    "back in the refund window": lambda world, records: bool(np.any(_facts(world, records).back_in_window)),
    "back after the refund window": _back_late,
    "before the horizon": lambda _world, records: bool(np.any(records.attempts.arrived_s < 0.0)),
    "after the horizon": lambda world, records: bool(np.any(records.attempts.arrived_s >= world.horizon_s)),
    "on after the run-out": lambda world, records: bool(
        np.nanmax(records.attempts.ended_s, initial=0.0) > world.horizon_s + world.run_out_s
    ),
}

# --- What it is made of ---------------------------------------------------------------------------------------------

LAWS = (
    "constant", "exponential", "gamma", "lognormal", "weibull", "erlang", "uniform", "hyperexponential", "mixture",
    "by", "empirical",
)  # fmt: skip


def _overlapping(world: World) -> bool:
    outages = [sorted(bot.outages_s) for bot in world.bots]
    return any(two[0] < one[1] for spells in outages for one, two in pairwise(spells))


def _shrinkage(scenario: Scenario, key: str, none: float) -> bool:
    """People on shifts of whom not all are there all the time."""
    groups = scenario.agent_group.values()
    return any(group.agents.shifts and getattr(group.shrinkage, key) != none for group in groups)


def _prevents(world: World, share: float) -> bool:
    """So much of some type's needs, on the first day."""
    return any(kind.prevention and kind.prevention.share_on(0) == share for kind in world.types)


MADE_OF: dict[str, Callable[[World, Scenario], bool]] = {
    "four types": lambda world, _: len(world.types) == 4,
    "four groups": lambda world, _: len(world.groups) == 4,
    "two bots": lambda world, _: len(world.bots) == 2,
    "three days": lambda _, scenario: scenario.calendar.days == 3,
    "a closed date": lambda _, scenario: bool(scenario.calendar.closed),
    "several spans a day": lambda world, _: any(
        a // 86400 == b // 86400 for a, b in pairwise(world.hours.opens_s)
    ),
    "over midnight": lambda world, _: any(
        opens // 86400 < closes // 86400 and closes % 86400
        for opens, closes in zip(world.hours.opens_s, world.hours.closes_s, strict=True)
    ),
    "never closed": lambda _, scenario: scenario.calendar.hours is None,
    "default warm-up": lambda world, scenario: scenario.calendar.warm_up_h is None and world.starts_s < 0.0,
    "begins inside a day": lambda world, _: world.starts_s % 86400.0 > 0.0,
    "patience without end": lambda world, _: any(kind.patience_s is None for kind in world.types),
    "head counts": lambda _, scenario: any(
        g.agents.present_per_interval for g in scenario.agent_group.values()
    ),
    "shifts": lambda _, scenario: any(g.agents.shifts for g in scenario.agent_group.values()),
    "breaks": lambda _, scenario: any(
        shift.breaks for g in scenario.agent_group.values() for shift in g.agents.shifts or ()
    ),
    "absent": lambda _, scenario: _shrinkage(scenario, "absent", 0.0),
    "planned": lambda _, scenario: _shrinkage(scenario, "planned", 0.0),
    "adherence": lambda _, scenario: _shrinkage(scenario, "adherence", 1.0),
    "ranks": lambda world, _: any(len(kind.ranks) > 1 for kind in world.types),
    "lines": lambda _, scenario: scenario.lines is not None,
    "assist": lambda _, scenario: scenario.assist is not None,
    "people differ": lambda world, _: any(group.traits and group.traits.spread for group in world.groups),
    "knowledge": lambda _, scenario: scenario.knowledge is not None,
    "newcomers": lambda world, _: any(group.traits and group.traits.ramp for group in world.groups),
    "newcomers by attrition": lambda world, _: any(
        group.traits and group.traits.ramp and group.traits.ramp.share is None for group in world.groups
    ),
    "leavers": lambda world, _: any(group.traits and group.traits.leavers_per_day for group in world.groups),
    "assist for newcomers": lambda world, _: any(
        group.traits and group.traits.ramp and group.traits.ramp.assist_factor != 1.0
        for group in world.groups
    ),
    "busy days": lambda world, _: any(kind.day_factor for kind in world.types),
    "busy days together": lambda world, _: any(
        kind.day_factor and kind.day_factor.correlation > 0.0 for kind in world.types
    ),
    "customers who become more": lambda _, scenario: bool(
        scenario.customers and scenario.customers.grown(1) > 1
    ),
    "busy intervals": lambda world, _: any(kind.interval_factors for kind in world.types),
    "replayed": lambda world, _: any(kind.replay for kind in world.types),
    "prevention": lambda world, _: _prevents(world, 0.3),
    "prevention of half": lambda world, _: _prevents(world, 0.5),
    "prevention begins": lambda world, _: any(
        kind.prevention
        and kind.prevention.share_on(-1) < kind.prevention.share_on(world.scenario.calendar.days)
        for kind in world.types
    ),
    "event": lambda _, scenario: bool(scenario.event),
    "event with a shape": lambda _, scenario: any(e.shape and e.factor for e in scenario.event),
    "echo": lambda _, scenario: any(e.echo for e in scenario.event),
    "notices with events for all": lambda world, _: any(
        world.bots[world.types[kind].bot.bot].always_free for kind in world.noticed if world.types[kind].bot
    ),
    "bot learns": lambda _, scenario: any(bot.ramp_up for bot in scenario.bot.values()),
    "operating points": lambda _, scenario: any(
        part.operating_points for bot in scenario.bot.values() for part in bot.contact_type.values()
    ),
    "experience": lambda world, _: world.experience is not None,
    "nothing expected": lambda world, _: world.experience is not None and None in world.experience.expected,
    "expectation": lambda world, _: world.experience is not None and any(world.experience.expected),
    "delight": lambda world, _: world.experience is not None and world.experience.delight.share == 0.4,
    "bot always on": lambda world, _: any(bot.always_on for bot in world.bots),
    "bot always free": lambda world, _: any(bot.always_free for bot in world.bots),
    "selective bot": lambda _, scenario: any(bot.selectivity > 0.0 for bot in scenario.bot.values()),
    "no sessions": lambda world, _: any(bot.max_sessions == 0 for bot in world.bots),
    "outages overlap": lambda world, _: _overlapping(world),
    "outage before the run": lambda world, _: any(
        start_s < world.starts_s for bot in world.bots for start_s, _ in bot.outages_s
    ),
}
