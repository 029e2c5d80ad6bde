"""Groups with skills in the long run, column by column: the Markov chain of calls under fixed priorities.

For centers of exponential calls whose types rank the groups and whose groups rank the types, without ties. Then only
counts matter: of each group's busy people (apart where its types talk differently long), and of each type's queue. So
a center is solved in a tenth of a second, and thousands of head counts can be tried. `tests.sim.theory.markov` walks
the same chains state by state, for any policy.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import pdtr, pdtrik

from scenarios import Scenario
from tests.sim.theory.markov.reading import HOUR_S, mean_s, routes
from tests.sim.theory.markov.solving import stationary

IntArray = np.ndarray[Any, np.dtype[np.int64]]
FloatArray = np.ndarray[Any, np.dtype[np.float64]]
MOST_CUT = 1e-5  # share of time with a queue as long as the chain knows
LEFT_OUT = 1e-12


@dataclass(frozen=True)
class Moves:
    """One kind of event from every state where it can happen: states by their number, rates per second.

    taken: the type that leaves its queue for an agent; lost: the one that gives up; came: the one that begins to wait
    """

    source: IntArray
    target: IntArray
    per_s: FloatArray
    came: int = -1
    lost: int = -1
    taken: int = -1


class SkillChain:
    """A center with so many people in each group, solved.

    states: one row each; first the busy people of each (group, mean time), then the queue of each type
    """

    def __init__(self, scenario: Scenario, people: tuple[int, ...], longest_queue: int) -> None:
        self.types, self.groups = list(scenario.contact_type), list(scenario.agent_group)
        self.people, self.longest_queue = people, longest_queue
        declared = scenario.contact_type.values()
        self.arrive_per_s = [kind.arrivals.per_h / HOUR_S for kind in declared]
        self.patience_s = [mean_s(kind.patience_s) for kind in declared]
        self._read_routes(scenario)
        self._read_skills(scenario)
        self._list_states()
        self.moves = list(self._moves())
        self.shares = stationary(
            len(self.states),
            np.concatenate([moves.source for moves in self.moves]),
            np.concatenate([moves.target for moves in self.moves]),
            np.concatenate([moves.per_s for moves in self.moves]),
        )
        cut = float(self.shares[(self.queues == longest_queue).any(axis=1)].sum())
        if cut > MOST_CUT:
            raise ArithmeticError(f"{people}: {cut:.1e} of the time where the chain is cut")

    # --- What is asked of it ------------------------------------------------------------------------------------

    def figure(self, measure: str, name: str, awt_s: float | None = None) -> float:
        """A measure of one type, by the name that the simulation has for it."""
        kind = self.types.index(name)
        if measure == "service_level":
            assert awt_s is not None
            return self.service_level(kind, awt_s)
        queue = float(self.shares @ self.queues[:, kind])
        return {
            "delay_rate": self._delay_rate(kind),
            "mean_wait_s": queue / self.arrive_per_s[kind],
            "abandonment_rate": queue / self.patience_s[kind] / self.arrive_per_s[kind],
        }[measure]

    def service_level(self, kind: int, awt_s: float) -> float:
        """Answered within awt_s ÷ offered: at once, or from the queue by then, by the state that an arrival finds."""
        (joins,) = (moves for moves in self.moves if moves.came == kind)
        in_time = self._answered_within(kind, awt_s)
        later = float(self.shares[joins.source] @ in_time[joins.target])
        return 1.0 - self._delay_rate(kind) + later

    def _delay_rate(self, kind: int) -> float:
        return float(self.shares[~self._served_at_once(kind)].sum())

    def _answered_within(self, kind: int, awt_s: float) -> FloatArray:
        """P(the last in a type's queue is answered within awt_s) from every state.

        Who comes later in the same queue does not matter to the last one, so nobody does: a chain that ends when
        the last one is answered or gives up, over a stretch of time by uniformization.
        """
        n, ahead = len(self.states), self.queues[:, kind] - 1
        waits = ahead >= 0
        sources, targets, rates = [], [], []
        answered, ends = np.zeros(n), np.where(waits, 1.0 / self.patience_s[kind], 0.0)
        for moves in self.moves:
            known = waits[moves.source] & (moves.came != kind)
            source, target, per_s = moves.source[known], moves.target[known], moves.per_s[known]
            if moves.lost == kind:
                per_s = per_s * ahead[source] / (ahead[source] + 1)
            last = (ahead[source] == 0) & (moves.taken == kind)
            np.add.at(answered, source[last], per_s[last])
            np.add.at(ends, source, per_s)
            sources.append(source[~last])
            targets.append(target[~last])
            rates.append(per_s[~last])
        fastest = float(ends.max())
        on = csr_matrix(
            (np.concatenate(rates), (np.concatenate(sources), np.concatenate(targets))), shape=(n, n)
        )
        return _by_then(on / fastest, 1.0 - ends / fastest, answered / fastest, fastest * awt_s)

    # --- The chain ------------------------------------------------------------------------------------------------

    def _read_routes(self, scenario: Scenario) -> None:
        self.ranked: list[list[int]] = []
        for name in self.types:
            ranks = routes(scenario, name)
            if len(set(ranks.values())) < len(ranks):
                raise ValueError(f"{name}: groups of equal rank need the order of those idle")
            self.ranked.append([self.groups.index(group) for group in sorted(ranks, key=lambda g: ranks[g])])

    def _read_skills(self, scenario: Scenario) -> None:
        self.skills: list[list[int]] = []
        self.cells: list[tuple[int, float]] = []  # (group, mean time): whose busy people are counted apart
        self.cell_of: dict[tuple[int, int], int] = {}
        for g, group in enumerate(scenario.agent_group.values()):
            if group.policy != "priority" and len(group.skills) > 1:
                raise ValueError(f"{group.policy}: only fixed priorities need no order of those who wait")
            self.skills.append([self.types.index(skill.contact_type) for skill in group.skills])
            for skill in group.skills:
                talk_s = mean_s(scenario.contact_type[skill.contact_type].talk_s) * skill.talk_factor
                cell = (g, talk_s)
                if cell not in self.cells:
                    self.cells.append(cell)
                self.cell_of[g, self.types.index(skill.contact_type)] = self.cells.index(cell)

    def _list_states(self) -> None:
        """Who waits finds no group free that may take the call."""
        of_group = [
            [c for c, (group, _) in enumerate(self.cells) if group == g] for g in range(len(self.groups))
        ]
        counts = [
            [row for row in itertools.product(range(n + 1), repeat=len(cells)) if sum(row) <= n]
            for n, cells in zip(self.people, of_group, strict=True)
        ]
        parts = []
        for rows in itertools.product(*counts):
            full = [sum(row) == n for row, n in zip(rows, self.people, strict=True)]
            lengths = [
                self.longest_queue + 1 if all(full[g] for g in groups) else 1 for groups in self.ranked
            ]
            queues = np.indices(lengths).reshape(len(lengths), -1).T
            busy = np.tile(np.array(list(itertools.chain(*rows)), dtype=np.int64), (len(queues), 1))
            parts.append(np.hstack((busy, queues)))
        self.states = np.vstack(parts)
        radix = [max(self.people) + 1] * len(self.cells) + [self.longest_queue + 1] * len(self.types)
        self._weights = np.concatenate(([1], np.cumprod(radix[:-1]))).astype(np.int64)
        keys = self.states @ self._weights
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    @property
    def queues(self) -> IntArray:
        """Waiting calls by state and type."""
        return self.states[:, len(self.cells) :]

    @cached_property
    def _free(self) -> IntArray:
        """Idle people by state and group."""
        busy = np.zeros((len(self.states), len(self.groups)), dtype=np.int64)
        for cell, (group, _) in enumerate(self.cells):
            busy[:, group] += self.states[:, cell]
        return np.array(self.people) - busy

    def _served_at_once(self, kind: int) -> Any:
        return (self._free[:, self.ranked[kind]] > 0).any(axis=1)

    def _moves(self) -> Iterator[Moves]:
        for kind in range(len(self.types)):
            yield from self._arrivals(kind)
            yield self._moved(
                self.queues[:, kind] / self.patience_s[kind], {self._queue(kind): -1}, lost=kind
            )
        for cell, (group, talk_s) in enumerate(self.cells):
            yield from self._ends(cell, group, self.states[:, cell] / talk_s)

    def _arrivals(self, kind: int) -> Iterator[Moves]:
        """To the first group with somebody free, else to the queue."""
        left = np.full(len(self.states), self.arrive_per_s[kind])
        for group in self.ranked[kind]:
            here = self._free[:, group] > 0
            yield self._moved(np.where(here, left, 0.0), {self.cell_of[group, kind]: 1})
            left = np.where(here, 0.0, left)
        room = self.queues[:, kind] < self.longest_queue
        yield self._moved(np.where(room, left, 0.0), {self._queue(kind): 1}, came=kind)

    def _ends(self, cell: int, group: int, left: FloatArray) -> Iterator[Moves]:
        """Whoever ends takes the first in line of the first type that waits, by the group's order."""
        for kind in self.skills[group]:
            waits = self.queues[:, kind] > 0
            change = {self._queue(kind): -1}
            if self.cell_of[group, kind] != cell:
                change |= {cell: -1, self.cell_of[group, kind]: 1}
            yield self._moved(np.where(waits, left, 0.0), change, taken=kind)
            left = np.where(waits, 0.0, left)
        yield self._moved(left, {cell: -1})

    def _queue(self, kind: int) -> int:
        return len(self.cells) + kind

    def _moved(self, per_s: FloatArray, change: dict[int, int], **what: int) -> Moves:
        """From every state where this happens, to the state with these columns changed."""
        source = np.flatnonzero(per_s)
        to = self.states[source]
        for column, by in change.items():
            to[:, column] += by
        target = self._order[np.searchsorted(self._keys, to @ self._weights)]
        return Moves(source, target, per_s[source], **what)


def _by_then(on: csr_matrix, stay: FloatArray, reached: FloatArray, steps: float) -> FloatArray:
    """Σ_k Poisson(k; steps) · P(reached within k steps), from every state."""
    most = int(pdtrik(1.0 - LEFT_OUT, steps)) + 2
    exactly = np.diff(pdtr(np.arange(most), steps), prepend=0.0)
    within, found = np.zeros(len(stay)), np.zeros(len(stay))
    for share in exactly:
        found += share * within
        within = on @ within + stay * within + reached
    return found
