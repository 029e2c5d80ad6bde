"""What a plan says of contact types that nobody promised anything: no people are planned for them."""

from __future__ import annotations

from collections.abc import Iterator

from results.formats import PERCENT, figure_text
from results.planned import Planned


def notes_of(plan: Planned) -> tuple[str, ...]:
    """Sentences on types without a service target among those whose people were planned together.

    Planned in turn, their work is in the load of their groups, and people come for it.
    """
    return tuple(_sentences(plan)) if plan.method == "together" else ()


def _sentences(plan: Planned) -> Iterator[str]:
    scenario = plan.scenario
    for name, declared in scenario.contact_type.items():
        takers = [
            group
            for group, people in scenario.agent_group.items()
            if any(skill.contact_type == name for skill in people.skills)
        ]
        if declared.service_target is not None or not any(group in plan.people for group in takers):
            continue
        label = scenario.label_of("contact_type", name)
        nobody = all(group in plan.people and not plan.people[group].any() for group in takers)
        if nobody:
            yield f"{label}: no service_target asks for people, so nobody is planned who takes them; state a target."
        else:
            answered = figure_text(plan.confirmed.estimate("answer_rate", "contact_type", name), PERCENT)
            yield (
                f"{label}: no service_target asks for people, so none are planned for them; people planned for others "
                f"answer {answered} %."
            )
