"""Centers whose figures are known, their simulated records, and what calibration finds in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from calibration.composing.center import INTERVAL_S, Center, fit_center
from calibration.composing.scenario import compose
from calibration.estimate import Estimate
from calibration.people.staffing import Staffing
from calibration.records.contacts import DAY_S
from calibration.simulated import simulated_contacts
from scenarios import Scenario, from_data

MONDAY = date(2026, 1, 5)
DAYS = 84
SEED = 1

CALENDAR = {
    "start": MONDAY,
    "days": DAYS,
    "interval_min": 30,
    "hours": {"mon-fri": "08:00-20:00", "sat": "09:00-14:00", "sun": "closed"},
}
SHAPE = [1, 3, 4, 3, 2, 2]


def call(per_day: float, **other: Any) -> dict[str, Any]:
    """A queue of calls."""
    arrivals = {"per_day": per_day, "shape": SHAPE, "weekday": {"mon": 1.3, "sat": 0.4}}
    basic = {
        "channel": "voice",
        "arrivals": arrivals,
        "talk_s": 240,
        "patience_s": 180,
        "service_target": "80/20",
    }
    return basic | other


def team(present: int, *skills: str, **other: Any) -> dict[str, Any]:
    return {
        "team": {"skills": list(skills), "policy": "longest_wait", "agents": {"present": present}, **other}
    }


SPIKED = {
    "law": "mixture",
    "of": [
        {"share": 0.06, "law": {"law": "exponential", "mean": 5.0}},
        {"share": 0.94, "law": {"law": "lognormal", "mean": 260.0, "cv": 1.2}},
    ],
}

TRUTHS: dict[str, dict[str, Any]] = {
    "exponential": {
        "busyness": {"day_cv": 0.15},
        "contact_type": {"call": call(260, wrap_up_s=30)},
        "agent_group": team(5, "call"),
    },
    "lognormal-weibull": {
        "contact_type": {
            "call": call(
                260,
                talk_s={"law": "lognormal", "mean": 280, "cv": 0.9},
                wrap_up_s={"law": "gamma", "mean": 40, "cv": 0.6},
                patience_s={"law": "weibull", "mean": 150, "cv": 1.5},
            )
        },
        "agent_group": team(5, "call"),
    },
    "two-queues-busy-together": {
        "busyness": {"correlation": 0.6, "interval_cv": 0.2},
        "contact_type": {
            "order": call(160, day_cv=0.2),
            "refund": call(110, day_cv=0.3, talk_s={"law": "gamma", "mean": 300, "cv": 0.7}),
        },
        "agent_group": team(5, "order", "refund"),
    },
    "redials-and-balking": {
        "contact_type": {
            "call": call(
                240,
                talk_s=SPIKED,
                patience_s={"law": "exponential", "mean": 160, "balk_share": 0.06},
                redial={"share": 0.45, "delay_s": {"law": "exponential", "mean": 900}},
            )
        },
        "agent_group": team(3, "call"),
    },
    "events-and-closed-days": {
        "calendar": CALENDAR | {"closed": [date(2026, 1, 20), date(2026, 2, 26)]},
        "event": [
            {"name": "sale", "from": date(2026, 2, 11), "to": date(2026, 2, 12), "factor": 2.5},
            {"name": "failure", "from": date(2026, 3, 5), "to": date(2026, 3, 6), "factor": 2.2},
        ],
        "busyness": {"day_cv": 0.1},
        "contact_type": {"call": call(260, talk_s={"law": "weibull", "mean": 250, "cv": 0.8})},
        "agent_group": team(5, "call"),
    },
}
"""Five centers; each is told apart from the others by what is true of it alone."""


KNOWN: dict[str, dict[tuple[str, str], float]] = {
    "exponential": {
        ("busyness.day_cv", "day_cv"): 0.15,
        ("contact_type.call.talk_s", "mean"): 240,
        ("contact_type.call.wrap_up_s", "mean"): 30,
        ("contact_type.call.patience_s", "mean"): 180,
        ("contact_type.call.arrivals.per_interval", "offered_per_week"): 260 * (1.3 + 4 + 0.4),
    },
    "lognormal-weibull": {
        ("contact_type.call.talk_s", "mean"): 280,
        ("contact_type.call.talk_s", "cv"): 0.9,
        ("contact_type.call.wrap_up_s", "mean"): 40,
        ("contact_type.call.wrap_up_s", "cv"): 0.6,
        ("contact_type.call.patience_s", "mean"): 150,
        ("contact_type.call.patience_s", "cv"): 1.5,
        ("contact_type.call.arrivals.per_interval", "offered_per_week"): 260 * (1.3 + 4 + 0.4),
    },
    "two-queues-busy-together": {
        ("contact_type.order.day_cv", "day_cv"): 0.2,
        ("contact_type.refund.day_cv", "day_cv"): 0.3,
        ("busyness.correlation", "correlation"): 0.6,
        ("busyness.interval_cv", "interval_cv"): 0.2,
        ("contact_type.order.talk_s", "mean"): 240,
        ("contact_type.refund.talk_s", "mean"): 300,
        ("contact_type.refund.talk_s", "cv"): 0.7,
        ("contact_type.order.patience_s", "mean"): 180,
        ("contact_type.refund.patience_s", "mean"): 180,
        ("contact_type.order.arrivals.per_interval", "offered_per_week"): 160 * (1.3 + 4 + 0.4),
        ("contact_type.refund.arrivals.per_interval", "offered_per_week"): 110 * (1.3 + 4 + 0.4),
    },
    "redials-and-balking": {
        ("contact_type.call.talk_s", "hang_up_share"): 0.06,
        ("contact_type.call.talk_s", "hang_up_mean"): 5,
        ("contact_type.call.talk_s", "mean"): 260,
        ("contact_type.call.talk_s", "cv"): 1.2,
        ("contact_type.call.patience_s", "balk_share"): 0.06,
        ("contact_type.call.patience_s", "mean"): 160,
        ("contact_type.call.redial", "share"): 0.45,
        ("contact_type.call.redial", "delay_mean_s"): 900,
    },
    "events-and-closed-days": {
        ("busyness.day_cv", "day_cv"): 0.1,
        ("contact_type.call.talk_s", "mean"): 250,
        ("contact_type.call.talk_s", "cv"): 0.8,
        ("contact_type.call.patience_s", "mean"): 180,
        ("contact_type.call.arrivals.per_interval", "offered_per_week"): 260 * (1.3 + 4 + 0.4),
    },
}
"""True values by key of the scenario and name of the parameter."""


@dataclass(frozen=True)
class Found:
    """A truth, its records, and what was found in them."""

    truth: Scenario
    center: Center
    scenario: Scenario

    def figure(self, key: str, name: str) -> Estimate:
        """A fitted figure by the key of the scenario and the name of the parameter."""
        return self.statements[key].estimates[name]

    @property
    def z_scores(self) -> dict[tuple[str, str], float]:
        """(found − true) ÷ standard error of every figure that is known."""
        return {
            (key, name): (found.value - true) / (found.standard_error or 0.0)
            for (key, name), true in KNOWN[self.truth.name].items()
            if (found := self.figure(key, name))
        }

    @property
    def statements(self) -> dict[str, Any]:
        return dict(compose(self.center, "found").statements)


def truth_of(name: str) -> Scenario:
    return from_data({"name": name, "calendar": CALENDAR} | TRUTHS[name], name)


@cache
def found_in(name: str, seed: int = SEED) -> Found:
    """Simulates a truth's records once, with the people present known, and calibrates them."""
    truth = truth_of(name)
    center = fit_center(simulated_contacts(truth, seed), staffing_of(truth))
    return Found(truth, center, compose(center, f"{name}-found").scenario)


def staffing_of(truth: Scenario) -> Staffing:
    """The staffing file of a center with as many people in all its opening hours."""
    agents = truth.agent_group["team"].agents
    present = float(agents.present or 0)  # type: ignore[union-attr]
    starts = [
        day * DAY_S + start
        for day in range(truth.calendar.days)
        for opens, closes in truth.calendar.open_spans_s(day)
        for start in range(opens, closes, INTERVAL_S)
    ]
    return Staffing(
        start_s=np.array(starts, dtype=np.float64),
        present=np.full(len(starts), present),
        group=("",) * len(starts),
        interval_s=INTERVAL_S,
        first_day=MONDAY,
    )
