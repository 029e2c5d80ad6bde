"""What the shift model knows: people needed in every slot, the shifts there are, and who shares breaks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimizer.horizon import A_WEEK, Horizon, IntArray
from optimizer.shifts.kinds import ShiftKey, ShiftKind, Window, Windows, shift_kinds
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.slots import Slots, slots_of

BreakKey = tuple[int, int, int, int]  # day, team of that day, break rule, slot in which the break starts


@dataclass(frozen=True)
class BreakTeam:
    """Shifts of one day with the same breaks: who of them takes which break is settled afterwards, in `of_group`."""

    day: int
    number: int
    windows: Windows
    kinds: tuple[ShiftKind, ...]

    @cached_property
    def shifts_at(self) -> dict[int, list[ShiftKey]]:
        """The team's shifts by start slot."""
        by_start: dict[int, list[ShiftKey]] = {}
        for kind in self.kinds:
            by_start.setdefault(kind.start, []).append(kind.key)
        return by_start

    def shifts_from(self, after: int, until: int) -> list[ShiftKey]:
        """The team's shifts that start after one slot and up to another."""
        return [key for start, keys in self.shifts_at.items() if after < start <= until for key in keys]

    def key(self, window: Window, slot: int) -> BreakKey:
        """The index of the team's break that starts in a slot."""
        return self.day, self.number, window.rule, slot

    def break_slots(self, window: Window) -> range:
        """Every slot in which somebody of the team may start this break."""
        return range(min(self.shifts_at) + window.first, max(self.shifts_at) + window.last + 1)


@dataclass(frozen=True)
class ShiftProblem:
    """Cover `needed` scheduled heads in every slot by shifts, at the least cost.

    needed: heads by slot, breaks and shrinkage seen to; allowed: the most heads at once, None: no limit
    """

    slots: Slots
    rules: ShiftRules
    kinds: tuple[ShiftKind, ...]
    needed: IntArray
    allowed: int | None

    @cached_property
    def teams(self) -> tuple[BreakTeam, ...]:
        """Shifts with breaks, by day and windows."""
        found: dict[tuple[int, Windows], list[ShiftKind]] = {}
        for kind in self.kinds:
            if kind.windows:
                found.setdefault((kind.day, kind.windows), []).append(kind)
        teams: list[BreakTeam] = []
        for day, windows in sorted(
            found, key=lambda key: (key[0], [(w.rule, w.first, w.last) for w in key[1]])
        ):
            number = sum(team.day == day for team in teams)
            teams.append(BreakTeam(day, number, windows, tuple(found[day, windows])))
        return tuple(teams)

    @property
    def days_touch(self) -> bool:
        """Whether a shift passes midnight, so that one day's people cover the next day's requirement."""
        n = self.slots.n_per_day
        return any(kind.start % n + kind.n_slots > n for kind in self.kinds)

    def of_day(self, day: int) -> ShiftProblem:
        """One day of days that do not touch, without the weeks that tie them together."""
        of_day = np.arange(self.slots.n) // self.slots.n_per_day == day
        return replace(
            self,
            rules=replace(self.rules, days_per_week=None, min_rest_s=None),
            kinds=tuple(kind for kind in self.kinds if kind.day == day),
            needed=np.where(of_day, self.needed, 0),
        )

    def first_equal_day(self, day: int) -> int:
        """The first day that needs the same people at the same times, and has the same shifts."""
        n = self.slots.n_per_day

        def seen_from_midnight(of: int) -> tuple[bytes, list[ShiftKind]]:
            shifts = [
                replace(kind, day=0, start=kind.start - of * n) for kind in self.kinds if kind.day == of
            ]
            return self.needed[of * n : (of + 1) * n].tobytes(), shifts

        asked = seen_from_midnight(day)
        return next(of for of in range(day + 1) if seen_from_midnight(of) == asked)

    @property
    def missing_price_h(self) -> float:
        """Paid hours that one head missing in one slot counts as."""
        return self.rules.missing_price_h(self.slots.horizon.interval_s) / self.slots.n_per_interval

    @property
    def missing_goal_h(self) -> float:
        """What one head missing in one slot counts for in the objective; see `goal_h`."""
        return self.missing_price_h + self.rules.overstaffing_h * self.slot_h

    @cached_property
    def goal_h(self) -> dict[ShiftKey, float]:
        """What one person on each shift counts for in the objective: cost, and time at work where overstaffing weighs.

        Heads above need = Σ_t (heads[t] + missing[t] − needed[t]), and Σ_t heads[t] is all time at work, so that its
        weight may stand at the shifts; what is needed is the same for all plans and left out.
        """
        weight = self.rules.overstaffing_h * self.slot_h
        return {kind.key: kind.cost_h + weight * kind.slots_at_work for kind in self.kinds}

    @property
    def slot_h(self) -> float:
        """Hours of a slot."""
        return self.slots.slot_s / HOUR_S

    @cached_property
    def cost_h(self) -> dict[ShiftKey, float]:
        """What one person on each shift costs, in paid hours at the group's price."""
        return {kind.key: kind.cost_h for kind in self.kinds}

    def hours(self, key: ShiftKey) -> float:
        """Paid hours of a shift."""
        return key[1] * self.slot_h

    def day(self, key: ShiftKey) -> int:
        """The day on which a shift starts."""
        return key[0] // self.slots.n_per_day


def scheduled_heads(present: int, available_share: float) -> int:
    """Scheduled heads of whom on average so many are present.  ⌈present ÷ ((1 − planned)(1 − absent) · adherence)⌉"""
    return math.ceil(present / available_share - 1e-9)


def shift_problem(
    required: IntArray, horizon: Horizon, rules: ShiftRules, available_share: float
) -> ShiftProblem:
    """The problem of one group.

    required: people present, days by intervals; what stands outside the open hours is left out, as is nobody there
    People's weeks are put together for a horizon of a week; on any other, shifts are counted day by day.
    """
    if horizon.n_days != A_WEEK:
        rules = replace(rules, days_per_week=None, min_rest_s=None)
    slots = slots_of(horizon, rules)
    floor = np.where(horizon.is_open(), np.maximum(required, rules.min_present), 0)
    heads = np.vectorize(lambda n: scheduled_heads(int(n), available_share), otypes=[np.int64])(floor)
    limits = [rules.most_scheduled]
    if rules.max_present is not None:
        limits.append(scheduled_heads(rules.max_present, available_share))
    return ShiftProblem(
        slots=slots,
        rules=rules,
        kinds=shift_kinds(slots, rules),
        needed=np.where(slots.is_open(), slots.from_intervals(heads), 0),
        allowed=min((limit for limit in limits if limit is not None), default=None),
    )
