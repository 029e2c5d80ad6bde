"""In turn: the requirement first, then shifts that cover it, and back until the simulation holds.

A formula gives the first guess (`optimizer.requirement.first_guess`). Then rounds: shifts that cover it, a
simulation of those very shifts, and a requirement moved up where a target is missed and down where it is more than
held. The cheapest schedule that held is the answer; for a share of days, without every shift that it can do without.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.draws import SEARCH_DRAWS_FROM, Note, Simulate
from optimizer.horizon import FloatArray, IntArray, horizon_of
from optimizer.one_shift_fewer import one_shift_fewer
from optimizer.options import Found, PlanOptions
from optimizer.people import Effort, GroupPlan, groups_to_plan, worst_status
from optimizer.requirement.first_guess import first_guess
from optimizer.requirement.margins import margins_of, of_kinds, targets_of_group
from optimizer.requirement.offsets import GAIN_PER_OFFSET, Offset, raised
from optimizer.staffing import staff, with_people
from optimizer.standing import SO_FAR, Standing
from scenarios import Scenario
from sim.chance.sample import Scheme
from sim.measures.result import Result
from sim.replicate import Asked

_TELLING_MARGINS = 0.01  # trials must differ by a point of service for a slope to be read from them
_MOST_LEFT_OUT = 16  # trials without a person's shift, where the target is a share of days
_LAST_ROUNDS = 2  # rounds in which nothing new is tried: every period as it last held


@dataclass(frozen=True)
class _Schedule:
    """What one round proposes."""

    offsets: dict[str, list[Offset]]
    required: dict[str, IntArray]
    shifts: dict[str, GroupPlan]
    scenario: Scenario

    @property
    def cost(self) -> float:
        return sum(plan.cost for plan in self.shifts.values())


@dataclass(frozen=True)
class _Trial:
    """A schedule, and by how much each kind of period of each group held its targets on the search's draws."""

    schedule: _Schedule
    margins: dict[str, FloatArray]

    @property
    def worst(self) -> float:
        """The smallest margin; infinite without targets."""
        return min(
            (float(np.min(margins)) for margins in self.margins.values() if len(margins)), default=math.inf
        )

    @property
    def mean_margin(self) -> float:
        """The mean of the margins where anybody came."""
        found = [margins[np.isfinite(margins)] for margins in self.margins.values()]
        every = np.concatenate(found) if found else np.zeros(0)
        return float(every.mean()) if len(every) else 0.0

    @property
    def holds(self) -> bool:
        return self.worst >= 0.0

    def next_offsets(self) -> dict[str, list[Offset]]:
        return {
            group: [o.after(float(m)) for o, m in zip(self.schedule.offsets[group], margins, strict=True)]
            for group, margins in self.margins.items()
        }


