"""Numbers as people read them: rounded to what their interval supports, in their unit, and never "NaN".

A half-width is shown with two significant digits and the value to the same place: 84.32 ± 0.31, 12,300 ± 1,200.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.measures.estimates import Estimate

MISSING = "—"
_SIGNIFICANT_DIGITS = 2
_MOST_EXTRA_DECIMALS = 1


@dataclass(frozen=True)
class Unit:
    """How a figure is written: its sign, the factor from the stored value, and the decimals of an exact one."""

    sign: str
    factor: float = 1.0
    decimals: int = 0


PERCENT = Unit("%", 100.0, 1)
SMALL_PERCENT = Unit("%", 100.0, 2)
SECONDS = Unit("s", 1.0, 1)
HOURS = Unit("h", 1.0, 1)
PEOPLE = Unit("people", 1.0, 1)
COUNT = Unit("", 1.0, 0)
RATIO = Unit("", 1.0, 2)
SCORE = Unit("", 1.0, 3)
MONEY = Unit("money", 1.0, 0)
SMALL_MONEY = Unit("money", 1.0, 2)
_FINE_BELOW = 100.0  # money that is told with its cents


def money_of(most: float) -> Unit:
    """How amounts are written of which this is the largest."""
    return SMALL_MONEY if most < _FINE_BELOW else MONEY


def places_of(half_width: float | None, decimals: int) -> int:
    """Decimal places that a half-width supports; negative where tens or hundreds are not known."""
    most = decimals + _MOST_EXTRA_DECIMALS
    if half_width is None or half_width < 0.5 * 10.0**-most:  # none, or nothing but rounding
        return decimals
    return min(_SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(half_width)), most)


def number_text(value: float, places: int, signed: bool = False) -> str:
    """A number with thousands separators and a true minus; zero has no sign."""
    rounded = round(value, places)
    size = f"{abs(rounded):,.{max(places, 0)}f}"
    if rounded == 0.0:
        return size
    if rounded < 0.0:
        return f"−{size}"
    return f"+{size}" if signed else size


def value_text(value: float | None, unit: Unit, *, scale: float = 1.0, signed: bool = False) -> str:
    """An exact figure, or a value without its interval."""
    if value is None or math.isnan(value):
        return MISSING
    return number_text(value * unit.factor * scale, unit.decimals, signed)


def figure_text(found: Estimate | None, unit: Unit, *, scale: float = 1.0, signed: bool = False) -> str:
    """A figure with its half-width: "84.3 ± 0.4"; "± —" where too few replications tell none."""
    parts = figure_parts(found, unit, scale=scale, signed=signed)
    return parts[0] if parts[1] is None else f"{parts[0]} ± {parts[1]}"


def figure_parts(
    found: Estimate | None, unit: Unit, *, scale: float = 1.0, signed: bool = False
) -> tuple[str, str | None]:
    """Value and half-width as texts; the latter None where there is no value."""
    if found is None or found.value is None:
        return MISSING, None
    factor = unit.factor * scale
    if found.half_width is None:
        return number_text(found.value * factor, unit.decimals, signed), MISSING
    half_width = found.half_width * abs(factor)
    places = places_of(half_width, unit.decimals)
    value = number_text(found.value * factor, places, signed)
    width = number_text(half_width, places)
    return value, width if float(width.replace(",", "")) > 0.0 else "0"


def range_text(low: float | None, high: float | None, unit: Unit, *, scale: float = 1.0) -> str:
    """An interval by its ends: "3.1 to 4.0", rounded as half its width supports."""
    if low is None or high is None:
        return MISSING
    factor = unit.factor * scale
    places = places_of((high - low) * abs(factor) / 2.0, unit.decimals)
    return f"{number_text(low * factor, places)} to {number_text(high * factor, places)}"
