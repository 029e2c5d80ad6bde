"""A plan as plain data: its shifts, and people, requirement and service in each interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from results.curves import service_by_interval
from results.planned import Planned, bound_of, gap_of
from results.study import PlanData, PlannedGroup, ShiftRow, WeekRow
from results.texts.unpromised import notes_of


def plan_data(plan: Planned) -> PlanData:
    """The plan as a report tells it."""
    return PlanData(
        status=plan.status,
        cost=float(plan.cost),
        lower_bound=bound_of(plan),
        gap=gap_of(plan),
        paid_h=float(plan.paid_h),
        holds=bool(plan.holds),
        misses=tuple(str(miss) for miss in plan.misses),
        iterations=int(plan.iterations),
        seconds=round(float(plan.seconds), 3),
        seed=plan.confirmed.seed,
        replications=plan.confirmed.replications,
        shifts=tuple(_shift(row) for row in plan.shifts),
        groups=tuple(_group(plan, name) for name in plan.requirement),
        method=plan.method,
        is_cut_short=plan.is_cut_short,
        weeks=tuple(WeekRow(str(w["group"]), int(w["people"]), dict(w["shifts"])) for w in plan.weeks),
        notes=notes_of(plan),
    )


def _group(plan: Planned, name: str) -> PlannedGroup:
    scenario = plan.scenario
    types = [skill.contact_type for skill in scenario.agent_group[name].skills]
    requirement = tuple(int(n) for n in plan.requirement[name])
    offered, levels = service_by_interval(plan.confirmed, types)
    return PlannedGroup(
        name=name,
        label=scenario.label_of("agent_group", name),
        requirement=requirement,
        people=tuple(round(float(n), 6) for n in plan.people[name]),
        offered=tuple(float(n) for n in offered),
        service_level=tuple(levels),
    )


def _shift(row: Mapping[str, Any]) -> ShiftRow:
    return ShiftRow(
        group=str(row["group"]),
        start=str(row["start"]),
        hours=float(row["hours"]),
        days=_days_text(row["days"]),
        people=int(row["people"]),
        breaks=_breaks_text(row.get("breaks") or ()),
    )


def _days_text(days: Any) -> str:
    return days if isinstance(days, str) else ", ".join(str(day) for day in days)


def _breaks_text(breaks: str | Sequence[Mapping[str, Any]]) -> str:
    """Breaks as people read them: "15 min after 2 h, 30 min after 4 h"."""
    if isinstance(breaks, str):
        return breaks
    return ", ".join(f"{pause['min']:g} min after {pause['after_h']:g} h" for pause in breaks)
