"""What an interval report tells of talk and patience: means, with the law assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.times import TooFewError

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ReportFit:
    """A mean from a report's totals, and the law assumed around it: a report does not show one."""

    mean_s: Estimate
    law: dict[str, Any]
    assumes: str


def patience_from_report(waited_s: FloatArray, abandoned: FloatArray) -> ReportFit:
    """Mean patience = time waited by all ÷ number who left: exact where patience is exponential.

    Who waits leaves at the rate 1 / m, so that abandonments = total waiting time / m (Baccelli and Hebuterne 1981;
    Mandelbaum and Zeltyn 2007, "Service engineering in action: the Palm/Erlang-A queue", who plot one against the
    other). It is also the likeliest mean of an exponential from censored waits.

    waited_s: seconds waited by all contacts of each interval, answered or not; abandoned: how many left
    """
    if abandoned.sum() <= 0:
        raise TooFewError("the report has no abandonments: patience cannot be told from it")
    mean_s = ratio(waited_s, abandoned, "total waiting time ÷ abandonments")
    assumes = "patience assumed exponential: an interval report does not show its law"
    return ReportFit(mean_s, {"law": "exponential", "mean": mean_s.value}, assumes)


def talk_from_report(handle_s: FloatArray, handled: FloatArray) -> ReportFit:
    """Mean handle time = total handle time ÷ contacts handled; the law assumed exponential, wrap-up not told apart.

    handle_s: total handle time of each interval; handled: contacts handled in it
    """
    if handled.sum() <= 0 or handle_s.sum() <= 0.0:
        raise TooFewError("the report has no handle time: talk times cannot be told from it")
    mean_s = ratio(handle_s, handled, "total handle time ÷ contacts handled")
    assumes = "handle time assumed exponential, wrap-up within it: an interval report does not show its law"
    return ReportFit(mean_s, {"law": "exponential", "mean": mean_s.value}, assumes)


def ratio(total: FloatArray, n: FloatArray, note: str) -> Estimate:
    """R = Σ totalᵢ / Σ nᵢ; standard error √(k / (k − 1) Σ (totalᵢ − R nᵢ)²) / Σ nᵢ over k intervals.

    Intervals, not contacts, are taken as independent (Cochran 1977, Sampling Techniques, section 2.11); what
    is unknown of one of the two leaves the interval out.
    """
    known = np.isfinite(total) & np.isfinite(n)
    total, n = total[known], n[known]
    value = float(total.sum() / n.sum())
    k = int((n > 0).sum())
    if k < 2:
        return Estimate(value, None, round(float(n.sum())), note)
    spread = float(np.sqrt(k / (k - 1) * ((total - value * n) ** 2).sum()))
    return Estimate(value, spread / float(n.sum()), round(float(n.sum())), note)
