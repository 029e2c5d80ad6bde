"""Figures in a planner's words: "service level", "80 %", "31 s", as sentences about targets have them."""

from __future__ import annotations

_RATES = ("_rate", "_level", "occupancy", "resolution", "utilization")


def name_of(measure: str) -> str:
    """service_level → "service level", mean_wait_s → "mean wait"."""
    return measure.removesuffix("_s").replace("_", " ")


def text_of(measure: str, value: float, digits: int = 3) -> str:
    """The value in its unit: shares in per cent, times in seconds, anything else as it is."""
    return f"{value * factor_of(measure):.{digits}g}{sign_of(measure)}"


def found_of(measure: str, value: float, half_width: float | None) -> str:
    """A value with its interval: "71 ± 3 %"."""
    factor = factor_of(measure)
    spread = "" if half_width is None else f" ± {half_width * factor:.2g}"
    return f"{value * factor:.3g}{spread}{sign_of(measure)}"


def factor_of(measure: str) -> float:
    """By how much a value is multiplied to be told in its unit."""
    return 100.0 if measure.endswith(_RATES) else 1.0


def sign_of(measure: str) -> str:
    """The unit's sign, with the space before it."""
    return " %" if measure.endswith(_RATES) else " s" if measure.endswith("_s") else ""
