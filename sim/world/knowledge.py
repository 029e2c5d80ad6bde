"""What people and bot lack where the knowledge they answer from is worse than when they were measured.

missing = 1 − quality · (1 − decay)^months from the start of the horizon; negative where it is better than measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios import Scenario
from sim.world.months import months_at


@dataclass(frozen=True)
class KnowledgeModel:
    """Each effect is a factor: 1 − or 1 + the effect × what is missing."""

    quality: float
    decay_per_month: float
    bot_effect: float
    talk_effect: float
    spread_effect: float

    @property
    def changes_by_day(self) -> bool:
        """Whether days differ."""
        return self.decay_per_month > 0.0

    def missing(self, day: int) -> float:
        """Of the knowledge as it was measured, on a day; before the horizon as on its first."""
        return 1.0 - self.quality * (1.0 - self.decay_per_month) ** months_at(max(day, 0))

    def solved_factor(self, day: int) -> float:
        """What the bot solves is multiplied by this; what it loses is handed over."""
        return 1.0 - self.bot_effect * self.missing(day)

    def talk_factor(self, day: int) -> float:
        """Everybody's talk is multiplied by this."""
        return 1.0 + self.talk_effect * self.missing(day)

    def spread_factor(self, day: int) -> float:
        """The spread between agents is multiplied by this."""
        return 1.0 + self.spread_effect * self.missing(day)


def knowledge_of(scenario: Scenario) -> KnowledgeModel | None:
    """The scenario's knowledge; None where it is as measured, and stays so."""
    declared = scenario.knowledge
    if declared is None or (declared.quality == 1.0 and declared.decay_per_month == 0.0):
        return None
    return KnowledgeModel(
        quality=declared.quality,
        decay_per_month=declared.decay_per_month,
        bot_effect=declared.bot_effect,
        talk_effect=declared.talk_effect,
        spread_effect=declared.spread_effect,
    )
