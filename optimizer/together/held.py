"""People that were tried on the longer sample."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.together.master import Proposal
from optimizer.together.trials import Verdict
from scenarios import Scenario


@dataclass(frozen=True)
class Held:
    """People that held every promise on the longer sample."""

    proposal: Proposal
    people: Scenario
    verdict: Verdict
