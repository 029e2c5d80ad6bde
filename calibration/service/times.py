"""A law fitted to times that were all seen from beginning to end, save a few cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.families import Constant, Exponential, Family
from calibration.service.goodness import Goodness, goodness
from calibration.service.likelihood import Fitted, fits
from calibration.service.observed import BoolArray, Cells, cap_of, cells_of

FloatArray = npt.NDArray[np.float64]

ENOUGH_FOR_A_CHOICE = 30
"""With fewer times an exponential is stated: its mean is all that they tell."""


class TooFewError(ValueError):
    """The record holds nothing from which this could be fitted; the message is a sentence for its owner."""


@dataclass(frozen=True)
class TimesFit:
    """The law that recorded times ask for.

    chosen: the candidate with the least BIC; candidates: all of them, the chosen first, then the better first
    mean_s: of all times, as it stands in the record
    figures: the law's parameters; hang_up_…: of a spike of short times, if there is one
    law: as a scenario states it, stretched to the record's mean, so that the load is right
    left_out: times that could not be used, by reason; n_cut_short: seen only from below (capped, or still going on)
    """

    chosen: Fitted
    candidates: tuple[Fitted, ...]
    mean_s: Estimate
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
        return (
            f"maximum likelihood over {self.n} times: {how_chosen(self.candidates)}; "
            f"greatest distance from the record {self.goodness.distance:.3f}"
        )


def fit_times(
    seconds: FloatArray,
    cut: BoolArray,
    families: Sequence[Family],
    left_out: dict[str, int],
    step_s: float | None = None,
) -> TimesFit:
    """The likeliest law of these times, chosen by BIC among the families; all times 0 or more.

    cut: seen only to be longer; so are those at a cap. step_s: rounding; None: seen from the times
    """
    if not (seconds[~cut] > 0.0).any():
        raise TooFewError("no time above 0 is recorded: a law of times cannot be fitted")
    cap = cap_of(seconds[~cut])
    cut = cut | (seconds == cap) if cap is not None else cut
    cells = cells_of(seconds, cut, step_s)
    candidates = _candidates(families, cells)
    chosen = proper(candidates)
    mean_s = _mean(seconds, cut, chosen)
    return TimesFit(
        chosen=chosen,
        candidates=(chosen, *(other for other in candidates if other is not chosen)),
        mean_s=mean_s,
        figures=_figures(chosen, mean_s),
        goodness=goodness(chosen, cells),
        law=chosen.stretched_to(mean_s.value).law,
        n=len(seconds),
        n_cut_short=int(cut.sum()),
        left_out=left_out,
        notes=_notes(seconds, cut, cap),
    )


def proper(candidates: tuple[Fitted, ...]) -> Fitted:
    """The best law whose likelihood has a proper top; a spike of nobody, or of no width, has none."""
    return next((fitted for fitted in candidates if fitted.covariance is not None), candidates[0])


def how_chosen(candidates: tuple[Fitted, ...]) -> str:
    """The first of them, and among how many it was chosen."""
    laws = len(candidates)
    return (
        f"{candidates[0].name} ({f'least BIC of {laws} laws' if laws > 1 else 'nothing else to choose from'})"
    )


def _candidates(families: Sequence[Family], cells: Cells) -> tuple[Fitted, ...]:
    """Every law at its likeliest; where all times are one, or too few, nothing is to choose."""
    if len(cells.n) == 1 and cells.n_ended > 1:
        value = np.log(cells.middle)
        return (Fitted(Constant(), value, None, 0.0, cells.total),)
    return fits(families if cells.n_ended >= ENOUGH_FOR_A_CHOICE else (Exponential(),), cells)


def usable(seconds: FloatArray, longest_s: float | None, longer: str) -> tuple[BoolArray, dict[str, int]]:
    """Which times can be used, and how many cannot, by reason; `longer` says why long ones are left out."""
    known = np.isfinite(seconds)
    negative = known & (seconds < 0.0)
    limit = np.inf if longest_s is None else longest_s
    endless = known & (seconds > limit)
    reasons = {
        "no time recorded": ~known,
        "negative": negative,
        f"longer than {limit:g} s, {longer}": endless,
    }
    return known & ~negative & ~endless, {reason: int(of.sum()) for reason, of in reasons.items() if of.any()}


def share_of(n: int, of: int, note: str = "") -> Estimate:
    """N ÷ of, with the binomial standard error √(p (1 − p) / of)."""
    value = n / of
    return Estimate(value, float(np.sqrt(value * (1.0 - value) / of)), of, note)


def record_mean(seconds: FloatArray, note: str) -> Estimate:
    """Mean of these times; standard error s / √n."""
    error = float(seconds.std(ddof=1) / np.sqrt(len(seconds))) if len(seconds) > 1 else None
    return Estimate(float(seconds.mean()), error, len(seconds), note)


def _mean(seconds: FloatArray, cut: BoolArray, chosen: Fitted) -> Estimate:
    """The record's own mean; the law's where some times were cut short, as the record's is too short then."""
    if cut.any():
        return chosen.estimate(chosen.family.mean, "of the law, as some times were cut short")
    return record_mean(seconds, "of the record")


def _figures(chosen: Fitted, mean_s: Estimate) -> dict[str, Estimate]:
    """Of the stretched law; its mean is no surer than that of the record to which it was stretched."""
    found = chosen.stretched_to(mean_s.value).figures()
    own = found["mean_s"]
    if own.standard_error is not None and mean_s.standard_error is not None:
        error = max(own.standard_error, mean_s.standard_error / mean_s.value * own.value)
        found["mean_s"] = Estimate(own.value, error, own.n, own.note)
    return found


def _notes(seconds: FloatArray, cut: BoolArray, cap: float | None) -> tuple[str, ...]:
    notes = []
    if cap is not None:
        notes.append(f"times of just {cap:g} s are taken as cut short there: {int((seconds == cap).sum())}")
    if n_zero := int((seconds == 0.0).sum()):
        notes.append(f"times of 0 s are kept, as services that ended at once: {n_zero}")
    if (n_ended := int((~cut).sum())) < ENOUGH_FOR_A_CHOICE:
        notes.append(f"too few times to choose a law, so exponential by its mean: {n_ended}")
    return tuple(notes)
