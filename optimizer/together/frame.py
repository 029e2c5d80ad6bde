"""Where people can be put: the groups that are planned, and the columns of time in which their heads may differ.

Heads are those scheduled where shifts are planned, and those present otherwise. They stand in arrays, groups × columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from optimizer.horizon import (
    A_WEEK,
    BoolArray,
    FloatArray,
    Horizon,
    IntArray,
    clock,
    horizon_of,
    typical_week,
)
from optimizer.people import weekday_names
from optimizer.staffing import with_agents
from scenarios import Scenario
from scenarios.calendar_days import WEEKDAYS


@dataclass(frozen=True)
class Frame:
    """The groups, and a week (or the shorter horizon) of intervals that every week of the horizon repeats.

    of_interval: the column of each interval of that week; −1 while the center is closed
    """

    scenario: Scenario
    groups: tuple[str, ...]
    week: Horizon
    of_interval: IntArray

    @property
    def n_columns(self) -> int:
        """Columns of time."""
        return int(self.of_interval.max(initial=-1)) + 1

    @property
    def shape(self) -> tuple[int, int]:
        """Groups by columns."""
        return len(self.groups), self.n_columns

    @cached_property
    def of_horizon(self) -> IntArray:
        """The column of each interval of the whole horizon."""
        n = self.week.n_intervals_per_day
        by_day = self.of_interval.reshape(self.week.n_days, n)
        return by_day[[day % self.week.n_days for day in range(self.scenario.calendar.days)]].ravel()

    def intervals_of(self, column: int) -> IntArray:
        """The week's intervals of a column."""
        return np.flatnonzero(self.of_interval == column)


def frame_of(scenario: Scenario, groups: Sequence[str]) -> Frame:
    """One column for each open interval of the week; one for all of them where one head count is asked for."""
    horizon = horizon_of(scenario.calendar)
    _, week = typical_week(np.zeros(horizon.shape, dtype=np.int64), horizon)
    is_open = week.is_open().ravel()
    columns = np.cumsum(is_open) - 1 if scenario.plan.kind != "constant" else np.zeros(is_open.size)
    return Frame(scenario, tuple(groups), week, np.where(is_open, columns, -1).astype(np.int64))


def by_interval(frame: Frame, heads: FloatArray) -> FloatArray:
    """Heads of one group by the week's days and intervals; nobody while it is closed."""
    with_closed = np.append(heads, 0.0)
    return with_closed[frame.of_interval].reshape(frame.week.shape)


def with_more(
    scenario: Scenario, frame: Frame, more: Mapping[str, Sequence[int]], people: Mapping[str, int]
) -> Scenario:
    """A scenario with so many people more in some groups, in some columns each."""
    return with_agents(
        scenario,
        {
            group: _agents_with_more(scenario, frame, group, columns, people[group])
            for group, columns in more.items()
        },
    )


def _agents_with_more(
    scenario: Scenario, frame: Frame, group: str, columns: Sequence[int], people: int
) -> dict[str, Any]:
    agents = scenario.agent_group[group].agents
    if agents.shifts is not None:
        return {"shifts": (*agents.shifts, *_short_shifts(frame, columns, people))}
    counts = np.array(agents.present_per_interval, dtype=np.int64)
    counts[np.isin(frame.of_horizon, list(columns))] += people
    return {"present_per_interval": counts.tolist()}


def _short_shifts(frame: Frame, columns: Sequence[int], people: int) -> list[dict[str, Any]]:
    """A shift for each stretch of intervals of these columns."""
    marked = np.isin(frame.of_interval, list(columns)).reshape(frame.week.shape)
    rows = []
    for day, intervals in enumerate(marked):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], intervals.astype(np.int8), [0]))))
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            rows.append(
                {
                    "start": clock(first * frame.week.interval_s),
                    "hours": (end - first) * frame.week.interval_s / 3600.0,
                    "days": _days_text(frame, day),
                    "people": people,
                }
            )
    return rows


def _days_text(frame: Frame, day: int) -> str:
    every_day = frame.week.n_days == 1  # a single day stands for every day
    return f"{WEEKDAYS[0]}-{WEEKDAYS[A_WEEK - 1]}" if every_day else weekday_names([frame.week.weekdays[day]])


def pooled_agents(frame: Frame, heads: IntArray, alone: BoolArray, may_change: bool) -> dict[str, Any]:
    """Head counts by column of one group, arranged as they help most in the columns that stand `alone`.

    Where people finish their contacts while the others serve, that is to come fresh, after others who leave, if all
    people may change at once; else, or where those who overstay keep their seats, it is to have been there before.
    """
    if frame.scenario.plan.kind != "shifts":
        counts = by_interval(frame, heads.astype(np.float64)).astype(np.int64)
        days = [day % frame.week.n_days for day in range(frame.scenario.calendar.days)]
        return {"present_per_interval": counts[days].ravel().tolist()}
    comes_fresh = may_change and frame.scenario.calendar.on_time_up == "person"
    parts = [np.where(alone, heads, 0), np.where(alone, 0, heads)] if comes_fresh else [heads]
    return {"shifts": [row for part in parts for row in _stacked(frame, part)]}


def _stacked(frame: Frame, heads: IntArray) -> list[dict[str, Any]]:
    """Head counts as shifts, each person as long as possible: a shift for each rise of the counts until its fall."""
    rows: list[dict[str, Any]] = []
    below = 0
    for level in np.unique(heads[heads > 0]).tolist():
        rows += _short_shifts(frame, np.flatnonzero(heads >= level).tolist(), int(level) - below)
        below = int(level)
    return rows
