"""The law of talk times: which one, how sure, and whether agents' hang-ups of a few seconds stand before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.families import Exponential, Family, Gamma, Lognormal, Weibull
from calibration.service.goodness import Goodness, goodness
from calibration.service.hang_ups import HANG_UP_S, LONGEST_S
from calibration.service.likelihood import Fitted, fits
from calibration.service.mixed import Spiked
from calibration.service.observed import BoolArray, Cells, cap_of, cells_of

FloatArray = npt.NDArray[np.float64]

ENOUGH_FOR_A_CHOICE = 30
"""With fewer times an exponential is stated: its mean is all that they tell."""

BODIES: tuple[Family, ...] = (Lognormal(), Gamma(), Weibull(), Exponential())
SPIKES: tuple[Family, ...] = (Exponential(), Gamma())
CANDIDATES = (*BODIES, *(Spiked(spike, body) for body in BODIES for spike in SPIKES))


class TooFewError(ValueError):
    """The record holds nothing from which this could be fitted; the message is a sentence for its owner."""


@dataclass(frozen=True)
class TalkFit:
    """The law of talk times that a record asks for.

    chosen: the candidate with the least BIC; candidates: all of them, the better first
    mean_s: of all talk, hang-ups included; short_share: recorded shorter than `HANG_UP_S`
    figures: the law's parameters; hang_up_…: of the spike, the others of conversations
    left_out: times that could not be used, by reason; n_cut_short: seen only from below (capped, or still going on)
    """

    chosen: Fitted
    candidates: tuple[Fitted, ...]
    mean_s: Estimate
    short_share: Estimate
    figures: dict[str, Estimate]
    goodness: Goodness
    law: dict[str, Any]
    n: int
    n_cut_short: int
    left_out: dict[str, int]
    notes: tuple[str, ...]

    @property
    def says(self) -> str:
        """Where the law comes from, in a sentence."""
        others = sorted({fitted.family.name for fitted in self.candidates[1:]})
        chosen = f"maximum likelihood over {self.n} times: {self.chosen.name}"
        chosen += f" (least BIC of {len(others) + 1} laws)" if others else " (too few times for a choice)"
        return f"{chosen}; greatest distance from the record {self.goodness.distance:.3f}"


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
    cut = np.zeros(len(talk_s), dtype=bool) if still_going is None else still_going
    seconds, cut, left_out = _usable(np.asarray(talk_s, dtype=np.float64), cut, longest_s)
    if not (seconds[~cut] > 0.0).any():
        raise TooFewError("no talk time above 0 is recorded: a law of talk times cannot be fitted")
    cap = cap_of(seconds[~cut])
    cut = cut | (seconds == cap) if cap is not None else cut
    cells = cells_of(seconds, cut, step_s)
    candidates = fits(CANDIDATES if cells.n_ended >= ENOUGH_FOR_A_CHOICE else (Exponential(),), cells)
    chosen = proper(candidates)
    mean_s = _mean(seconds, cut, chosen)
    return TalkFit(
        chosen=chosen,
        candidates=(chosen, *(other for other in candidates if other is not chosen)),
        mean_s=mean_s,
        short_share=share_of(int((seconds < HANG_UP_S).sum()), len(seconds), "recorded below 10 s"),
        figures=_figures(chosen, mean_s),
        goodness=goodness(chosen, cells),
        law=chosen.family.law(_stretched(chosen, mean_s)),
        n=len(seconds),
        n_cut_short=int(cut.sum()),
        left_out=left_out,
        notes=_notes(seconds, cells, cap),
    )


def proper(candidates: tuple[Fitted, ...]) -> Fitted:
    """The best law whose likelihood has a proper top; a spike of nobody, or of no width, has none."""
    return next((fitted for fitted in candidates if fitted.covariance is not None), candidates[0])


def share_of(n: int, of: int, note: str = "") -> Estimate:
    """N ÷ of, with the binomial standard error √(p (1 − p) / of)."""
    value = n / of
    return Estimate(value, float(np.sqrt(value * (1.0 - value) / of)), of, note)


def _usable(
    seconds: FloatArray, cut: BoolArray, longest_s: float | None
) -> tuple[FloatArray, BoolArray, dict[str, int]]:
    known = np.isfinite(seconds)
    negative = known & (seconds < 0.0)
    endless = known & (seconds > (np.inf if longest_s is None else longest_s))
    left_out = {
        "no talk time": int((~known).sum()),
        "negative talk time": int(negative.sum()),
        f"longer than {longest_s} s, taken as not closed": int(endless.sum()),
    }
    kept = known & ~negative & ~endless
    return seconds[kept], cut[kept], {reason: n for reason, n in left_out.items() if n}


def _mean(seconds: FloatArray, cut: BoolArray, chosen: Fitted) -> Estimate:
    """The record's own mean; the law's where some times were cut short, as the record's is too short then."""
    if cut.any():
        return chosen.estimate(
            lambda at: mean_of(chosen.family, at), "of the law, as some times were cut short"
        )
    error = float(seconds.std(ddof=1) / np.sqrt(len(seconds))) if len(seconds) > 1 else None
    return Estimate(float(seconds.mean()), error, len(seconds), "of the record")


def mean_of(family: Family, at: FloatArray) -> float:
    """Mean of the whole law, hang-ups included."""
    figures = family.figures(at)
    q = figures.get("hang_up_share", 0.0)
    return q * figures.get("hang_up_mean_s", 0.0) + (1.0 - q) * figures["mean_s"]


def _stretched(chosen: Fitted, mean_s: Estimate) -> FloatArray:
    """θ of the same law stretched to this mean: ln(mean of the body) is θ's first, and a spike stretches with it."""
    stretched = chosen.at.copy()
    stretched[0] += np.log(mean_s.value / mean_of(chosen.family, chosen.at))
    return stretched


def _figures(chosen: Fitted, mean_s: Estimate) -> dict[str, Estimate]:
    """Of the stretched law: standard errors of means are those of the record's mean where it is less sure."""
    stretched = chosen.family.figures(_stretched(chosen, mean_s))
    relative = (mean_s.standard_error or 0.0) / mean_s.value
    found = {}
    for name, estimate in chosen.figures().items():
        value, error = stretched[name], estimate.standard_error
        if error is not None and name == "mean_s":
            error = max(error, relative * value)
        found[name] = Estimate(value, error, estimate.n, estimate.note)
    return found


def _notes(seconds: FloatArray, cells: Cells, cap: float | None) -> tuple[str, ...]:
    notes = []
    if cap is not None:
        notes.append(f"{int((seconds == cap).sum())} times of just {cap:g} s are taken as cut short there")
    if n_zero := int((seconds == 0.0).sum()):
        notes.append(f"{n_zero} services of 0 s are kept, as answers that ended at once")
    if cells.n_ended < ENOUGH_FOR_A_CHOICE:
        notes.append(f"{round(cells.n_ended)} times are too few to choose a law: exponential, by its mean")
    return tuple(notes)
