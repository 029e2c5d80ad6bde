"""When people leave: the rate of leaving by time waited, for a picture and for a threshold of short abandons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

POINTS = 120
WINDOW = 1 / 40
"""Half-width of the smoothing window ÷ longest time shown."""
USUAL_SHORT_ABANDON_S, LATEST_SHORT_ABANDON_S = 5, 10
HASTE = 1.5
"""Leaving this many times as often as afterward is haste: a wrong number, or a change of mind."""


@dataclass(frozen=True)
class Hazard:
    """Rate of leaving per second, among those who still wait, with standard errors."""

    times_s: FloatArray
    per_s: FloatArray
    standard_errors: FloatArray


def hazard(waited_s: FloatArray, left: BoolArray, n: FloatArray, longest_s: float) -> Hazard:
    """Smoothed rate of leaving: who left near t ÷ time that anybody waited near t.

    h(t) = Σ K(t − tᵢ) dᵢ / ∫ K(t − u) Y(u) du with the kernel K of Epanechnikov, Y(u) those still waiting at u; both
    sums smoothed alike, so that the curve starts right at 0 (Ramlau-Hansen 1983, Annals of Statistics 11).
    """
    window = longest_s * WINDOW
    times = np.linspace(0.0, longest_s, POINTS)
    order = np.argsort(waited_s)
    at, gone, often = waited_s[order], (left * n)[order], n[order]
    leaving = _kernel((times[:, None] - at[None, :]) / window)
    fine = np.linspace(0.0, longest_s + window, 20 * POINTS)
    still = often.sum() - np.concatenate([[0.0], np.cumsum(often)])[np.searchsorted(at, fine, side="right")]
    exposure = _kernel((times[:, None] - fine[None, :]) / window) @ still * (fine[1] - fine[0])
    exposure = np.maximum(exposure, 1e-12)
    return Hazard(times, leaving @ gone / exposure, np.sqrt(leaving**2 @ gone) / exposure)


def _kernel(x: FloatArray) -> FloatArray:
    """Epanechnikov's kernel, 1 − x² within ±1."""
    return np.asarray(np.maximum(1.0 - x**2, 0.0))


def short_abandon_s(waited_s: FloatArray, left: BoolArray) -> tuple[int, str]:
    """A threshold for short abandons, and why: the last second of the first ten by which people leave in haste.

    In haste: at 1.5 times the rate of the half minute that follows the tenth second, or more, by three standard
    errors; where there is no haste, 5 s, the usual threshold.
    """
    later, error = _rate(waited_s, left, float(LATEST_SHORT_ABANDON_S), 4.0 * LATEST_SHORT_ABANDON_S)
    hasty = []
    for t in range(1, LATEST_SHORT_ABANDON_S + 1):
        rate, own_error = _rate(waited_s, left, 0.0, float(t))
        if later > 0.0 and rate - HASTE * later > 3.0 * np.hypot(own_error, HASTE * error):
            hasty.append(t)
    if hasty:
        return hasty[
            -1
        ], f"in the first {hasty[-1]} s people leave {HASTE:g} times as often as afterward, or more"
    return USUAL_SHORT_ABANDON_S, "no haste in the first seconds is seen: the usual threshold"


def _rate(waited_s: FloatArray, left: BoolArray, from_s: float, to_s: float) -> tuple[float, float]:
    """Who left between two times ÷ time waited between them, per second, and its standard error √d / time."""
    exposure_s = float((np.clip(waited_s, from_s, to_s) - from_s).sum())
    n_left = int((left & (waited_s > from_s) & (waited_s <= to_s)).sum())
    n_left += int((left & (waited_s == 0.0)).sum()) if from_s == 0.0 else 0
    return (n_left / exposure_s, float(np.sqrt(n_left)) / exposure_s) if exposure_s > 0.0 else (0.0, 0.0)
