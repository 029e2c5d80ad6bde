"""The containment at which a design's bots begin to pay: the root of its paired cost difference to the baseline.

Containment is moved and everything else kept: of what a bot closes the same share is wrong, and people are planned
anew at every point. The root is known as well as the difference is, divided by its slope.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios import Scenario
from scenarios.bots import AtPeak, Bot, BotContactType, OfHundred
from scenarios.quantities import frozen
from sim.measures.estimates import Estimate

_MOST_POINTS = 9
_CLOSE_ENOUGH = 0.01  # of containment
_FOR_SLOPE = 4


@dataclass(frozen=True)
class Point:
    """A design with its bots closing so much: cost − the baseline's over the horizon, on the same customers.

    position: where between closing nothing (0) and all who stay (1)
    below, above: how much lower, or higher, the difference may be because plans are within a gap of the cheapest
    """

    position: float
    containment: float
    difference: Estimate
    below: float = 0.0
    above: float = 0.0

    @property
    def value(self) -> float:
        """The difference."""
        return self.difference.value or 0.0


@dataclass(frozen=True)
class BreakEven:
    """Where the difference crosses zero, with its interval; None where it never does in what the bots can close.

    slope: change of the cost difference with containment from 0 to 1
    """

    points: tuple[Point, ...]
    containment: float | None = None
    low: float | None = None
    high: float | None = None
    slope: float | None = None

    @property
    def always(self) -> bool:
        """Without a root: whether the bots pay whatever they close."""
        return self.containment is None and all(point.value < 0.0 for point in self.points)


def break_even(at: Callable[[float], Point]) -> BreakEven:
    """The root between closing nothing and all, by false position with halving of the end that stays (Illinois).

    `at` gives the point at a position from 0 to 1; it is noisy, so the search ends when the difference is within its
    own half-width, the bracket is a point of containment wide, or after nine points. Source: Dowell and Jarratt 1971.
    """
    low, high = at(0.0), at(1.0)
    points = [low, high]
    if low.value * high.value > 0.0:
        return BreakEven(tuple(points))
    weights = [low.value, high.value]
    stayed = 0
    while len(points) < _MOST_POINTS and not _is_close(low, high):
        share = weights[0] / (weights[0] - weights[1])
        middle = at(low.position + min(max(share, 0.05), 0.95) * (high.position - low.position))
        points.append(middle)
        if abs(middle.value) <= (middle.difference.half_width or 0.0):
            return _concluded(points, middle, middle)
        if middle.value * low.value > 0.0:
            low, weights = middle, [middle.value, weights[1] / (2.0 if stayed == 1 else 1.0)]
            stayed = 1
        else:
            high, weights = middle, [weights[0] / (2.0 if stayed == -1 else 1.0), middle.value]
            stayed = -1
    return _concluded(points, low, high)


def _is_close(low: Point, high: Point) -> bool:
    return abs(high.containment - low.containment) <= _CLOSE_ENOUGH


def _concluded(points: Sequence[Point], low: Point, high: Point) -> BreakEven:
    """The root inside the bracket and its interval: the ends of the difference's interval ÷ slope."""
    nearest = min(low, high, key=lambda point: abs(point.value))
    slope = _slope(points)
    if low is high or low.value == high.value:
        root = low.containment - low.value / slope if slope else low.containment
    else:
        share = low.value / (low.value - high.value)
        root = low.containment + share * (high.containment - low.containment)
    ordered = tuple(sorted(points, key=lambda point: point.position))
    if slope == 0.0:
        return BreakEven(ordered, root)
    half_width = nearest.difference.half_width or 0.0
    ends = ((half_width + nearest.above) / abs(slope), (half_width + nearest.below) / abs(slope))
    # Where cost falls with containment, a difference that is higher than found moves the root up.
    up, down = ends if slope < 0.0 else ends[::-1]
    return BreakEven(ordered, root, max(0.0, root - down), min(1.0, root + up), slope)


def _slope(points: Sequence[Point]) -> float:
    """Of a straight line through the points nearest to zero: single plans jump by whole people."""
    nearest = sorted(points, key=lambda point: abs(point.value))[:_FOR_SLOPE]
    containment = [point.containment for point in nearest]
    if np.ptp(containment) == 0.0:
        return 0.0
    return float(np.polyfit(containment, [point.value for point in nearest], 1)[0])


# --- A scenario whose bots close more or less -----------------------------------------------------


def closes_something(scenario: Scenario) -> bool:
    """Whether any bot closes anything, so that there is a containment to move."""
    return _most(scenario) > 0.0


def with_containment(scenario: Scenario, position: float) -> Scenario:
    """The scenario with its bots closing from nothing (0) to all who stay (1), in the proportions they have now.

    Each contact type's closed share is multiplied alike, up to 100 less those who leave; of what is closed the same
    share is wrong as now.
    """
    factor = position * _most(scenario)
    bots = {name: _moved(bot, factor) for name, bot in scenario.bot.items()}
    return scenario.model_copy(update={"bot": frozen(bots)})


def _most(scenario: Scenario) -> float:
    """The factor at which every contact type's bot closes all who stay."""
    parts = [part for bot in scenario.bot.values() for part in bot.contact_type.values()]
    at_work = [part.stands_at for part in parts if part.entry_share > 0.0]
    return max(((100.0 - at.left) / at.contained for at in at_work if at.contained > 0.0), default=0.0)


def _moved(bot: Bot, factor: float) -> Bot:
    parts = {name: _part(part, factor) for name, part in bot.contact_type.items()}
    return bot.model_copy(update={"contact_type": frozen(parts)})


def _part(part: BotContactType, factor: float) -> BotContactType:
    at = part.stands_at
    solved, wrong = _scaled(at.solved, at.wrongly_closed, factor, 100.0 - at.left)
    of_100 = OfHundred(
        solved=solved,
        wrongly_closed=wrong,
        handed_over=max(0.0, 100.0 - at.left - solved - wrong),
        left=at.left,
    )
    peak = part.at_peak
    if peak is not None:
        solved, wrong = _scaled(peak.solved, peak.wrongly_closed, factor, 100.0 - at.left)
        peak = AtPeak(waiting_above=peak.waiting_above, solved=solved, wrongly_closed=wrong)
    moved = {"of_100": of_100, "operating_point": None, "operating_points": (), "at_peak": peak}
    return part.model_copy(update=moved)


def _scaled(solved: float, wrong: float, factor: float, most: float) -> tuple[float, float]:
    """Both multiplied alike, together at most so much."""
    closed = solved + wrong
    scale = 0.0 if closed == 0.0 else min(factor * closed, most) / closed
    return solved * scale, wrong * scale
