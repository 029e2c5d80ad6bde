"""Whether talk is longer at some times of the day, and the laws of its parts where it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.service.hang_ups import HANG_UP_S
from calibration.service.likelihood import fit
from calibration.service.observed import cells_of
from calibration.service.times import TimesFit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

HOURS = 24
HOUR_S, DAY_S = 3600.0, 86_400.0
MOST_PARTS = 4
"""A planner reads four laws a day; a longer record would tell ever more hours apart."""
ENOUGH_IN_A_PART = 500
NOTABLE = 1.05
"""Parts whose longest mean is not 5 % above the shortest are stated as one."""
SURE = 0.01
PARAMETERS_OF_A_PART = 3.0
"""Mean, spread, and where the part begins."""


@dataclass(frozen=True)
class Part:
    """Hours of the day with a law of their own: from one to the other, means and numbers of talks."""

    from_h: int
    to_h: int
    mean_s: float
    n: int
    law: dict[str, Any]


@dataclass(frozen=True)
class ByTime:
    """Whether the law differs by the hour of arrival.

    statistic, p_value: Kruskal and Wallis' test over the hours; parts: one, where one law is enough
    """

    statistic: float
    p_value: float
    parts: tuple[Part, ...]
    hourly_mean_s: FloatArray
    says: str

    @property
    def differs(self) -> bool:
        """Talk has more than one law a day."""
        return len(self.parts) > 1

    @property
    def law(self) -> dict[str, Any]:
        """As a scenario states it: one law, or one after the other through the day."""
        if not self.differs:
            return self.parts[0].law
        return {"by": [{"until": f"{part.to_h:02d}:00", "law": part.law} for part in self.parts]}


def talk_by_time(talk_s: FloatArray, clock_s: FloatArray, whole: TimesFit) -> ByTime:
    """Holds the hours of the day against each other; laws by part of the day where that is worth stating.

    Stated in parts when the test is sure (p below 1 %), BIC asks for parts, and their means differ by 5 % or more:
    in a long record every hour differs for sure, and most by too little to matter. Talks of one agent are
    alike, and the test takes them as independent: it is a little too sure.

    talk_s: as given to fit_talk, without those cut short; clock_s: arrival, seconds (of the day or since any
    midnight); whole: what fit_talk made of them
    """
    usable = np.isfinite(talk_s) & (talk_s >= 0.0)
    talk_s, hour = talk_s[usable], (clock_s[usable] % DAY_S // HOUR_S).astype(np.int64)
    statistic, p_value = kruskal_wallis(talk_s, hour)
    bounds = parts_of_day(talk_s, hour)
    parts = tuple(_part(talk_s, hour, whole, *span) for span in pairwise(bounds))
    means = [part.mean_s for part in parts]
    worth = p_value < SURE and max(means) >= NOTABLE * min(means)
    if not worth:
        parts = (Part(0, HOURS, whole.mean_s.value, whole.n, whole.law),)
    seen = np.bincount(hour, minlength=HOURS)
    hourly = np.bincount(hour, weights=talk_s, minlength=HOURS) / np.where(seen > 0, seen, np.nan)
    return ByTime(statistic, p_value, parts, hourly, _sentence(parts, p_value))


def kruskal_wallis(values: FloatArray, group: IntArray) -> tuple[float, float]:
    """H over groups, corrected for ties, and its p-value from χ² with groups − 1 degrees of freedom.

    H = 12 / (N (N + 1)) Σ Rᵢ² / nᵢ − 3 (N + 1), divided by 1 − Σ (t³ − t) / (N³ − N); Kruskal and Wallis (1952),
    Journal of the American Statistical Association 47.
    """
    from scipy.special import chdtrc

    n = float(len(values))
    _, place, ties = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(ties) - (ties - 1) / 2.0)[place]
    size = np.bincount(group)
    there = size > 0
    if n < 2 or there.sum() < 2 or len(ties) < 2:
        return 0.0, 1.0
    squares = np.bincount(group, weights=rank)[there] ** 2 / size[there]
    tied = 1.0 - float((ties.astype(np.float64) ** 3 - ties).sum()) / (n**3 - n)
    statistic = (12.0 / (n * (n + 1.0)) * float(squares.sum()) - 3.0 * (n + 1.0)) / tied
    return statistic, float(chdtrc(there.sum() - 1, max(statistic, 0.0)))


def parts_of_day(talk_s: FloatArray, hour: IntArray) -> list[int]:
    """Hours at which parts begin and end, 0 and 24 included: the division into at most four with the least BIC.

    The logarithms of talks above 10 s, taken as normal with mean and spread of their own in each part:
    BIC = Σ n ln σ² + 3 ln N for each part, over all divisions with 500 talks or more in each part.
    """
    talks = talk_s >= HANG_UP_S
    logs, at = np.log(talk_s[talks]), hour[talks]
    sums = [np.concatenate([[0.0], np.cumsum(np.bincount(at, logs**k, HOURS))]) for k in range(3)]
    cost = _cost_of_parts(*sums)
    best = {(0, 0): (0.0, [0])}
    for n_parts in range(1, MOST_PARTS + 1):
        for end in range(1, HOURS + 1):
            ways = [
                (best[n_parts - 1, start][0] + cost[start, end], [*best[n_parts - 1, start][1], end])
                for start in range(end)
                if (n_parts - 1, start) in best and np.isfinite(cost[start, end])
            ]
            if ways:
                best[n_parts, end] = min(ways)
    whole_days = [best[n, HOURS] for n in range(1, MOST_PARTS + 1) if (n, HOURS) in best]
    return min(whole_days)[1] if whole_days else [0, HOURS]


def _cost_of_parts(n: FloatArray, first: FloatArray, second: FloatArray) -> FloatArray:
    """N ln σ² + 3 ln N of each span of hours; infinite with too few talks."""
    cost = np.full((HOURS + 1, HOURS + 1), np.inf)
    for start in range(HOURS):
        for end in range(start + 1, HOURS + 1):
            size = n[end] - n[start]
            if size < ENOUGH_IN_A_PART:
                continue
            mean = (first[end] - first[start]) / size
            variance = max((second[end] - second[start]) / size - mean**2, 1e-12)
            cost[start, end] = size * np.log(variance) + PARAMETERS_OF_A_PART * np.log(n[-1])
    return cost


def _part(talk_s: FloatArray, hour: IntArray, whole: TimesFit, from_h: int, to_h: int) -> Part:
    """The law that the whole day has, fitted to these hours and stretched to their mean."""
    own = talk_s[(hour >= from_h) & (hour < to_h)]
    if not (own > 0.0).any():
        return Part(from_h, to_h, whole.mean_s.value, 0, whole.law)
    fitted = fit(whole.chosen.family, cells_of(own, np.zeros(len(own), dtype=bool)))
    mean_s = float(own.mean())
    return Part(from_h, to_h, mean_s, len(own), fitted.stretched_to(mean_s).law)


def _sentence(parts: tuple[Part, ...], p_value: float) -> str:
    sure = f"p {'below 0.0001' if p_value < 1e-4 else f'= {p_value:.4f}'}, Kruskal and Wallis over the hours"
    if len(parts) > 1:
        spans = ", ".join(f"{part.from_h}:00-{part.to_h}:00 {part.mean_s:.0f} s" for part in parts)
        return f"talk differs by time of day ({sure}): {spans}"
    if p_value < SURE:
        return f"talk differs by time of day for sure ({sure}) but by too little to state it in parts"
    return f"no difference by time of day is seen ({sure})"
