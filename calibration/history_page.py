"""The page that holds the model against history: tables side by side, and what explains the differences."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import TYPES
from calibration.bank_prose import ATTRIBUTION, LABELS
from calibration.bank_variants import (
    BY_CALLS,
    BY_HOUR,
    EXPONENTIAL,
    LESS_AWAY,
    ON_CALM_DAYS,
    ONE_LESS,
    ONE_MORE,
    OWN_TALK,
    SMOOTH,
    TOGETHER,
    WITHOUT_SURGES,
    Variant,
)
from calibration.history import MEASURES, Month, Simulated
from sim.measures.estimates import estimate

FloatArray = npt.NDArray[np.float64]

HEADINGS = ("abandonment, %", "mean wait of all offered, s", "answered within 20 s, %")
FACTORS = (100.0, 1.0, 100.0)


@dataclass(frozen=True)
class History:
    """Both sides, a list entry a month: the record by hour and by type, the model as shipped, and its variants."""

    months: list[Month]
    observed: list[FloatArray]
    observed_by_type: list[FloatArray]
    observed_calm: list[FloatArray]
    """By hour, days of surges left out."""
    shipped: list[Simulated]
    causes: dict[str, list[Simulated]]


def page(told: History) -> str:
    """The whole page."""
    parts = [
        _opening(told),
        "## By month",
        _by_month(told, told.shipped),
        "## By hour of the day, all months",
        _by_hour(told.observed, told.shipped),
        "## By contact type, all months",
        _by_type(told),
        "## What moves the figures, all months",
        _by_cause(told),
        "## By month, with that month's talk times",
        _by_month(told, told.causes[OWN_TALK.name]),
        "## By hour, with talk times of the month and part of the day, people as the calls tell, and no surges",
        _by_hour(told.observed_calm, told.causes[TOGETHER.name]),
        "## What explains the differences",
        _explained(told),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(told: History) -> str:
    days, counted = (sum(len(m.days) for m in told.months), sum(int(m.counted.sum()) for m in told.months))
    return f"""# The model against history: bank-1999

Remade by `python -m calibration.bank_history`. {ATTRIBUTION}

Left of the bar what happened, right of it the model: the laws of the shipped scenario `bank-1999` with the month's
own arrivals by day and half hour and the people present then. ± is the 95 % interval of the simulated figure over
replications (it holds the model's chance, not that of the bank's days). Both sides count alike: *offered* joined
the agents' queue or was answered at once; *abandoned* hung up there; the wait of those answered at once is 0; a call
belongs to the hour of joining. Calls that hung up in the voice menu are in neither, nor are {days - counted} of the
{days} days (missing, holidays, record or opening hours in part)."""


def _by_month(told: History, model: list[Simulated]) -> str:
    rows = [
        _row(month.name, _hours_summed(seen), _hours_summed(said.by_hour))
        for month, seen, said in zip(told.months, told.observed, model, strict=True)
    ]
    rows.append(_row("all", _hours_summed(_added(told.observed)), _hours_summed(_added_by_hour(model))))
    return _table("month", rows)


def _by_hour(observed: list[FloatArray], model: list[Simulated]) -> str:
    seen, said = _added(observed), _added_by_hour(model)
    hours = [hour for hour in range(24) if seen[hour, 0] > 0]
    return _table("hour", [_row(f"{hour}:00", seen[hour], said[:, hour]) for hour in hours])


def _by_type(told: History) -> str:
    seen = _added(told.observed_by_type)
    said = np.sum([one.by_type for one in told.shipped], axis=0)
    return _table("type", [_row(LABELS[name], seen[i], said[:, i]) for i, name in enumerate(TYPES)])


def _by_cause(told: History) -> str:
    seen, calm = _hours_summed(_added(told.observed)), _hours_summed(_added(told.observed_calm))
    rows = [_row("as shipped", seen, _hours_summed(_added_by_hour(told.shipped)))]
    for name, model in told.causes.items():
        on_calm_days = name in {variant.name for variant in ON_CALM_DAYS}
        rows.append(_row(name, calm if on_calm_days else seen, _hours_summed(_added_by_hour(model))))
    return _table("model", rows)


def _explained(told: History) -> str:
    return "\n".join([_of_people(told), _of_talk(told), _of_surges(told), _of_routing(told), _of_laws(told)])


def _of_people(told: History) -> str:
    seen = _hours_summed(_added(told.observed))
    return f"""- **People present are an estimate**, and the figures hang on it: one person more or less moves
  abandonment from {_abandonment(told, OWN_TALK):.1f} % to {_abandonment(told, ONE_MORE):.1f} or
  {_abandonment(told, ONE_LESS):.1f} % (observed {100 * seen[1] / seen[0]:.1f} %). The staffing file counts as
  present who takes ten minutes to the next call though callers wait, and as gone who had no call for ten minutes.
  Taking off the former gives {_abandonment(told, LESS_AWAY):.1f} %; an estimate from the calls that mends both gives
  {_abandonment(told, BY_CALLS):.1f} %. Neither sees who was there before the first call of the day."""


def _of_talk(told: History) -> str:
    before, after = _distance(told, told.shipped), _distance(told, told.causes[OWN_TALK.name])
    by_month, by_part, by_calls = (_hourly_distance(told, v) for v in (OWN_TALK, BY_HOUR, BY_CALLS))
    return f"""- **Talk times moved** from month to month; with each month's own mean the largest miss of a month's
  abandonment falls from {before:.1f} to {after:.1f} points. They also **differ by the hour**: longest from 9:00 to
  16:00, a fifth shorter early and late. The format's laws by time of day are not built yet; with types split into
  three parts of the day the root mean square difference of the hourly abandonment falls from {by_month:.1f} to
  {by_part:.1f} points, with people as the calls tell to {by_calls:.1f}, with both and no surges to
  {_hourly_distance(told, TOGETHER):.1f}: most of what the hours show."""


def _of_surges(told: History) -> str:
    before, after = (_mean_wait(told, variant) for variant in (OWN_TALK, WITHOUT_SURGES))
    return f"""- **Surges**: on the evening of 23 May up to 275 callers came in a half hour, and half of those who left
  did so within about 15 s, far sooner than on other days; the model gives them everybody's patience. With days of
  surges left out its mean wait falls from {before:.0f} to {after:.0f} s, above all late in the evening."""


def _of_routing(told: History) -> str:
    by_type = _added(told.observed_by_type)
    waits = {name: by_type[i, 2] / by_type[i, 0] for i, name in enumerate(TYPES)}
    return f"""- **One team, longest wait first**: in the model the types differ by hour and patience alone. The bank
  served internet support (mean wait {waits["IN"]:.0f} s) and the stock exchange ({waits["NE"]:.0f} s) with a part of
  its people, let regular customers ({waits["PS"]:.0f} s) go before prospective ones ({waits["NW"]:.0f} s) by a head
  start, and called back when somebody was free ({waits["TT"]:.0f} s)."""


def _of_laws(told: History) -> str:
    return f"""- **Patience**: with one exponential for each type abandonment is
  {_abandonment(told, EXPONENTIAL):.1f} %, the mean wait {_mean_wait(told, EXPONENTIAL):.0f} s instead of
  {_mean_wait(told, OWN_TALK):.0f} s: with two kinds of callers the patient ones wait long where the queue is long.
