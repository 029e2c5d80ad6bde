"""Laws: what agents do and never do, whatever the center looks like."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
from hypothesis import given

from sim.chance.sample import Sample
from sim.engines import SimpyEngine
from sim.records.records import Attempts
from sim.world.world import World, world_of
from tests.sim.laws.small_centers import small_centers
from tests.sim.steady import steady

Spells = list[tuple[float, float]]
SAMPLE = Sample(6, 0)


def services(a: Attempts) -> dict[tuple[int, int], Spells]:
    """From answering to the end of wrap-up, by agent."""
    found: dict[tuple[int, int], Spells] = defaultdict(list)
    for i in np.flatnonzero(a.group >= 0):
        ends_s = a.answered_s[i] + a.talk_s[i] + a.wrap_up_s[i]
        found[int(a.group[i]), int(a.agent[i])].append((float(a.answered_s[i]), float(ends_s)))
    return {agent: sorted(spells) for agent, spells in found.items()}


def due_spells(world: World, until_s: float) -> dict[tuple[int, int], Spells]:
    """When each position is due to be present, spells that touch made one."""
    found: dict[tuple[int, int], Spells] = {}
    for group in world.groups:
        steps: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for position in group.presence.present_before(SAMPLE, world.starts_s):
            steps[position].append((world.starts_s, 1))
        for day in range(world.first_day - 1, int(until_s // 86400) + 1):
            for at_s, position, comes in group.presence.changes(SAMPLE, day).rows():
                if at_s >= world.starts_s:
                    steps[position].append((at_s, 1 if comes else -1))
        for position, of_position in steps.items():
            found[group.index, position] = spells_of(of_position)
    return found


def spells_of(steps: list[tuple[float, int]]) -> Spells:
    spells, level, began_s = [], 0, 0.0
    for at_s, step in sorted(steps, key=lambda one: (one[0], -one[1])):
        if level == 0:
            began_s = at_s
        level += step
        if level == 0:
            spells.append((began_s, at_s))
    return [*spells, (began_s, np.inf)] if level else spells


@steady(40)
@given(small_centers())
def test_no_agent_serves_two_contacts_at_once(scenario):
    a = SimpyEngine(world_of(scenario)).records(SAMPLE).attempts
    for spells in services(a).values():
        assert all(before[1] <= after[0] for before, after in pairwise(spells))


@steady(40)
@given(small_centers())
def test_no_service_begins_while_the_agent_is_not_due(scenario):
    """Except after closing, when whoever is still there serves on until nobody waits."""
    world = world_of(scenario)
    a = SimpyEngine(world).records(SAMPLE).attempts
    due = due_spells(world, a.arrived_s.max(initial=0.0) + 3 * 86400)
    for agent, spells in services(a).items():
        before_s = -np.inf
        for start_s, end_s in spells:
            is_due = any(come <= start_s < go for come, go in due.get(agent, []))
            stayed = start_s == before_s and not world.hours.is_open(start_s) and not world.clears_at_close
            assert is_due or stayed
            before_s = end_s


def moments_between(*columns: np.ndarray) -> np.ndarray:
    """A moment inside each stretch between two things that happen."""
    happens = np.unique(np.concatenate([column[np.isfinite(column)] for column in columns]))
    return 0.5 * (happens[1:] + happens[:-1])[np.diff(happens) > 1e-6]


@steady(40)
@given(small_centers())
def test_nobody_waits_while_someone_who_could_take_them_is_idle(scenario):
    """Between any two events: who is due and has nothing in hand has no skill for which somebody waits."""
    world = world_of(scenario)
    a = SimpyEngine(world).records(SAMPLE).attempts
    busy, due = services(a), due_spells(world, a.arrived_s.max(initial=0.0) + 3 * 86400)
    left_s = np.where(np.isnan(a.answered_s), a.ended_s, a.answered_s)
    left_s = np.where(np.isnan(left_s), np.inf, left_s)
    edges = np.array(
        [edge for spells in (*busy.values(), *due.values()) for spell in spells for edge in spell]
    )
    for at_s in moments_between(a.queued_s, left_s, edges):
        wanted = set(a.contact_type[(a.queued_s < at_s) & (left_s > at_s)].tolist())
        if not wanted or at_s > a.arrived_s[-1]:
            continue
        for (group, position), spells in due.items():
            skills = {skill.contact_type for skill in world.groups[group].skills}
            if skills & wanted and within(spells, at_s):
                assert within(busy.get((group, position), []), at_s)


def within(spells: Spells, at_s: float) -> bool:
    return any(start <= at_s < end for start, end in spells)


@steady(40)
@given(small_centers())
def test_first_come_first_served_within_a_type(scenario):
    """Whoever is answered leaves nobody of the same type behind who came before."""
    a = SimpyEngine(world_of(scenario)).records(SAMPLE).attempts
    left_s = np.where(np.isnan(a.answered_s), a.ended_s, a.answered_s)
    for i in np.flatnonzero(a.group >= 0):
        same = (a.contact_type == a.contact_type[i]) & (a.queued_s < a.queued_s[i])
        assert not (same & (left_s > a.answered_s[i])).any()


@steady(40)
@given(small_centers())
def test_policies_choose_among_the_types_that_wait(scenario):
    """Of a contact that waited: no type before it in the order of skills waits on, or nobody who waited longer."""
    world = world_of(scenario)
    a = SimpyEngine(world).records(SAMPLE).attempts
    left_s = np.where(np.isnan(a.answered_s), a.ended_s, a.answered_s)
    for i in np.flatnonzero((a.group >= 0) & (a.answered_s > a.queued_s)):
        group = world.groups[a.group[i]]
        skills = [skill.contact_type for skill in group.skills]
        waits_on = (a.queued_s < a.answered_s[i]) & (left_s > a.answered_s[i])
        if group.policy == "priority":
            before = skills[: skills.index(a.contact_type[i])]
            assert not (waits_on & np.isin(a.contact_type, before)).any()
        else:  # without weights, the largest weight × wait is the longest wait
            longer = a.queued_s < a.queued_s[i]
            assert not (waits_on & longer & np.isin(a.contact_type, skills)).any()
