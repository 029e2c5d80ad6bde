"""The methods of a requirement in short: hours, peak, targets missed, and the worst of them with what was wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from optimizer.requirement.held import GroupCheck
from optimizer.requirement.methods import Method
from optimizer.requirement.side_by_side import Tried
from optimizer.targets import Check
from results.formats import HOURS, MISSING, PERCENT, SECONDS, Unit, value_text
from results.tabling import Grid, Row, row
from results.texts.measures import MEASURES

NAMES: dict[Method, str] = {
    "sipp": "SIPP",
    "lagged_sipp": "lagged SIPP",
    "mol": "MOL",
    "simulated": "simulated",
}
_COLUMNS = {"answer_rate": "answered", "delay_rate": "delayed", "live_occupancy": "occupancy"}


def methods_table(tried: Sequence[Tried], group: str) -> Grid:
    """One column a method: hours, peak, targets missed, and the worst of them."""

    def each(label: str, texts: Iterator[str]) -> Row:
        return row(label, *texts)

    rows = (
        each("Hours of people present", (value_text(one.person_h(group), HOURS) for one in tried)),
        each("Most at once", (str(int(one.needed[group].people.max(initial=0))) for one in tried)),
        each("Targets missed", (_missed_of(one.of_group(group)) for one in tried)),
        each("Worst against its target", (_worst(one.of_group(group), _figure_named) for one in tried)),
        each("… found", (_worst(one.of_group(group), _found_text) for one in tried)),
        each("… wanted", (_worst(one.of_group(group), _wanted_text) for one in tried)),
        each("… in the period", (_worst(one.of_group(group), _period_text) for one in tried)),
    )
    return Grid(tuple(NAMES[one.method] for one in tried), rows)


def _missed_of(checks: Sequence[GroupCheck]) -> str:
    told = [one for one in checks if one.check.found.value is not None]
    return f"{sum(one.missed and one.beyond_noise for one in told)} of {len(told)}" if told else MISSING


def _worst_of(checks: Sequence[GroupCheck]) -> GroupCheck | None:
    return max(
        (one for one in checks if one.check.found.value is not None), key=lambda c: c.short, default=None
    )


def _worst(checks: Sequence[GroupCheck], tell: Callable[[Check], str]) -> str:
    worst = _worst_of(checks)
    return MISSING if worst is None else tell(worst.check)


def _figure_named(check: Check) -> str:
    """What is promised: "in time"; on a share of days with its limit, "in time, at least 80.0 %"."""
    name = column_of(check.promise.measure)
    return name if check.probability is None else f"{name}, {_limit(check)}"


def _found_text(check: Check) -> str:
    """The figure, or the share of days on which it held."""
    if check.probability is not None:
        return f"on {value_text(check.found.value, PERCENT)} % of {check.period.days}"
    return _with_sign(check.found.value, check.promise.measure)


def _wanted_text(check: Check) -> str:
    """The limit of the figure, or the share of days on which it is to hold."""
    if check.probability is not None:
        return f"on {value_text(check.probability, PERCENT)} %"
    return _limit(check)


def _period_text(check: Check) -> str:
    return check.period.label


def _limit(check: Check) -> str:
    return f"{check.promise.sense} {_with_sign(check.promise.wanted, check.promise.measure)}"


def _with_sign(value: float | None, measure: str) -> str:
    unit = unit_of(measure)
    return f"{value_text(value, unit)} {unit.sign}"


def column_of(measure: str) -> str:
    """A short heading for a promised figure."""
    return MEASURES[measure].column if measure in MEASURES else _COLUMNS[measure]


def unit_of(measure: str) -> Unit:
    """The unit of a promised figure."""
    return SECONDS if measure == "mean_wait_s" else PERCENT
