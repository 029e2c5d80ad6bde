"""Values on the command line, from texts: numbers, people, durations, shares, service targets."""

from __future__ import annotations

import math
import re

UNITS_S = {"": 1.0, "s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
LONGEST_S = 1e9  # some thirty years
MOST_AGENTS = 200_000

DURATION = "a duration above 0, such as 360, 360s, 6min or 1h"
SHARE = "a share in [0, 1] or a percentage"
TARGET = "a percentage and a time, such as 80/20 or 90/1min"


class Refused(ValueError):  # noqa: N818 - says what it is
    """A text that cannot be read: what was expected, and what to write instead."""

    def __init__(self, expected: str, hint: str = "") -> None:
        super().__init__(expected)
        self.expected, self.hint = expected, hint


def is_number(text: str) -> bool:
    """Whether Python reads it as a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def number(text: str) -> float:
    """A finite number above 0."""
    plain = text.strip()
    if not is_number(plain):
        without = plain.replace(",", "").replace(" ", "").replace("_", "")
        raise Refused("a number above 0", f"write {without}" if is_number(without) else "")
    value = float(plain)
    if not (math.isfinite(value) and value > 0.0):
        raise Refused("a number above 0")
    return value


def people(text: str) -> float:
    """A whole number of people."""
    value = number(text)
    if value != int(value) or value > MOST_AGENTS:
        raise Refused(f"a whole number of people from 1 to {MOST_AGENTS:,}")
    return value


def duration_s(text: str) -> float:
    """Seconds; a bare number is seconds, else the unit follows: s, min, h, d."""
    match = re.fullmatch(r"\s*([-+.\d]+(?:e[-+]?\d+)?)\s*([a-z]*)\s*", text.lower())
    if match is None or not is_number(match[1]):
        raise Refused(DURATION)
    digits, unit = match.groups()
    if unit not in UNITS_S:
        near = next((known for known in ("s", "min", "h", "d") if known[0] == unit[0]), None)
        raise Refused(DURATION, f"did you mean '{digits}{near}'?" if near else "")
    seconds = float(digits) * UNITS_S[unit]
    if not 0.0 < seconds <= LONGEST_S:
        raise Refused(DURATION)
    return seconds


def share(text: str) -> float:
    """A share in [0, 1]: 0.05 or 5%."""
    plain = text.strip()
    percent = plain.endswith("%")
    digits = plain.rstrip("% ")
    if not is_number(digits):
        raise Refused(SHARE, "such as 0.05 or 5%")
    value = float(digits) / (100.0 if percent else 1.0)
    if 0.0 <= value <= 1.0:
        return value
    meant = 1.0 < value <= 100.0 and not percent
    raise Refused(SHARE, f"write {value / 100.0:g} or {value:g}%" if meant else "")


def service_level_target(text: str) -> tuple[float, float]:
    """Share and seconds of a target such as 80/20, 80%/20s, 0.8/20 or 90/1min."""
    left, slash, right = (part.strip() for part in text.partition("/"))
    if not slash:
        raise Refused(TARGET)
    if left == "1":
        raise Refused(TARGET, f"write 1%/{right} or 100/{right}")
    try:
        is_percentage = is_number(left) and 1.0 < float(left) <= 100.0
        return share(left + "%" if is_percentage else left), duration_s(right)
    except Refused as refused:
        raise Refused(TARGET, refused.hint if refused.expected == DURATION else "") from None
