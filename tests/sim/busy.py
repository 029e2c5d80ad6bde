"""A small center whose days differ, and the schemes of draws that it is simulated with."""

from __future__ import annotations

from scenarios import Scenario
from sim.chance.sample import Scheme
from tests.sim.worlds import call, center, team

SCHEMES: tuple[Scheme, ...] = ("independent", "antithetic", "stratified")


def busy_center(day_cv: float = 0.2) -> Scenario:
    """Two hours, two types, days that differ, ten agents for some two hundred calls; half are answered in time.

    At such a load the service level falls evenly as days get busier, which is what both schemes average out.
    """
    types = {
        name: call(arrivals={"per_day": per_day}, talk_s=400, patience_s=240, service_target="80/20")
        for name, per_day in (("a", 120), ("b", 80))
    }
    busyness = {"day_cv": day_cv, "correlation": 0.8}
    return center(
        types, {"team": team(10, ["a", "b"])}, {"hours": {"mon-sun": "09:00-11:00"}}, busyness=busyness
    )
