"""How far the requirement has to move from the formula's first guess so that the simulated plan holds its targets.

The guess of interval t is raised by δ √aₜ, with aₜ the offered load and one δ for each period over which a target
holds (square-root staffing). Each δ is found by bracketing: the largest that missed and the smallest that held.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

# Service level gained by one √a more people near 80 %, by the Halfin–Whitt formula; only the first step uses it.
GAIN_PER_OFFSET = 0.35
_FIRST_STEP = 1.0
_NARROW = 0.12
CLOSE_MARGIN = 0.015  # a share held by so little is not worth another round
# Golden-ratio dithering: a growing δ adds people to one interval after another, not to all of a day at once.
_GOLDEN_FRACTION = (math.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True)
class Offset:
    """δ of one period, in √erlang, with what is known about it."""

    value: float = 0.0
    missed_at: float = -math.inf
    held_at: float = math.inf
    close: bool = False  # the last margin was small enough to stay
    narrow: float = _NARROW  # a smaller δ by so little would hardly save anybody

    def after(self, margin: float) -> Offset:
        """The next δ to try, when this one leaves `margin` (share of contacts; negative: missed)."""
        known = (
            replace(self, held_at=min(self.held_at, self.value))
            if margin >= 0.0
            else replace(self, missed_at=max(self.missed_at, self.value))
        )
        if 0.0 <= margin <= CLOSE_MARGIN:
            return replace(known, close=True)
        return replace(known, value=known._next(margin), close=False)

    def safe(self) -> Offset:
        """The smallest δ that has held; a little more where that one has missed since, or none has held yet."""
        if self.held_at == math.inf or self.held_at <= self.missed_at:
            return replace(self, value=max(self.value, self.missed_at + self.narrow))
        return replace(self, value=self.held_at)

    @property
    def settled(self) -> bool:
        """Whether a smaller δ that still holds would hardly save anybody."""
        return self.close or self.held_at - self.missed_at <= self.narrow

    def _next(self, margin: float) -> float:
        if math.isfinite(self.missed_at) and math.isfinite(self.held_at):
            return 0.5 * (self.missed_at + self.held_at)
        step = min(max(-margin / GAIN_PER_OFFSET, -_FIRST_STEP), _FIRST_STEP)
        return self.value + (step if abs(step) > self.narrow else math.copysign(self.narrow, step))


def raised(first_guess: IntArray, offered_load_erl: FloatArray, offset: FloatArray) -> IntArray:
    """⌊guess + δ √a + dither⌋ in each interval, never below one person where there is load; all arrays alike."""
    dither = (np.arange(len(first_guess)) * _GOLDEN_FRACTION) % 1.0
    people = np.floor(first_guess + offset * np.sqrt(offered_load_erl) + dither).astype(np.int64)
    people = np.where(offset == 0.0, first_guess, people)
    return np.where(first_guess > 0, np.maximum(people, 1), 0)
