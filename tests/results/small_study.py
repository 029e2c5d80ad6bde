"""A study small enough for tests: one day, one type, a selective bot, assist; plans as head counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from results.cases import CaseRun, cases_of, run_cases
from results.gathering import gather_study
from results.study import StudyData
from results.waterfall import waterfalls
from scenarios import Scenario, Study
from scenarios.loading import from_data
from sim.measures.result import Result
from sim.replicate import Asked, run

SEED, REPLICATIONS = 4, 5
PEOPLE = {"people-only": 12, "bot": 11, "bot-and-assist": 10}
BOT = {
    "selectivity": 0.5,
    "price": {"one_off": 5000, "per_month": 100, "per_contained": 0.3},
    "contact_type": {
        "call": {
            "of_100": {"solved": 30, "wrongly_closed": 10, "handed_over": 55, "left": 5},
            "session_s": 60,
            "handover": {"talk_factor": 1.1},
            "wrongly_closed_skip_bot": True,
        }
    },
}
ASSIST = {"groups": ["team"], "talk_factor": 0.9, "per_seat_month": 40}


def scenario(name: str, **more: Any) -> Scenario:
    """Ten open hours of 90 calls each, seven people at work, and what a design adds."""
    call = {
        "channel": "voice",
        "arrivals": {"per_day": 900},
        "talk_s": {"law": "lognormal", "mean": 300, "cv": 1},
        "patience_s": 240,
        "redial": {"share": 0.5, "delay_s": 600, "skip_bot": True},
        "resolution_rate": 0.95,
        "reconnect": {"share": 0.8, "delay_h": 0.5, "skip_bot": True},
        "service_target": "80/20",
    }
    team = {
        "label": "The team",
        "skills": ["call"],
        "agents": {"present": 7},
        "cost_per_h": 20,
        "shrinkage": {"planned": 0.1},
    }
    data = {
        "name": name,
        "label": name.replace("-", " ").capitalize(),
        "calendar": {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-18:00"}},
        "contact_type": {"call": call},
        "agent_group": {"team": team},
        "sources": {
            "contact_type.call.patience_s": {"says": "a record", "grade": "A"},
            "agent_group.team.shrinkage": "assumed: none",
        },
    }
    return from_data(data | more)


def two_types() -> Scenario:
    """Sales and help, taken by the same ten people."""
    call = scenario("one").as_dict()["contact_type"]["call"]
    types = {"sales": call | {"label": "Sales"}, "help": call | {"label": "Help", "talk_s": 120}}
    team = {"skills": ["sales", "help"], "agents": {"present": 10}, "cost_per_h": 20}
    return scenario("two-types", contact_type=types, agent_group={"team": team}, sources={})


def study() -> Study:
    """People only; a bot; a bot and assist."""
    return Study(
        name="small",
        study="Does the bot pay?",
        baseline=scenario("people-only"),
        designs=(
            scenario("bot", bot={"menu": BOT}),
            scenario("bot-and-assist", bot={"menu": BOT}, assist=ASSIST),
        ),
    )


@dataclass(frozen=True)
class HeadCountPlan:
    """A plan by its figures alone; the gap of half a percent is given, not proven."""

    scenario: Scenario
    status: str
    cost: float
    lower_bound: float
    gap: float
    paid_h: float
    requirement: dict[str, npt.NDArray[np.int64]]
    people: dict[str, npt.NDArray[np.float64]]
    shifts: tuple[dict[str, Any], ...]
    confirmed: Result
    holds: bool
    misses: tuple[str, ...]
    iterations: int = 1
    spare: float = 0.0
    seconds: float = 0.0
    weeks: tuple[dict[str, Any], ...] = ()
    method: str = "in_turn"
    is_cut_short: bool = False


def plan_of(unplanned: Scenario, n_people: int, misses: tuple[str, ...] = ()) -> HeadCountPlan:
    """So many people whenever the center is open."""
    planned = unplanned.changed({"agent_group.team.agents": {"present": n_people}})
    confirmed = run(planned, Asked(SEED + 1, 3, by_interval=True))
    cost = confirmed.value("cost_labor")
    there = [float(n_people) if 8 <= hour < 18 else 0.0 for hour in range(24)]
    breaks = [{"after_h": 4, "min": 30}]
    shift = {
        "group": "team",
        "start": "08:00",
        "hours": 10,
        "days": "mon-sun",
        "people": n_people,
        "breaks": breaks,
    }
    return HeadCountPlan(
        scenario=planned,
        status="optimal",
        cost=cost,
        lower_bound=0.995 * cost,
        gap=0.005,
        paid_h=confirmed.value("paid_h"),
        requirement={"team": np.array(there, dtype=np.int64)},
        people={"team": np.array(there)},
        shifts=(shift,),
        confirmed=confirmed,
        holds=not misses,
        misses=misses,
    )


def simulate(center: Scenario) -> Result:
    """Every case on the same customers."""
    return run(center, Asked(SEED, REPLICATIONS, by_interval=True), streams=study().streams)


@cache
def runs() -> tuple[CaseRun, ...]:
    """All cases of the study, planned and not."""
    small = study()
    plans = {center.name: plan_of(center, PEOPLE[center.name]) for center in small.scenarios}
    return run_cases(cases_of(small, plans), simulate)


@cache
def gathered() -> StudyData:
    """The study as a report reads it."""
    small = study()
    return gather_study(small, runs(), waterfalls(small, runs(), simulate))


@cache
def gathered_unplanned() -> StudyData:
    """The same without plans."""
    small = study()
    return gather_study(small, run_cases(cases_of(small), simulate))
