"""Our simulation against solved chains: every figure of every system, exact and simulated.

Each system has a seed of its own, so that their errors are independent. Standard errors come from replications.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scipy import stats

from scenarios import Scenario
from sim.replicate import Asked, run
from tests.sim.theory.markov.center import MarkovCenter, State
from tests.sim.theory.markov.chats import ChatCenter
from tests.sim.theory.markov.figures import Exact, chat_figures, exact_figures
from tests.sim.theory.markov.solving import Solved
from tests.sim.theory.markov.systems import SYSTEMS, System
from tests.sim.theory.nearness import ALLOWED_ERRORS, standard_error
from tests.sim.theory.page_table import line

REPLICATIONS = 200
CONTACTS = 300_000  # at least about so many first contacts a system, in all replications together
MOST_CUT = 2e-5  # share of time in states where the chain is cut
RELATIVE_ERROR = 0.02  # the largest standard error that still means something
SHARE_ERROR = 0.002  # of small shares


@dataclass(frozen=True)
class Check:
    """One figure of one system: exact, simulated, and the standard error of the latter."""

    system: str
    exact: Exact
    simulated: float
    standard_error: float

    @property
    def errors(self) -> float:
        """How many standard errors apart."""
        return (self.simulated - self.exact.value) / self.standard_error

    @property
    def is_precise(self) -> bool:
        """Standard error at most 2 % of the figure, or 0.002 of a share below a tenth."""
        is_small_share = (
            self.exact.measure.endswith("_rate") and self.exact.value < SHARE_ERROR / RELATIVE_ERROR
        )
        largest = SHARE_ERROR if is_small_share else RELATIVE_ERROR * self.exact.value
        return self.standard_error < largest


def checks_of(system: System) -> list[Check]:
    """Every figure of a system."""
    scenario = system.scenario(_days(system))
    exact = list(figures_of(system, scenario))
    result = run(scenario, Asked(seed=seed_of(system), replications=REPLICATIONS))
    return [
        Check(
            system.title,
            one,
            result.value(one.measure, one.scope, one.name),
            standard_error(result, one.measure, one.scope, one.name),
        )
        for one in exact
    ]


def figures_of(system: System, scenario: Scenario) -> Iterator[Exact]:
    """Of its chain in the long run."""
    if system.has_chats:
        chats = ChatCenter(scenario, system.longest_queue).solved()
        refuse_cut(system, chats.mean(lambda s: len(s.waiting) == system.longest_queue))
        return chat_figures(scenario, chats)
    return exact_figures(scenario, solved(system))


def solved(system: System) -> Solved[State]:
    """The chain in the long run."""
    chain = MarkovCenter(system.scenario(), system.longest_queue, system.most_away).solved()
    refuse_cut(
        system,
        chain.mean(lambda s: len(s.waiting) == system.longest_queue or len(s.away) == system.most_away),
    )
    return chain


def refuse_cut(system: System, share: float) -> None:
    """An error where what was cut off the chain would matter."""
    if share > MOST_CUT:
        raise ArithmeticError(f"{system.title}: {share:.1e} of the time where the chain is cut")


def seed_of(system: System) -> int:
    """Its place in the list."""
    return SYSTEMS.index(system) + 1


def false_alarm_rate(n_figures: int) -> float:
    """Chance that a right engine fails somewhere: at most the sum of the chances, by Student's t over replications."""
    return n_figures * 2.0 * float(stats.t.sf(ALLOWED_ERRORS, REPLICATIONS - 1))


def _days(system: System) -> int:
    """Whole days a replication."""
    per_day = 24 * sum(kind["arrivals"]["per_h"] for kind in system.contact_type.values())
    return max(1, round(CONTACTS / REPLICATIONS / per_day))


HEADER = "| system | figure | exact | simulated | standard error | apart |"


def told(found: Sequence[Check]) -> list[str]:
    """The table, with what it took to make it."""
    worst = max(found, key=lambda check: abs(check.errors))
    n_systems, alarm = len({check.system for check in found}), false_alarm_rate(len(found))
    return [
        "## Markov chains: simulation against solved balance equations",
        "",
        f"{n_systems} centers with exponential laws. The exact figures are those of the center's Markov chain, solved",
        "state by state (π Q = 0) without any of our formulas or engines. `apart` in standard errors,",
        f"{ALLOWED_ERRORS:g} allowed: a right engine would fail somewhere with probability {alarm:.3f}.",
        f"{REPLICATIONS} replications a system, with a seed of its own.",
        f"Worst: {abs(worst.errors):.2f} of {len(found)} figures ({worst.system}: {worst.exact}).",
        "",
        HEADER,
        "|:---|:---|" + "---:|" * 4,
        *(_row(check) for check in found),
    ]


def _row(check: Check) -> str:
    cells = [
        check.system,
        str(check.exact),
        f"{check.exact.value:.5g}",
        f"{check.simulated:.5g}",
        f"{check.standard_error:.2g}",
        f"{check.errors:+.2f}",
    ]
    return line(cells)


def all_checks() -> list[Check]:
    """Every figure of every system, simulated now."""
    return [check for system in SYSTEMS for check in checks_of(system)]
