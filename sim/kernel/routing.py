"""How contacts and agents meet, compiled: `sim.center.routing` on records."""

from __future__ import annotations

from sim.kernel.compiling import compiled, seldom
from sim.kernel.floor import line_of
from sim.kernel.given import PRIORITY, WEIGHTED_WAIT
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, contact_at, group_at, line_at, route_at, shelf_at, skill_at, type_at
from sim.kernel.state import AHEAD, LATER, PLAIN, Center


@compiled
def select_agent(c: Center, contact: int) -> int:
    """The agent for a contact that has none: groups in order of rank, those of equal rank together; NOBODY: none."""
    contact_type = contact_at(c, contact).type
    its_type = type_at(c, contact_type)
    if not its_type.takes_whole_agent:
        return _select_for_chat(c, contact)
    best = NOBODY
    rank = 0
    for i in range(its_type.n_routes):
        route = route_at(c, contact_type * c.n_groups + i)
        if best != NOBODY and route.rank > rank:
            break
        shelf = shelf_at(c, route.group * c.n_shelves)
        agent = shelf.first
        if agent == NOBODY:
            continue
        if its_type.is_choosy and not (
            _may_take(c, route.group, contact, shelf.n) and seat_is_free(c, route.group)
        ):
            continue
        if best == NOBODY or agent_at(c, agent).since_s < agent_at(c, best).since_s:
            best = agent
            rank = route.rank
    return best


@seldom
def _select_for_chat(c: Center, contact: int) -> int:
    """Fewest in hand, or most where the group fills one agent first; then longest idle, or without a new contact."""
    contact_type = contact_at(c, contact).type
    best = NOBODY
    rank = 0
    for i in range(type_at(c, contact_type).n_routes):
        route = route_at(c, contact_type * c.n_groups + i)
        if best != NOBODY and route.rank > rank:
            break
        n_idle = shelf_at(c, route.group * c.n_shelves).n
        if not _may_take(c, route.group, contact, n_idle) or empties(c, route.group):
            continue
        agent = _with_room(c, route.group)
        if agent != NOBODY and (best == NOBODY or _chat_goes_before(c, agent, best)):
            best = agent
            rank = route.rank
    return best


@compiled
def _with_room(c: Center, group: int) -> int:
    """Who of a group takes the next chat."""
    me = group_at(c, group)
    idle = shelf_at(c, group * c.n_shelves).first if seat_is_free(c, group) else NOBODY
    if idle != NOBODY and not me.stacks:
        return idle
    for i in range(1, me.chat_limit):
        held = me.chat_limit - i if me.stacks else i
        agent = shelf_at(c, group * c.n_shelves + held).first
        if agent != NOBODY:
            return agent
    return idle


@compiled
def _chat_goes_before(c: Center, agent: int, other: int) -> bool:
    mine, its = _held(c, agent), _held(c, other)
    if mine != its:
        return mine < its
    mine_s, its_s = agent_at(c, agent).since_s, agent_at(c, other).since_s
    return mine_s < its_s or (mine_s == its_s and agent < other)


@compiled
def _held(c: Center, agent: int) -> int:
    me = agent_at(c, agent)
    return -me.n_in_hand if group_at(c, me.group).stacks else me.n_in_hand


@seldom
def select_to_interrupt(c: Center, contact: int) -> int:
    """Who puts work aside for a live contact: of the first rank that has any, who began last; NOBODY: none."""
    contact_type = contact_at(c, contact).type
    if type_at(c, contact_type).is_deferred:
        return NOBODY
    best = NOBODY
    rank = 0
    for i in range(type_at(c, contact_type).n_routes):
        route = route_at(c, contact_type * c.n_groups + i)
        if best != NOBODY and route.rank > rank:
            break
        agent = _began_last(c, route.group)
        if agent == NOBODY or not _may_take(
            c, route.group, contact, shelf_at(c, route.group * c.n_shelves).n + 1
        ):
            continue
        if best == NOBODY or _began_later(c, agent, best):
            best = agent
            rank = route.rank
    return best


@compiled
def _began_last(c: Center, group: int) -> int:
    """Of a group; of those who began at the same instant the first by position."""
    agent = shelf_at(c, group * c.n_shelves + c.n_shelves - 1).last
    while agent != NOBODY:
        before = agent_at(c, agent).previous
        if before == NOBODY or agent_at(c, before).since_s < agent_at(c, agent).since_s:
            break
        agent = before
    return agent


@compiled
def _began_later(c: Center, agent: int, other: int) -> bool:
    mine_s, its_s = agent_at(c, agent).since_s, agent_at(c, other).since_s
    return mine_s > its_s or (mine_s == its_s and agent < other)


