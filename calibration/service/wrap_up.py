"""The law of wrap-up: as it was recorded, or read from the pause before an agent's next service."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.service.families import Family
from calibration.service.hang_ups import LONGEST_S
from calibration.service.mixed import OrNone, Spiked
from calibration.service.talk import BODIES, SPIKES
from calibration.service.times import TimesFit, fit_times, usable

FloatArray = npt.NDArray[np.float64]

PAUSE_AT_MOST_S = 120.0
"""A longer pause while customers wait is no wrap-up: the agent is away."""
RECORDED: tuple[Family, ...] = (*BODIES, *(OrNone(body) for body in BODIES))
PAUSES = (*BODIES, *(Spiked(spike, body, "short pause", 0.5, 0.5) for body in BODIES for spike in SPIKES))
"""Many pauses are only the next call being taken: up to half of the mean of those with writing up."""


def fit_wrap_up(wrap_up_s: FloatArray, *, longest_s: float = LONGEST_S) -> TimesFit:
    """The law of recorded wrap-up, with a share that needs none where the record has more zeros than a law explains.

    wrap_up_s: seconds after each service; NaN where unknown
    """
    kept, left_out = usable(wrap_up_s, longest_s, "taken as not closed")
    return fit_times(wrap_up_s[kept], np.zeros(int(kept.sum()), dtype=bool), RECORDED, left_out)


def fit_wrap_up_from_pauses(pauses_s: FloatArray, *, at_most_s: float = PAUSE_AT_MOST_S) -> TimesFit:
    """Wrap-up as the pause between a service and the same agent's next one, while customers waited.

    Nobody rests while people wait, so such a pause is writing up, and taking the next call; who lets them wait for
    longer than two minutes is away. An assumption: the shortest absences are counted as wrap-up, the longest
    wrap-ups as absence. Where wrap-up is recorded, fit_wrap_up is the better source.

    pauses_s: pauses at whose beginning customers waited
    """
    kept, left_out = usable(pauses_s, at_most_s, "taken as absence")
    return fit_times(pauses_s[kept], np.zeros(int(kept.sum()), dtype=bool), PAUSES, left_out)