class Rounds:
    """Rounds of shifts and simulation. `trials`: what was tried so far."""

    def __init__(
        self,
        scenario: Scenario,
        options: PlanOptions,
        simulate: Simulate,
        note: Note,
    ) -> None:
        self.scenario = scenario
        self.options = options
        self.simulate_as_asked = simulate
        self.note = note
        self.n_rounds = 0
        self.trials: list[_Trial] = []
        self.effort = Effort(options.gap, options.time_limit_s, options.solver)
        self.guesses = {group: first_guess(scenario, group) for group in groups_to_plan(scenario)}
        self.targets = {group: targets_of_group(scenario, group) for group in self.guesses}
        self.kinds = {
            group: targets.kinds(self.guesses[group].offered_load_erl.ravel())
            for group, targets in self.targets.items()
        }

    def found(self) -> Found:
        """The cheapest schedule that held its targets on the search's draws, or the one that missed least.

        An interrupt ends the search with the best so far, once there is any.
        """
        is_cut_short = False
        try:
            self._search()
            if self.scenario.plan.target_probability is not None and self.scenario.plan.kind == "shifts":
                self._leave_out_shifts()
        except KeyboardInterrupt:
            if not self.trials:
                raise
            is_cut_short = True
        best = self._cheapest_held() or max(self.trials, key=lambda trial: trial.worst)
        spare = max(0.0, best.mean_margin) * self._cost_of_service(self.trials)
        return _as_found(best.schedule, spare, self.n_rounds, is_cut_short)

    def _search(self) -> None:
        offsets = self._first_offsets()
        for remaining in reversed(range(self.options.most_rounds)):
            trial = self._try(offsets)
            self.trials.append(trial)
            offsets = trial.next_offsets()
            settled = all(offset.settled for group in offsets.values() for offset in group)
            if trial.holds and (settled or remaining == 0):
                return
            if settled or remaining < _LAST_ROUNDS:
                # Each period as it last held: schedules differ a little with their neighbors, so it is tried again.
                offsets = {group: [offset.safe() for offset in known] for group, known in offsets.items()}
            if _same(self._all_required(offsets), trial.schedule.required):
                return

    def _leave_out_shifts(self) -> None:
        """From the cheapest that held on: the same without one person's shift, while any still holds."""
        tried = 0
        best = self._cheapest_held()
        while best is not None and tried < _MOST_LEFT_OUT:
            cheaper = None
            for required in self._with_one_fewer(best.schedule):
                tried += 1
                trial = self._try_required(best.schedule.offsets, required)
                self.trials.append(trial)
                if trial.holds and trial.schedule.cost < best.schedule.cost:
                    cheaper = trial
                    break
                if tried == _MOST_LEFT_OUT:
                    break
            best = cheaper

    def _with_one_fewer(self, schedule: _Schedule) -> Iterator[dict[str, IntArray]]:
        horizon = horizon_of(self.scenario.calendar)
        for group, plan in schedule.shifts.items():
            share = self.scenario.agent_group[group].shrinkage.available_share
            for people in one_shift_fewer(plan, horizon, share):
                yield {**schedule.required, group: people}

    def _so_far(self) -> str:
        """The cheapest that held its targets, with what is proven of shifts for the same requirement."""
        held = self._cheapest_held()
        if held is None:
            return ""
        bound = sum(plan.lower_bound for plan in held.schedule.shifts.values())
        return f"{SO_FAR}{Standing(held.schedule.cost, bound, None, self.scenario.money.currency)}"

    def _cheapest_held(self) -> _Trial | None:
        held = [trial for trial in self.trials if trial.holds]
        return min(held, key=lambda trial: trial.schedule.cost) if held else None

    def _cost_of_service(self, trials: list[_Trial]) -> float:
        """Money for one more share of contacts served in time: from the trials, or by the square-root formula."""
        margins = np.array([trial.mean_margin for trial in trials])
        costs = np.array([trial.schedule.cost for trial in trials])
        if float(np.ptp(margins)) > _TELLING_MARGINS:
            return max(0.0, float(np.polyfit(margins, costs, 1)[0]))
        per_offset = 0.0
        for group, guess in self.guesses.items():
            declared = self.scenario.agent_group[group]
            people_h = (
                float(np.sqrt(guess.offered_load_erl).sum()) * self.scenario.calendar.interval_min / 60.0
            )
            per_offset += people_h / declared.shrinkage.available_share * declared.cost_per_h
        return per_offset / GAIN_PER_OFFSET

    def _try(self, offsets: dict[str, list[Offset]]) -> _Trial:
        """Shifts that cover the first guess moved by these offsets, simulated."""
        return self._try_required(offsets, self._all_required(offsets))

    def _try_required(self, offsets: dict[str, list[Offset]], required: dict[str, IntArray]) -> _Trial:
        schedule = self._schedule(offsets, required)
        return _Trial(schedule, self._margins(schedule))

    def _schedule(self, offsets: dict[str, list[Offset]], required: dict[str, IntArray]) -> _Schedule:
        shifts: dict[str, GroupPlan] = {}
        for group, people in required.items():
            self.note(f"round {self.n_rounds + 1}: shifts of {group}{self._so_far()}")
            shifts[group] = staff(self.scenario, group, people, self.effort)
        return _Schedule(offsets, required, shifts, with_people(self.scenario, shifts))

    def simulate(self, schedule: _Schedule, replications: int, first: int, scheme: Scheme) -> Result:
        """The schedule by interval, on replications from `first` on."""
        asked = Asked(
            self.options.seed, replications, by_interval=True, first_replication=first, scheme=scheme
        )
        return self.simulate_as_asked(schedule.scenario, asked)

    def _first_offsets(self) -> dict[str, list[Offset]]:
        known = self.options.offsets or {}
        offsets = {}
        for group, kinds in self.kinds.items():
            n_kinds = len(np.unique(kinds))
            values = known.get(group, ())
            fits = len(values) == n_kinds
            offsets[group] = (
                [Offset(value) for value in values] if fits else [Offset() for _ in range(n_kinds)]
            )
        return offsets

    def _all_required(self, offsets: dict[str, list[Offset]]) -> dict[str, IntArray]:
        return {group: self._required(group, offsets[group]) for group in self.guesses}

    def _required(self, group: str, offsets: list[Offset]) -> IntArray:
        guess = self.guesses[group]
        kind = self.targets[group].kind_of_interval(self.kinds[group], guess.required.size)
        values = np.array([offset.value for offset in offsets] + [0.0])[
            kind
        ]  # kind −1: the last one, no offset
        people = raised(guess.required.ravel(), guess.offered_load_erl.ravel(), values)
        return people.reshape(guess.required.shape)

    def _margins(self, schedule: _Schedule) -> dict[str, FloatArray]:
        self.n_rounds += 1
        currency = self.scenario.money.currency
        self.note(
            f"round {self.n_rounds}: simulating shifts of {schedule.cost:,.0f} {currency}{self._so_far()}"
        )
        n = self.options.search_replications or 0
        result = self.simulate(schedule, n, SEARCH_DRAWS_FROM, "antithetic")
        return {
            group: of_kinds(margins_of(schedule.scenario, targets, result), self.kinds[group])
            for group, targets in self.targets.items()
        }


def _as_found(best: _Schedule, spare: float, n_rounds: int, is_cut_short: bool) -> Found:
    return Found(
        scenario=best.scenario,
        groups=best.shifts,
        required=best.required,
        status=worst_status(list(best.shifts.values())).value,
        lower_bound=sum(plan.lower_bound for plan in best.shifts.values()),
        spare=spare,
        n_rounds=n_rounds,
        method="in_turn",
        offsets={group: tuple(offset.value for offset in offsets) for group, offsets in best.offsets.items()},
        is_cut_short=is_cut_short,
    )


def _same(a: Mapping[str, IntArray], b: Mapping[str, IntArray]) -> bool:
    return all(np.array_equal(a[group], b[group]) for group in a)
