"""What happens to calls when people's time is up: the chains of M(t)/M/s(t)+M under either rule of `on_time_up`.

Each rule says what becomes of a law of states at a period's edge, which jumps there are within a period, and in which
states whoever calls has to wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from tests.optimizer.exact.transient import Law

S = TypeVar("S")
LONGEST_QUEUE = 25  # with 36 calls and 6 losses per hour for each who waits, more wait once in 10⁸


class Calls(NamedTuple):
    """Rates per hour: of all calls, of one person's service ends, of one caller's patience ends."""

    arrive: float
    end: float
    give_up: float


@dataclass(frozen=True)
class Step:
    """People at a period's edge: those whose time is up, those who come, and all who are due from then on.

    leaving, coming: by team; a team is known by the period at whose start its time is up.
    """

    leaving: tuple[int, ...]
    coming: tuple[int, ...]
    present: int


class Rule(Protocol[S]):
    """A chain of one period after another."""

    def empty(self) -> S:
        """Nobody there yet."""
        ...

    def seen(self, step: Step) -> Step:
        """What the rule looks at: equal for steps that are alike to it."""
        ...

    def edge(self, law: Law[S], step: Step) -> Law[S]:
        """The law after people have come and gone."""
        ...

    def jumps(self, state: S, calls: Calls, step: Step) -> Iterator[tuple[S, float]]:
        """Every jump within a period."""
        ...

    def delays(self, state: S, step: Step) -> bool:
        """Whether a call that comes now has to wait."""
        ...


class Seats(NamedTuple):
    """Busy people, those who finish after their time included, and waiting calls."""

    busy: int
    waiting: int


class Seat:
    """`on_time_up = "seat"`: a call begins only while all busy people are fewer than those due."""

    def empty(self) -> Seats:
        return Seats(0, 0)

    def seen(self, step: Step) -> Step:
        return Step((), (), step.present)

    def edge(self, law: Law[Seats], step: Step) -> Law[Seats]:
        return moved((_begun(state, step.present), p) for state, p in law.items())

    def jumps(self, state: Seats, calls: Calls, step: Step) -> Iterator[tuple[Seats, float]]:
        busy, waiting = state
        if busy < step.present:
            yield Seats(busy + 1, waiting), calls.arrive
        elif waiting < LONGEST_QUEUE:
            yield Seats(busy, waiting + 1), calls.arrive
        if busy:
            yield _begun(Seats(busy - 1, waiting), step.present), busy * calls.end
        if waiting:
            yield Seats(busy, waiting - 1), waiting * calls.give_up

    def delays(self, state: Seats, step: Step) -> bool:
        return state.busy >= step.present


def _begun(state: Seats, seats: int) -> Seats:
    begin = min(state.waiting, max(0, seats - state.busy))
    return Seats(state.busy + begin, state.waiting - begin)


class EveryLeaverBusy:
    """A lower bound on the waiting under `on_time_up = "person"`: everybody leaves with a call, if there are so many.

    The state is n, calls with people who are due, or waiting. Whoever takes a call along, n falls by one, and no more
    can leave than have their time up: in truth n' ≥ max(n − leaving, 0), which is its value here. A smaller n now is a
    smaller n later (births do not depend on it, deaths min(n, s) μ + (n − s)⁺ θ are coupled), and n' grows with n.
    """

    def empty(self) -> int:
        return 0

    def seen(self, step: Step) -> Step:
        return Step((sum(step.leaving),), (), step.present)

    def edge(self, law: Law[int], step: Step) -> Law[int]:
        return moved((max(0, n - sum(step.leaving)), p) for n, p in law.items())

    def jumps(self, state: int, calls: Calls, step: Step) -> Iterator[tuple[int, float]]:
        waiting = max(0, state - step.present)
        if waiting < LONGEST_QUEUE:
            yield state + 1, calls.arrive
        if state:
            yield state - 1, min(state, step.present) * calls.end + waiting * calls.give_up

    def delays(self, state: int, step: Step) -> bool:
        return state >= step.present


class Floor(NamedTuple):
    """Idle people by the end of their shift, longest idle first; busy ones likewise, counted; waiting calls."""

    idle: tuple[int, ...]
    busy: tuple[int, ...]
    waiting: int


class LongestIdle:
    """`on_time_up = "person"`: who leaves finishes the call in hand while others serve; calls go to the longest idle.

    Whether those whose time is up are busy depends on how long each has been idle: so the order of the idle is known.
    """

    def __init__(self, n_teams: int) -> None:
        self._nobody = (0,) * n_teams

    def empty(self) -> Floor:
        return Floor((), self._nobody, 0)

    def seen(self, step: Step) -> Step:
        return step

    def edge(self, law: Law[Floor], step: Step) -> Law[Floor]:
        return moved((_changed(state, step), p) for state, p in law.items())

    def jumps(self, state: Floor, calls: Calls, step: Step) -> Iterator[tuple[Floor, float]]:
        del step
        idle, busy, waiting = state
        if idle:
            yield Floor(idle[1:], _plus(busy, idle[0], 1), waiting), calls.arrive
        elif waiting < LONGEST_QUEUE:
            yield Floor(idle, busy, waiting + 1), calls.arrive
        for team, n in enumerate(busy):
            if n:
                free = Floor((*idle, team), _plus(busy, team, -1), 0)
                yield state._replace(waiting=waiting - 1) if waiting else free, n * calls.end
        if waiting:
            yield Floor(idle, busy, waiting - 1), waiting * calls.give_up

    def delays(self, state: Floor, step: Step) -> bool:
        del step
        return not state.idle


def _changed(state: Floor, step: Step) -> Floor:
    """Who comes takes a call that waits, or is idle from now on; then those go whose time is up, with their calls."""
    idle, busy, waiting = state
    for team, n in enumerate(step.coming):
        begin = min(n, waiting)
        busy, waiting = _plus(busy, team, begin), waiting - begin
        idle += (team,) * (n - begin)
    gone = {team for team, n in enumerate(step.leaving) if n}
    return Floor(
        tuple(team for team in idle if team not in gone),
        tuple(0 if team in gone else n for team, n in enumerate(busy)),
        waiting,
    )


def _plus(counts: tuple[int, ...], place: int, n: int) -> tuple[int, ...]:
    return (*counts[:place], counts[place] + n, *counts[place + 1 :])


def moved(parts: Iterator[tuple[S, float]]) -> Law[S]:
    """The law of where parts of a law have gone."""
    law: dict[S, float] = defaultdict(float)
    for state, share in parts:
        law[state] += share
    return dict(law)
