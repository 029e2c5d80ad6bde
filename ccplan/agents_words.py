"""How `ccplan agents` says times, shares, people, and the limits of a target."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ccplan.agents_answer import Row


def time_text(seconds: float) -> str:
    """A time as planners say it: 9.4 s, 123 s, 95 min, 12 h."""
    if math.isinf(seconds):
        return "no end"
    for limit, unit_s, unit in ((99.95, 1.0, "s"), (999.5, 1.0, "s"), (59_970.0, 60.0, "min")):
        if seconds < limit:
            return f"{seconds / unit_s:.{1 if limit < 100 else 0}f} {unit}"
    return f"{seconds / 3600.0:,.0f} h"


def duration_text(seconds: float) -> str:
    """A time as it was given: 30 min, 2 h, 90 s."""
    for unit_s, unit in ((3600.0, "h"), (60.0, "min")):
        if seconds >= unit_s and seconds % unit_s == 0.0:
            return f"{seconds / unit_s:g} {unit}"
    return f"{seconds:g} s"


def percent(share: float) -> str:
    """One decimal."""
    return f"{100.0 * share:.1f}%"


def limit_texts(limits: Mapping[str, float]) -> list[str]:
    """The target, limit by limit."""
    wording = {
        "max_abandonment_rate": "at most {:g}% abandoned",
        "min_answer_rate": "at least {:g}% answered",
        "max_delay_rate": "at most {:g}% have to wait",
        "max_occupancy": "occupancy at most {:g}%",
    }
    texts = []
    if "share" in limits:
        texts.append(f"{_hundred(limits['share']):g}% answered within {duration_text(limits['awt_s'])}")
    texts += [text.format(_hundred(limits[name])) for name, text in wording.items() if name in limits]
    if "max_mean_wait_s" in limits:
        texts.append(f"mean wait at most {duration_text(limits['max_mean_wait_s'])}")
    return texts


def missed_texts(row: Row, awt_s: float) -> list[str]:
    """What a row has where it misses its target."""
    had = {
        "share": f"{percent(row.service_level)} within {duration_text(awt_s)}",
        "max_abandonment_rate": f"{percent(row.abandonment_rate)} abandoned",
        "min_answer_rate": f"{percent(1.0 - row.abandonment_rate)} answered",
        "max_delay_rate": f"{percent(row.delay_rate)} have to wait",
        "max_occupancy": f"occupancy {percent(row.occupancy)}",
        "max_mean_wait_s": f"mean wait {time_text(row.mean_wait_s)}",
    }
    return [had[name] for name in row.missed]


def people_text(n: int) -> str:
    """1 person, 2 people."""
    return "1 person" if n == 1 else f"{n:,} people"


def _hundred(share: float) -> float:
    return round(100.0 * share, 10)
