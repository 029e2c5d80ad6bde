"""The experience model as one row of numbers."""

from __future__ import annotations

import numpy as np

from sim.kernel import given
from sim.kernel.record import Records
from sim.world.experience import Experience


def lowered_experience(experience: Experience | None) -> Records:
    """The coefficients, as `sim.kernel.given.EXPERIENCE` names them; zeros where the scenario has none."""
    rows = np.zeros(1, dtype=given.EXPERIENCE)
    if experience is not None:
        _fill(rows[0], experience)
    return rows


def _fill(row: np.record, experience: Experience) -> None:
    effort, satisfaction = experience.declared.effort, experience.declared.satisfaction
    row.effort_per_contact, row.effort_per_transfer = effort.per_contact, effort.per_transfer
    row.effort_per_bot_loop = effort.per_bot_loop
    row.satisfaction_base, row.resolved = satisfaction.base, satisfaction.resolved
    row.above_expectation, row.below_expectation = (
        satisfaction.above_expectation,
        satisfaction.below_expectation,
    )
    row.leaves_met, row.leaves_unmet = experience.leaves(met=True), experience.leaves(met=False)
    delight = experience.delight
    row.delight_share, row.delight_talk_s, row.delight_lift = delight.share, delight.talk_s, delight.lift
