"""Prevention: needs that never become contacts, by thinning with a draw of their own.

A need is prevented where its draw lies below the share in force on its day. Those that remain are the same needs,
at the same moments and with the same draws, as ordinals count before prevention.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.demand import Prevention
from sim.chance.draws import Purpose
from sim.chance.sample import Sample
from sim.world.arrivals import BoolArray, Needs
from sim.world.months import months_at


@dataclass(frozen=True)
class PreventionModel:
    """The share of a type's needs that is prevented, day by day."""

    share: float
    at_most: float
    starts_month: int | None
    ramp_months: float

    def share_on(self, day: int) -> float:
        """min(share · r, at_most), with r from 0 to 1, even through the ramp; for a whole day that of its midnight.

        What has no starting month and no ramp is in force before the horizon too.
        """
        since = months_at(day) - (0 if self.starts_month is None else self.starts_month - 1)
        if self.ramp_months > 0.0:
            ramp = min(max(since / self.ramp_months, 0.0), 1.0)
        else:
            ramp = 1.0 if self.starts_month is None or since >= 0.0 else 0.0
        return min(self.share * ramp, self.at_most)

    def prevents(self, needs: Needs, sample: Sample, day: int) -> BoolArray:
        """Which of a day's needs never become contacts."""
        return sample.uniforms(needs.keys, Purpose.PREVENTED) < self.share_on(day)


def prevention_of(declared: Prevention | None) -> PreventionModel | None:
    """None where nothing is prevented."""
    if declared is None or declared.share == 0.0 or declared.at_most == 0.0:
        return None
    return PreventionModel(declared.share, declared.at_most, declared.starts_month, declared.ramp_months)
