"""Erlang A: the engine against exact values, as a table.

Each system is simulated on independent days, after an hour or more in which the start from an empty center is
forgotten: the slowest rate of M/M/n+M is at least min(μ, θ), so after T seconds less than e^{−T min(μ, θ)} of the
start is left. Standard errors come from days, which are independent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from scipy import stats

from scenarios import Scenario, from_data
from sim.measures.result import Result
from sim.measures.student import t_factor
from sim.replicate import Asked, run
from sim.theory import ErlangA
from tests.sim.theory.page_table import line

SEED = 1
AWT_S = 20.0
ALLOWED_ERRORS = 4.0


@dataclass(frozen=True)
class System:
    """M/M/n+M: people, contacts per hour, mean handle time and mean patience; on how many days it is looked at."""

    n_agents: int
    per_h: float
    mean_handle_s: float
    mean_patience_s: float
    days: int

    @property
    def exact(self) -> ErlangA:
        return ErlangA(self.n_agents, self.per_h / 3600.0, self.mean_handle_s, self.mean_patience_s)

    @property
    def load_per_agent(self) -> float:
        return self.exact.offered_load_erl / self.n_agents

    @property
    def warm_up_h(self) -> int:
        """Whole hours after which less than e^{−10} of the start is left."""
        return math.ceil(10.0 * max(self.mean_handle_s, self.mean_patience_s) / 3600.0)


# Small to large, light to overloaded, impatient to patient.
SYSTEMS = (
    System(5, 30, 360, 120, 120),
    System(5, 60, 360, 300, 60),
    System(10, 90, 360, 180, 50),
    System(20, 180, 360, 60, 42),
    System(20, 230, 360, 240, 32),
    System(40, 230, 600, 120, 44),
    System(52, 600, 300, 120, 26),
    System(80, 480, 600, 240, 30),
    System(120, 660, 600, 90, 20),
    System(120, 450, 1200, 180, 20),
)

MEASURES = ("service_level", "abandonment_rate", "delay_rate", "mean_wait_s", "occupancy")


def scenario(system: System) -> Scenario:
    """The system as a planner would write it."""
    call = {
        "channel": "voice",
        "arrivals": {"per_h": system.per_h},
        "talk_s": system.mean_handle_s,
        "patience_s": system.mean_patience_s,
        "service_target": "80/20",
    }
    return from_data(
        {
            "name": f"erlang-a-{system.n_agents}",
            "calendar": {"days": 1, "warm_up_h": system.warm_up_h, "run_out_h": 0},
            "contact_type": {"call": call},
            "agent_group": {"team": {"skills": ["call"], "agents": {"present": system.n_agents}}},
        }
    )


@dataclass(frozen=True)
class Check:
    """One measure of one system: exact, simulated, and the standard error of the latter."""

    system: System
    measure: str
    exact: float
    simulated: float
    standard_error: float

    @property
    def errors(self) -> float:
        """How many standard errors apart."""
        return (self.simulated - self.exact) / self.standard_error


def exact_value(system: System, measure: str) -> float:
    exact = system.exact
    return exact.service_level(AWT_S) if measure == "service_level" else float(getattr(exact, measure))


def checks(system: System, seed: int = SEED) -> Iterator[Check]:
    """Every measure of a system, simulated and exact."""
    result = run(scenario(system), Asked(seed=seed, replications=system.days))
    for measure in MEASURES:
        found = result.estimate(measure)
        assert found.value is not None
        assert found.half_width is not None
        yield Check(
            system, measure, exact_value(system, measure), found.value, standard_error(result, measure)
        )


def standard_error(result: Result, measure: str) -> float:
    """The half-width without Student's factor."""
    half_width = result.estimate(measure).half_width
    assert half_width is not None
    return half_width / t_factor(result.replications - 1)


def false_alarm_rate(systems: tuple[System, ...] = SYSTEMS) -> float:
    """Chance that a right engine fails somewhere: at most the sum of the chances, by Student's t over days."""
    return float(sum(len(MEASURES) * 2.0 * stats.t.sf(ALLOWED_ERRORS, system.days - 1) for system in systems))


HEADER = "| agents | per hour | handle s | patience s | load | measure | exact | simulated | standard error | apart |"


def told(found: list[Check]) -> list[str]:
    """The table, with what it took to make it."""
    return [
        "## Erlang A: simulation against exact values",
        "",
        f"Service level within {AWT_S:g} s. Seed {SEED}; `apart` in standard errors, {ALLOWED_ERRORS:g} allowed: a",
        f"right engine would fail somewhere with probability {false_alarm_rate():.3f}.",
        f"Worst: {max(abs(check.errors) for check in found):.2f} of {len(found)} figures.",
        "",
        HEADER,
        "|" + "---:|" * 5 + ":---|" + "---:|" * 4,
        *(_row(check) for check in found),
    ]


def _row(check: Check) -> str:
    system = check.system
    cells = [
        f"{system.n_agents}",
        f"{system.per_h:g}",
        f"{system.mean_handle_s:g}",
        f"{system.mean_patience_s:g}",
        f"{system.load_per_agent:.2f}",
        check.measure,
        f"{check.exact:.5g}",
        f"{check.simulated:.5g}",
        f"{check.standard_error:.2g}",
        f"{check.errors:+.2f}",
    ]
    return line(cells)


def all_checks() -> list[Check]:
    """Every figure of every system, simulated now."""
    return [check for system in SYSTEMS for check in checks(system)]
