"""`ccplan plan FILE`: one plan, told and written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccplan.exits import CutShort, TargetUnreachable

if TYPE_CHECKING:
    from ccplan.planning import Planning
    from optimizer.plan import Plan
    from optimizer.uncertain.on_the_day import DayPlan


def deliver_plan(planning: Planning, lp: Path | None) -> None:
    """Plan; print the table, and write it with the figures, the interval table and the planned scenario."""
    from ccplan.planning import planned
    from results.gathering import gather_plan
    from results.plan_tables import plan_csv
    from results.shift_tables import WEEKS_FILE, weeks_csv
    from results.store import STUDY
    from scenarios import dump

    found, days = planned(planning.scenario, planning.options, planning.runner, lp)
    data = gather_plan(found)
    answer, table = _told(found, days)
    files = {
        "plan.csv": plan_csv(data, data.cases[0]),
        "scenario.toml": dump(found.scenario),
        STUDY: data.to_json(),
        **({WEEKS_FILE: weeks_csv(data.cases[0])} if found.weeks else {}),
    }
    planning.deliver("plan", answer, table, files, found.confirmed.replications)
    if found.is_cut_short:
        raise CutShort("the best plan so far is confirmed and written; the same command searches again")
    planning.runner.discard_kept()
    if not found.holds:
        raise TargetUnreachable(
            "the plan misses its targets:\n" + "\n".join(f"  {miss}" for miss in found.misses)
        )


def _told(found: Plan, days: DayPlan | None) -> tuple[dict[str, Any], str]:
    """The plan as data and as a table, with what is done on the day where that is planned too."""
    from results.on_the_day import on_the_day_json, on_the_day_table
    from results.plan_json import plan_json
    from results.tables import plan_table

    answer, table = plan_json(found), plan_table(found)
    if days is not None:
        answer["plan"]["on_the_day"] = on_the_day_json(days)
        table = f"{on_the_day_table(days)}\n\n{table}"
    return answer, table