- **Arrivals** are drawn around counts that hold chance already; averaging the counts over three half hours gives
  {_abandonment(told, SMOOTH):.1f} %: it matters little."""


def _total(told: History, variant: Variant) -> FloatArray:
    return np.asarray(_hours_summed(_added_by_hour(told.causes[variant.name])).sum(axis=0))


def _abandonment(told: History, variant: Variant) -> float:
    total = _total(told, variant)
    return float(100.0 * total[1] / total[0])


def _mean_wait(told: History, variant: Variant) -> float:
    total = _total(told, variant)
    return float(total[2] / total[0])


def _hourly_distance(told: History, variant: Variant) -> float:
    """Root mean square difference of abandonment over the hours of the day, percentage points."""
    happened = told.observed_calm if variant in ON_CALM_DAYS else told.observed
    seen, said = _added(happened), _added_by_hour(told.causes[variant.name]).sum(axis=0)
    hours = seen[:, 0] > 0
    gaps = seen[hours, 1] / seen[hours, 0] - said[hours, 1] / said[hours, 0]
    return float(100.0 * np.sqrt((gaps**2).mean()))


def _distance(told: History, model: list[Simulated]) -> float:
    """Largest difference of a month's abandonment, percentage points."""
    found = []
    for seen, said in zip(told.observed, model, strict=True):
        happened, told_us = _hours_summed(seen), _hours_summed(said.by_hour).sum(axis=0)
        found.append(abs(happened[1] / happened[0] - told_us[1] / told_us[0]))
    return 100.0 * float(max(found))


def _added(tables: list[FloatArray]) -> FloatArray:
    return np.asarray(np.sum(tables, axis=0), dtype=np.float64)


def _added_by_hour(model: list[Simulated]) -> FloatArray:
    return _added([one.by_hour for one in model])


def _hours_summed(table: FloatArray) -> FloatArray:
    """Over the hours, which are the last axis but one."""
    return np.asarray(table.sum(axis=-2), dtype=np.float64)


def _row(name: str, seen: FloatArray, said: FloatArray) -> list[str]:
    """Name, offered on both sides, and each measure on both sides; `said` has a line for each replication."""
    row = [name, f"{seen[0]:,.0f}", f"{said[:, 0].mean():,.0f}"]
    for (_, column), factor in zip(MEASURES.items(), FACTORS, strict=True):
        found = estimate(said[:, column], said[:, 0])
        if found.value is None or found.half_width is None or seen[0] == 0:
            row += ["–", "–"]
            continue
        row += [
            f"{factor * seen[column] / seen[0]:.1f}",
            f"{factor * found.value:.1f} ± {factor * found.half_width:.1f}",
        ]
    return row


def _table(first: str, rows: list[list[str]]) -> str:
    heads = [first, "offered", "model"]
    for heading in HEADINGS:
        heads += [heading, "model"]
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
