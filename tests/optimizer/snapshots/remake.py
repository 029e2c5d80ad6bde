"""The stored LP texts of small shift models, made again: `python -m tests.optimizer.snapshots.remake`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from optimizer.horizon import horizon_of
from optimizer.shifts.of_group import write_model
from optimizer.uncertain.people import write_model as write_two_stages
from scenarios import from_data

FOLDER = Path(__file__).parent

# One rule each, in the order of the model's constraints: small enough to read.
RULES: dict[str, dict[str, Any]] = {
    "cover.lp": {"shift_lengths_h": [2]},
    "most_present.lp": {"shift_lengths_h": [2], "max_present": 2},
    "priced.lp": {"shift_lengths_h": [2], "under_coverage": "priced"},
    "one_break.lp": {"shift_lengths_h": [3], "breaks": [{"min": 60, "window_h": [1, 2]}]},
    "two_breaks.lp": {
        "shift_lengths_h": [4],
        "breaks": [{"min": 60, "window_h": [1, 2]}, {"min": 60, "window_h": [1, 3]}],
    },
    "work_weeks.lp": {"shift_lengths_h": [4], "days_per_week": 6},
    "on_the_day.lp": {
        "shift_lengths_h": [2],
        "max_present": 5,
        "target_probability": 0.8,
        "on_the_day": {
            "call_in_factor": 1.5,
            "most_called_in_share": 0.5,
            "call_in_h": 2,
            "send_home_share": 0.25,
            "outsource_per_h": 20,
            "most_outsourced": 1,
            "known_at": "09:00",
            "classes": 2,
        },
    },
}


def lp_text(name: str) -> str:
    """The model of a day (or week) of 08:00-12:00 by the hour, with 1, 2, 1 and 1 people required.

    With changes on the day: twice as many on days of the second class.
    """
    rules = RULES[name]
    scenario = from_data(
        {
            "name": "small",
            "calendar": {
                "days": 7 if "days_per_week" in rules else 1,
                "interval_min": 60,
                "hours": {"mon-sun": "08:00-12:00"},
            },
            "busyness": {"day_cv": 0.2},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan", "cost_per_h": 10}},
            "plan": {"under_coverage": "forbidden", **rules},
        }
    )
    required = np.zeros(horizon_of(scenario.calendar).shape, dtype=np.int64)
    required[:, 8:12] = [1, 2, 1, 1]
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        if scenario.plan.on_the_day is None:
            write_model(scenario, "team", required, path)
        else:
            write_two_stages(scenario, "team", [required, 2 * required], path)
        return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in RULES:
        (FOLDER / name).write_text(lp_text(name), encoding="utf-8", newline="\n")