@compiled
def select_contact(c: Center, agent: int) -> int:
    """What an agent with room takes of what waits: live contacts, then callbacks that can wait, then deferred work."""
    me = agent_at(c, agent)
    if me.n_in_hand == 0 and not seat_is_free(c, me.group):
        return NOBODY
    contact = _best(c, agent, False, False)
    if contact == NOBODY and c.calls_later:
        contact = _best(c, agent, False, True)
    if contact == NOBODY and group_at(c, me.group).takes_deferred and me.shifts > 0:
        contact = _best(c, agent, True, False)
    return contact


@compiled
def _best(c: Center, agent: int, deferred: bool, later: bool) -> int:
    """By priority of the types; among equals by the group's policy; ties by skill order."""
    group = agent_at(c, agent).group
    policy = group_at(c, group).policy
    free = agent_at(c, agent).n_in_hand == 0
    best = NOBODY
    best_score, best_priority = 0.0, 0
    for i in range(group_at(c, group).n_skills):
        contact_type = skill_at(c, group * c.n_types + i).looks_at
        its_type = type_at(c, contact_type)
        if its_type.is_deferred != deferred:
            continue
        if best != NOBODY and its_type.priority > best_priority:
            break
        first = first_in_line(c, group, contact_type, later)
        if first == NOBODY:
            continue
        plain = free and its_type.takes_whole_agent and not its_type.is_choosy
        if not plain and not _has_room_for(c, agent, contact_type):
            continue
        score = c.now_s - contact_at(c, first).queued_s
        if policy == WEIGHTED_WAIT:
            score *= skill_at(c, group * c.n_types + contact_type).weight
        if best == NOBODY or score > best_score:
            best, best_score, best_priority = first, score, its_type.priority
        if policy == PRIORITY:
            break
    return best


@compiled
def first_in_line(c: Center, group: int, contact_type: int, later: bool) -> int:
    """Who comes first of those that this group may take by now; NOBODY: none."""
    its_type = type_at(c, contact_type)
    if its_type.goes_ahead and not later:
        head = line_at(c, line_of(c, contact_type, AHEAD)).first
        if head != NOBODY and _is_eligible(c, group, head):
            return head
    head = line_at(c, line_of(c, contact_type, LATER if later else PLAIN)).first
    if head != NOBODY and its_type.is_delayed and not _is_eligible(c, group, head):
        return NOBODY
    return head


@compiled
def _is_eligible(c: Center, group: int, contact: int) -> bool:
    """Whether the group's time has come; work put back is for anyone."""
    me = contact_at(c, contact)
    if me.put_back:
        return True
    return c.now_s >= me.queued_s + skill_at(c, group * c.n_types + me.type).after_s


@compiled
def _may_take(c: Center, group: int, contact: int, n_free: int) -> bool:
    """Whether the time for this group has come, and enough of its people would be free."""
    if not n_free > skill_at(c, group * c.n_types + contact_at(c, contact).type).free_above:
        return False
    return _is_eligible(c, group, contact)


@compiled
def _has_room_for(c: Center, agent: int, contact_type: int) -> bool:
    """One contact that takes the whole agent, or so many chats; the freed agent is counted among the free."""
    me = agent_at(c, agent)
    is_free = me.n_in_hand == 0
    n_free = shelf_at(c, me.group * c.n_shelves).n + (1 if is_free else 0)
    if not n_free > skill_at(c, me.group * c.n_types + contact_type).free_above:
        return False
    if type_at(c, contact_type).takes_whole_agent:
        return is_free
    return has_room(c, agent) and not empties(c, me.group)


@compiled
def has_room(c: Center, agent: int) -> bool:
    """Whether the agent can take anything more."""
    me = agent_at(c, agent)
    return me.n_in_hand == 0 or (me.contact == NOBODY and me.n_in_hand < group_at(c, me.group).chat_limit)


@seldom
def empties(c: Center, group: int) -> bool:
    """Whether the group takes no new chats, as a call that it may take waits."""
    if not group_at(c, group).empties_for_calls:
        return False
    for i in range(group_at(c, group).n_skills):
        contact_type = skill_at(c, group * c.n_types + i).looks_at
        its_type = type_at(c, contact_type)
        if not its_type.takes_whole_agent or its_type.is_deferred:
            continue
        if first_in_line(c, group, contact_type, False) != NOBODY:
            return True
    return False


@compiled
def seat_is_free(c: Center, group: int) -> bool:
    """Where heads are seats, work begins only while fewer are busy than there are seats."""
    return not c.counts_seats or group_at(c, group).n_busy < group_at(c, group).n_seats
