"""The law of patience: how long people would wait, from waits most of which ended in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.families import Exponential, Family, TwoExponentials
from calibration.service.goodness import Goodness, goodness
from calibration.service.hazard import Hazard, hazard, short_abandon_s
from calibration.service.likelihood import Fitted, fits
from calibration.service.mixed import Balking
from calibration.service.observed import Cells, cells_of, rounding_step
from calibration.service.spread_laws import Lognormal, Weibull
from calibration.service.survival import Quantile, Survival, kaplan_meier
from calibration.service.times import TooFewError, how_chosen, proper, record_mean, usable

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

ENOUGH_FOR_A_CHOICE = 30
"""With fewer who left an exponential is stated."""
WAITING: tuple[Family, ...] = (Exponential(), Weibull(), Lognormal(), TwoExponentials())
CANDIDATES = (*WAITING, *(Balking(family) for family in WAITING))
QUANTILES = (0.1, 0.25, 0.5, 0.75)
NAIVE = "not patience: the patient are answered before they leave; shown to compare, never used"
SHOWN = 0.99
"""The hazard is shown up to the wait that this share of waits does not pass."""


@dataclass(frozen=True)
class PatienceFit:
    """The law of patience that a record asks for.

    chosen: the candidate with the least BIC; candidates: all of them, the better first
    survival: Kaplan-Meier's estimate; median: its median, quantiles: others, with 95 % limits
    mean_wait_of_those_who_left_s: shown beside it, never used: it is far too short
    short_abandon_s: a threshold for short abandons, and why
    n_answered_at_once: tell nothing of patience, and are no part of n, those who had to wait
    """

    chosen: Fitted
    candidates: tuple[Fitted, ...]
    figures: dict[str, Estimate]
    survival: Survival
    median: Quantile
    quantiles: tuple[Quantile, ...]
    hazard: Hazard
    goodness: Goodness
    mean_wait_of_those_who_left_s: Estimate
    short_abandon_s: int
    short_abandon_why: str
    n: int
    n_left: int
    n_sent_away: int
    n_answered_at_once: int
    left_out: dict[str, int]

    @property
    def law(self) -> dict[str, Any]:
        """As a scenario states it."""
        return self.chosen.law

    @property
    def balk_share(self) -> Estimate:
        """Who leaves when it cannot be served at once, of those who cannot; 0 where the record asks for none."""
        none = Estimate(0.0, None, self.n, "the record asks for none")
        return self.figures.get("balk_share", none)

    @property
    def says(self) -> str:
        """Where the law comes from, in a sentence."""
        half = (
            f"{self.median.value_s:.0f} s" if np.isfinite(self.median.value_s) else "beyond the longest waits"
        )
        return (
            f"maximum likelihood with censoring over {self.n} waits, {self.n_left} of them ended by leaving: "
            f"{how_chosen(self.candidates)}; the Kaplan-Meier median is {half}, "
            f"the mean wait of those who left {self.mean_wait_of_those_who_left_s.value:.0f} s"
        )


def fit_patience(
    waited_s: FloatArray,
    abandoned: BoolArray,
    sent_away: BoolArray | None = None,
    *,
    balk_s: float = 0.0,
    step_s: float | None = None,
) -> PatienceFit:
    """The law of patience by maximum likelihood with censoring; chosen by BIC, as in fit_talk.

    Who left after x had a patience of x; who was answered or sent away after x had one longer than x. Who was
    answered at once says nothing. Balking is what a continuous law cannot explain of those who left at 0.

    waited_s: of all offered contacts; NaN and negative ones are left out
    abandoned: hung up while waiting; sent_away: timed out or flowed elsewhere; the others were answered
    balk_s: recorded wait of those who balk, where hanging up takes them a second or two; who was answered by then
    tells nothing. step_s: rounding; None: seen from the times themselves
    """
    seconds = np.asarray(waited_s, dtype=np.float64)
    away = np.zeros(len(seconds), dtype=bool) if sent_away is None else sent_away
    known, left_out = usable(seconds, None, "")
    at_once = known & ~abandoned & (seconds == 0.0)
    kept = known & ~at_once
    waits, left = seconds[kept], abandoned[kept] & ~away[kept]
    if not left.any():
        raise TooFewError(
            "nobody left while waiting: patience cannot be fitted, it is only longer than the waits"
        )
    cells = cells_with_balking(waits, left, balk_s, step_s)
    candidates = fits(CANDIDATES if left.sum() >= ENOUGH_FOR_A_CHOICE else (Exponential(),), cells)
    chosen = proper(candidates)
    survival = kaplan_meier(waits, left)
    threshold, why = short_abandon_s(waits, left)
    return PatienceFit(
        chosen=chosen,
        candidates=(chosen, *(other for other in candidates if other is not chosen)),
        figures=chosen.figures(),
        survival=survival,
        median=survival.quantile(0.5),
        quantiles=tuple(survival.quantile(share) for share in QUANTILES),
        hazard=_shown_hazard(waits, left),
        goodness=goodness(chosen, cells),
        mean_wait_of_those_who_left_s=record_mean(waits[left], NAIVE),
        short_abandon_s=threshold,
        short_abandon_why=why,
        n=len(waits),
        n_left=int(left.sum()),
        n_sent_away=int((away & kept).sum()),
        n_answered_at_once=int(at_once.sum()),
        left_out=left_out,
    )


def cells_with_balking(
    waits: FloatArray, left: BoolArray, balk_s: float, step_s: float | None = None
) -> Cells:
    """Waits as cells; all who left within `balk_s` share one that reaches down to 0 and holds it.

    Within that time nobody knows who is about to leave at once: who was answered in it tells nothing.
    """
    step = rounding_step(waits[left]) if step_s is None else step_s
    if balk_s <= 0.0:
        return cells_of(waits, ~left, step)
    early = waits <= balk_s
    others = cells_of(waits[~early], ~left[~early], step)
    n_hasty = float((left & early).sum())
    if not n_hasty:
        return others
    edge = balk_s + step / 2.0
    return Cells(np.append(others.low, -edge), np.append(others.high, edge), np.append(others.n, n_hasty))


def _shown_hazard(waits: FloatArray, left: BoolArray) -> Hazard:
    cells = cells_of(waits, ~left)
    return hazard(cells.middle, cells.ended, cells.n, max(float(np.quantile(waits, SHOWN)), 1.0))
