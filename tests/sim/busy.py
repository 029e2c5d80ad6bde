"""A small center whose days differ, and the schemes of draws that it is simulated with."""

from __future__ import annotations

from scenarios import Scenario
from sim.sample import Scheme
from tests.sim.worlds import call, center, team

SCHEMES: tuple[Scheme, ...] = ("independent", "antithetic", "stratified")


def busy_center(day_cv: float = 0.3) -> Scenario:
    """Two hours, two types, days that differ, four agents for some fifty calls."""
    types = {
        name: call(arrivals={"per_day": per_day}, talk_s=400, patience_s=240, service_target="80/20")
        for name, per_day in (("a", 30), ("b", 20))
    }
    busyness = {"day_cv": day_cv, "correlation": 0.5}
    return center(
        types, {"team": team(4, ["a", "b"])}, {"hours": {"mon-sun": "09:00-11:00"}}, busyness=busyness
    )
