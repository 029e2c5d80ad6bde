"""A color means one thing everywhere.

Gray: the center as it is; slate: its plan; then a color a design. Red: taken off or missing; green: added; black:
needed or promised.
"""

from __future__ import annotations

from results.study import StudyData

AS_IS, PLANNED = "#8a9099", "#3d566e"
DESIGNS = ("#c77d0a", "#7b4f9d", "#2583b5", "#a8577e", "#6b7a1e")
LESS, MORE, NEEDED = "#b8433a", "#3f8a57", "#16202a"


def colors_of(data: StudyData) -> dict[str, str]:
    """The color of each case: one a design, whatever people it has."""
    designs = dict.fromkeys(case.scenario for case in data.cases if case.role.startswith("design"))
    of_design = {name: DESIGNS[i % len(DESIGNS)] for i, name in enumerate(designs)}
    others = {"as_is": AS_IS, "single": PLANNED, "as_is_planned": PLANNED}
    return {case.key: others.get(case.role) or of_design[case.scenario] for case in data.cases}
