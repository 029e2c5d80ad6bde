"""The law of talk times: which one, how sure, and whether agents' hang-ups of a few seconds stand before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.families import Exponential, Family
from calibration.service.hang_ups import HANG_UP_S, LONGEST_S
from calibration.service.mixed import Spiked
from calibration.service.observed import BoolArray
from calibration.service.spread_laws import Gamma, Lognormal, Weibull
from calibration.service.times import TimesFit, fit_times, share_of, usable

FloatArray = npt.NDArray[np.float64]

BODIES: tuple[Family, ...] = (Lognormal(), Gamma(), Weibull(), Exponential())
SPIKES: tuple[Family, ...] = (Exponential(), Gamma())
CANDIDATES = (*BODIES, *(Spiked(spike, body) for body in BODIES for spike in SPIKES))


@dataclass(frozen=True)
class TalkFit(TimesFit):
    """The law of talk times, and beside it what was recorded shorter than ten seconds, whatever its cause."""

    short_share: Estimate


def fit_talk(
    talk_s: FloatArray,
    still_going: BoolArray | None = None,
    *,
    longest_s: float | None = LONGEST_S,
    step_s: float | None = None,
) -> TalkFit:
    """The law of talk times, hang-ups apart, by maximum likelihood; chosen by BIC.

    BIC, not AIC: the spike's parameters cost ln(n) / 2 each, so with more data a spike that is not there is
    believed ever less, while AIC would believe one in several records however long (Schwarz 1978; for mixtures
    Keribin 2000, Sankhyā 62). The law is then stretched to the record's own mean, so that the load is right even
    where no law fits quite.

    talk_s: seconds of each service; NaN and negative ones are left out, zeros kept
    still_going: cut short by the end of the file; such a time says only "longer"
    longest_s: longer is a record that was not closed, and is left out; None: nothing is
    step_s: rounding; None: seen from the times themselves
    """
    talk_s = np.asarray(talk_s, dtype=np.float64)
    cut = np.zeros(len(talk_s), dtype=bool) if still_going is None else still_going
    kept, left_out = usable(talk_s, longest_s, "taken as not closed")
    fitted = fit_times(talk_s[kept], cut[kept], CANDIDATES, left_out, step_s)
    n_short = int((talk_s[kept] < HANG_UP_S).sum())
    short_share = share_of(n_short, fitted.n, f"recorded shorter than {HANG_UP_S:g} s")
    return TalkFit(**vars(fitted), short_share=short_share)
