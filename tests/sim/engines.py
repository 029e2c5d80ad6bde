"""Both engines on the same customers, and what differs between their logs and sums, in words.

The readable engine (`sim.center`) is the specification; what it says is called theirs, the compiled one's ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.center.center import live
from sim.center.log import records_of
from sim.chance.sample import Sample
from sim.compiled.arrays import LogBlock
from sim.compiled.center import CompiledCenter
from sim.compiled.log import records_of_blocks
from sim.compiled.lowering import Lowered
from sim.records.records import Records
from sim.records.tally import totals_of
from sim.records.totals import AttemptSum, NeedSum, ServiceSum, Totals
from sim.world.world import World

Column = npt.NDArray[Any]
Columns = Mapping[str, Column]

MOMENT_S = 1e-6  # two engines round differently on the way to a moment, but never by this much
# Sums from rows lose digits: seconds in an interval are differences of sums of moments, each as long as the horizon.
SUM_RELATIVE, SUM_S = 1e-6, 1e-3
FELT = (NeedSum.EFFORT, NeedSum.SATISFACTION, NeedSum.CHURN_RISK)  # of seconds and coefficients, not counted
_SHOWN = 3  # differences of one column


class Lived(NamedTuple):
    """One replication by the compiled engine: its log, and the sums that it kept on the way."""

    records: Records
    totals: Totals


# --- The two engines: the only place where tests of twins build them ------------------------------------------------

FIRST = Sample(seed=1, replication=0)


def readable(world: World, sample: Sample = FIRST) -> Records:
    """The readable engine's log."""
    return records_of(live(world, sample))


def compiled(world: World, sample: Sample = FIRST, by_interval: bool = True) -> Lived:
    """The compiled engine's log and sums."""
    blocks, totals = in_blocks(world, sample, by_interval)
    return Lived(records_of_blocks(blocks), totals)


def in_blocks(
    world: World, sample: Sample = FIRST, by_interval: bool = True
) -> tuple[list[LogBlock], Totals]:
    """The compiled engine's log in the blocks in which it was handed over, and the sums."""
    center = CompiledCenter(Lowered(world), sample, by_interval, logs=True)
    return list(center.blocks()), center.totals()


def without_log(world: World, sample: Sample = FIRST, by_interval: bool = True) -> Totals:
    """The compiled engine's sums where no log is kept."""
    return CompiledCenter(Lowered(world), sample, by_interval, logs=False).run()


def differences(world: World, sample: Sample = FIRST, by_interval: bool = True) -> list[str]:
    """What the two engines do not agree on; nothing, if they are twins.

    The compiled engine's sums are held against its own rows, which agree with the readable engine's to a
    microsecond: a wait of 300 s, give or take a rounding, may fall on either side of a bin's edge.
    """
    ours = compiled(world, sample, by_interval)
    alone = without_log(world, sample, by_interval)
    return [
        *same_records(ours.records, readable(world, sample)),
        *same_totals(ours.totals, totals_of(world, ours.records, sample, by_interval)),
        *(f"without a log: {found}" for found in same_totals(alone, ours.totals)),
    ]


# --- Logs ---------------------------------------------------------------------------------------------------------


def same_records(ours: Records, theirs: Records) -> list[str]:
    """Differences of two logs: codes and counts exactly, moments to a microsecond, NaN equal.

    Rows are put side by side by whom they belong to, not by when they came: two arrivals at nearly one instant
    must not change places. That each log is in order of arrival is checked by itself.
    """
    found = [*_out_of_order("ours", ours), *_out_of_order("theirs", theirs)]
    for table, mine, its in zip(_TABLES, _side_by_side(ours), _side_by_side(theirs), strict=True):
        found += _differing(table, mine, its)
    return found


_TABLES = ("attempts", "needs", "spells")


def _side_by_side(records: Records) -> tuple[Columns, Columns, Columns]:
    """Attempts by need and number, needs by type, day and ordinal, spells by kind, owner and moment."""
    attempts, needs = records.attempts, records.needs
    of_needs = np.lexsort((needs.k, needs.day, needs.contact_type))
    place = np.empty(len(of_needs), dtype=np.int64)
    place[of_needs] = np.arange(len(of_needs))
    of_attempts = np.lexsort((attempts.attempt, place[attempts.need]))
    spells = records.spells
    of_spells = np.lexsort((spells.end_s, spells.start_s, spells.whose, spells.kind))
    return (
        {**_columns(attempts, of_attempts), "need": place[attempts.need][of_attempts]},
        _columns(needs, of_needs),
        _columns(spells, of_spells),
    )


def _columns(table: Any, order: npt.NDArray[np.int64]) -> dict[str, Column]:
    return {field.name: getattr(table, field.name)[order] for field in fields(table)}


def _out_of_order(whose: str, records: Records) -> Iterator[str]:
    if np.any(np.diff(records.attempts.arrived_s) < 0.0):
        yield f"{whose}: attempts are not in order of arrival"
    if np.any(np.diff(records.needs.began_s) < 0.0):
        yield f"{whose}: needs are not in order of first contact"


def _differing(table: str, ours: Columns, theirs: Columns) -> Iterator[str]:
    n_ours, n_theirs = (len(next(iter(columns.values()))) for columns in (ours, theirs))
    if n_ours != n_theirs:
        yield f"{table}: {n_ours} rows, theirs {n_theirs}"
        return
    for name, mine in ours.items():
        its = theirs[name]
        if mine.dtype != its.dtype:
            yield f"{table}.{name}: {mine.dtype}, theirs {its.dtype}"
        rows = np.flatnonzero(~_alike(mine, its))
        shown = [f"row {row}: {mine[row]}, theirs {its[row]}" for row in rows[:_SHOWN]]
        if len(rows):
            yield f"{table}.{name}: {len(rows)} of {n_ours} differ; {'; '.join(shown)}"


def _alike(ours: Column, theirs: Column) -> npt.NDArray[np.bool_]:
    if ours.dtype.kind != "f":
        return np.equal(ours, theirs)
    return np.isclose(ours, theirs, rtol=0.0, atol=MOMENT_S, equal_nan=True)


# --- Sums ---------------------------------------------------------------------------------------------------------

_SUMS = {"attempts": AttemptSum, "services": ServiceSum, "needs": NeedSum}


def same_totals(ours: Totals, theirs: Totals) -> list[str]:
    """Differences of two replications' sums: counts exactly; others to 1e-6 of their size, or to a thousandth."""
    found = []
    for field in fields(Totals):
        mine, its = np.asarray(getattr(ours, field.name)), np.asarray(getattr(theirs, field.name))
        if mine.shape != its.shape:
            found.append(f"totals.{field.name}: shape {mine.shape}, theirs {its.shape}")
        elif field.name in _SUMS:
            for kind in _SUMS[field.name]:
                name = f"totals.{field.name}[{kind.name}]"
                measured = kind.name.endswith("_S") or kind in FELT
                found += _differing_sums(name, mine[..., kind], its[..., kind], measured)
        else:
            found += _differing_sums(f"totals.{field.name}", mine, its, field.name.endswith("_s"))
    return found


def _differing_sums(name: str, ours: Column, theirs: Column, measured: bool) -> Iterator[str]:
    relative, absolute = (SUM_RELATIVE, SUM_S) if measured else (0.0, 0.0)
    cells = np.argwhere(~np.isclose(ours, theirs, rtol=relative, atol=absolute))
    if len(cells):
        at = tuple(cells[0])
        yield f"{name}: {len(cells)} differ; at {[int(i) for i in at]}: {ours[at]}, theirs {theirs[at]}"
