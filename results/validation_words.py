"""A validation in a planner's words: who was there, how close the model is, and what hurts most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from calibration.demand.found import OddDay, clock
from calibration.validating.blaming import Tried
from calibration.validating.comparing import Row
from calibration.validating.validation import Part, Validation
from results.formats import PERCENT, SECONDS, number_text, value_text

UNITS = {
    "service_level": PERCENT,
    "abandonment_rate": PERCENT,
    "mean_wait_s": SECONDS,
    "occupancy": PERCENT,
    "offered": None,
}
LABELS = {
    "service_level": "answered in time, %",
    "abandonment_rate": "abandoned, %",
    "mean_wait_s": "mean wait, s",
    "occupancy": "occupancy, %",
    "offered": "contacts",
}
LIMITS = (
    "Limits: if the model is right, one real history lies between them nine times in ten, in each line by itself. "
    "They hold the chance of talk, patience and routing, given who came and who was there; not that laws and people "
    "are estimates."
)
MISFIT = (
    "Misfit: of contacts abandoned, seconds waited and contacts answered in time, how much lies in other contact types "
    "and hours of the day than in history, or is too much or too little; the mean of the three."
)


def value(row: Row, what: float | None, signed: bool = False) -> str:
    """A figure in the unit of its measure."""
    unit = UNITS[row.measure]
    if unit is None:
        return "—" if what is None else number_text(what, 0, signed)
    return value_text(what, unit, signed=signed)


def limits_text(row: Row) -> str:
    """The 90 % limits of one history."""
    unit = UNITS[row.measure]
    if unit is None or row.low is None or row.high is None:
        return "" if row.low is None or row.low == row.high else f"{row.low:,.0f} to {row.high:,.0f}"
    return f"{value_text(row.low, unit)} to {value_text(row.high, unit)}"


def opening(found: Validation) -> Iterator[str]:
    """What was held against what."""
    days = f"{found.first_day.isoformat()} to {found.last_day.isoformat()}"
    yield f"{found.scenario} held against {found.n_contacts:,} contacts, {days}"
    known = "" if not found.people_inferred else " (an estimate: nobody wrote down who was there)"
    yield f"People present: {found.people}{known}, {found.people_h:,.0f} hours."
    yield f"In time is within {_awt(found.awt_s)}. Seed {found.seed}, {found.replications} replications. {LIMITS}"
    if found.left_out:
        parts = "; ".join(f"{n:,}: {reason}" for reason, n in found.left_out.items())
        yield f"On neither side: {parts}."


def _awt(awt_s: dict[str, float]) -> str:
    if len(set(awt_s.values())) == 1:
        return f"{next(iter(awt_s.values())):g} s"
    return ", ".join(f"{seconds:g} s ({name})" for name, seconds in awt_s.items())


def part_title(found: Validation, part: Part) -> str:
    """Which days."""
    days = f"{len(part.days)} {'day' if len(part.days) == 1 else 'days'}"
    if found.usual is None:
        return f"All {days}" if len(part.days) > 1 else "The day"
    if part is found.whole:
        return f"All {days}"
    return f"{days} without a surge ({dates(surge_days(found))} left out)"


def dates(days: Sequence[date]) -> str:
    """Days in words: 13, 17 and 23 May 1999."""
    texts = [f"{day.day} {day:%B %Y}" for day in days]
    for i in range(len(days) - 1):
        if (days[i].year, days[i].month) == (days[i + 1].year, days[i + 1].month):
            texts[i] = str(days[i].day)
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def surge_sentence(found: Validation) -> str:
    """What a surge is, and what it does to the figures; "" where there was none."""
    if found.usual is None:
        return ""
    stretches = "; ".join(_stretch(one) for one in found.surges)
    return (
        f"Surges, far beyond chance and ordinary busyness by the counts alone: {stretches}. Customers of a surge are "
        f"not those of other days, and the scenario has no law of theirs: judged are the days without a surge."
    )


def _stretch(one: OddDay) -> str:
    hours = f"{clock(one.first, one.interval_s)} to {clock(one.past, one.interval_s)}"
    return f"{one.date.day} {one.date:%B}, {hours}, {one.observed:,.0f} contacts where {one.usual:,.0f} are usual"


def surge_days(found: Validation) -> tuple[date, ...]:
    """Days with a surge, each once."""
    return tuple(dict.fromkeys(one.date for one in found.surges))


def coverage_lines(part: Part, minutes: int) -> Iterator[str]:
    """How many intervals lie between their limits, and how many a right model would show."""
    for measure, one in part.coverage.items():
        name = LABELS[measure].partition(",")[0]
        error = part.errors[measure]
        unit = UNITS[measure]
        off = value_text(error.mean_absolute, unit) if unit is not None else ""
        sign = "points" if measure != "mean_wait_s" else "s"
        yield (
            f"{name}: {100 * one.share:.0f} % of {one.n:,} intervals of {minutes} minutes lie between their limits "
            f"(a right model: {100 * one.low:.0f} to {100 * one.high:.0f} %); off by {off} {sign} on average, "
            f"{100 * error.weighted_share:.0f} % of what was counted"
        )


def verdict(part: Part) -> str:
    """What hurts most, in a sentence."""
    misfit = part.misfit
    size = f"Misfit {_percent(misfit.value)}, of which chance alone makes {_percent(misfit.by_chance)}"
    if misfit.is_chance:
        return f"{size}: no more than chance; no assumption is to blame."
    worst = part.blame.hurts_most
    if worst is None:
        none = (
            "nothing that was tried takes a tenth of the rest off"
            if part.blame.tried
            else "no cause was sought"
        )
        return f"{size}; {none}."
    less = _percent(worst.misfit.value)
    return f"{size}. What hurts most: {worst.name}. With {worst.change} the misfit falls to {less}."


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def tried_figures(one: Tried) -> list[str]:
    """The totals under an assumption held otherwise."""
    by_measure = {row.measure: row for row in one.totals}
    return [
        value(by_measure[name], by_measure[name].predicted)
        for name in ("abandonment_rate", "mean_wait_s", "service_level")
    ]
