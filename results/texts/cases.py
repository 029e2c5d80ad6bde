"""What the cases of a study are called, and what each is for."""

from __future__ import annotations

from results.study import Role

_IN_ROLE: dict[Role, str] = {
    "single": "{}",
    "as_is": "{}, as it is",
    "as_is_planned": "{}, planned",
    "design": "{}, people as in its file",
    "design_planned": "{}, planned",
    "design_same_people": "{}, today's people",
}
PLANNING = "Planning alone"
EXPLAINED: dict[Role, str] = {
    "single": "as simulated",
    "as_is": "the center with the people it has today",
    "as_is_planned": "nothing changed but the shifts, planned by our optimizer to meet the target",
    "design": "the design with the people that its file names",
    "design_planned": "the design, its shifts planned by the same optimizer to the same target",
    "design_same_people": "nothing changed but the design: the people of today stay as they are",
}


def label_in_role(role: Role, label: str) -> str:
    """The label of a scenario in its role."""
    return _IN_ROLE[role].format(label)
