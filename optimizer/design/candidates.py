"""The combinations that may be chosen: options that do not exclude each other, within the budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios import Fault, FaultyInput, Scenario, Study
from scenarios.choosing import exclude_each_other, options_of, with_options
from scenarios.designs import DesignOption
from sim.measures.costs.one_off import one_off_cost
from sim.measures.costs.time import months_of

MOST = 1000  # combinations; each is simulated once, before any of them is planned
_CENT = 1e-6  # sums of prices are compared with a budget that was written as a decimal


@dataclass(frozen=True)
class Candidate:
    """A design that may be chosen. `options`: those taken; `of`: the study's design in words, "" for the baseline.

    per_month, one_off: prices of the options and, once, of the scenario's own bots and prevention
    one_off_months: over which what is paid once is spread
    """

    key: str
    scenario: Scenario
    options: tuple[DesignOption, ...] = ()
    of: str = ""
    per_month: float = 0.0
    one_off: float = 0.0
    one_off_months: float = 36.0

    @property
    def taken(self) -> tuple[str, ...]:
        """What is done, in words; nothing: empty."""
        return (*([self.of] if self.of else []), *(option.words for option in self.options))

    @property
    def label(self) -> str:
        """What people read."""
        return " + ".join(self.taken) if self.taken else "nothing"

    @property
    def beside(self) -> float:
        """What the design costs over the horizon beside the scenario's running cost.

        months × (per_month + one_off ÷ one_off_months)
        """
        return months_of(self.scenario) * (self.per_month + self.one_off / self.one_off_months)


def candidates_of(study: Study) -> tuple[Candidate, ...]:
    """The baseline first, then its combinations; then each design of the study with its own, all alternatives."""
    found = [
        candidate
        for i, scenario in enumerate(study.scenarios)
        for candidate in _combined(scenario, is_baseline=i == 0)
    ]
    if len(found) > MOST:
        raise _too_many(study.baseline)
    return tuple(found)


def _combined(scenario: Scenario, is_baseline: bool) -> Iterator[Candidate]:
    """Nothing and every combination within the budget; raises FaultyInput where options do not go together."""
    design, options = scenario.plan.design, options_of(scenario)
    months = 36.0 if design is None else design.one_off_months
    faults: list[Fault] = []
    for n, chosen in enumerate(_choices(options, None if design is None else design.budget_per_month)):
        if n > MOST:
            raise _too_many(scenario)
        numbers = "-".join(str(i + 1) for i in chosen)
        name = f"{scenario.name}-with-{numbers}" if chosen else ""
        try:
            center = with_options(scenario, [options[i] for i in chosen], name)
        except FaultyInput as faulty:
            faults += faulty.faults
            continue
        yield Candidate(
            key=center.name,
            scenario=center,
            options=tuple(options[i] for i in chosen),
            of="" if is_baseline else scenario.label,
            per_month=sum(options[i].per_month for i in chosen),
            one_off=sum(options[i].one_off for i in chosen) + one_off_cost(center),
            one_off_months=months,
        )
    if faults:
        raise FaultyInput(dict.fromkeys(faults))


def without_bots_options(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The candidate that takes the same options but those that change bots; the baseline where there is none."""
    kept = [option for option in candidate.options if not any(k.startswith("bot.") for k in option.changes)]
    same = [one for one in candidates if one.of == candidate.of and list(one.options) == kept]
    return same[0] if same and same[0].key != candidate.key else candidates[0]


def _choices(options: Sequence[DesignOption], budget: float | None) -> Iterator[tuple[int, ...]]:
    """Positions of the options taken: nothing first, then the first option alone and with later ones, and so on."""
    limit = float("inf") if budget is None else budget * (1.0 + _CENT)

    def further(taken: tuple[int, ...], spent: float) -> Iterator[tuple[int, ...]]:
        yield taken
        for i in range(taken[-1] + 1 if taken else 0, len(options)):
            fits = spent + options[i].per_month <= limit
            if fits and not any(exclude_each_other(options[i], options[j]) for j in taken):
                yield from further((*taken, i), spent + options[i].per_month)

    return further((), 0.0)


def _too_many(scenario: Scenario) -> FaultyInput:
    found, expected = f"makes more than {MOST} combinations", "fewer options, or a smaller budget"
    return FaultyInput([Fault(scenario.name, "plan.design", found, expected)])
