"""A study: a baseline and the designs to hold against it."""

from dataclasses import dataclass

from scenarios.scenario import Scenario
from scenarios.table import Labels


@dataclass(frozen=True)
class Study:
    """A question, the scenarios that answer it, and how precise the answer must be."""

    name: str
    study: str
    baseline: Scenario
    designs: tuple[Scenario, ...]
    precision: float
    labels: Labels | None = None
    summary: str = ""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The baseline first, then the designs."""
        return (self.baseline, *self.designs)

    @property
    def label(self) -> str:
        """What people read: the label, else the study's title."""
        return (self.labels.en if self.labels else None) or self.study
