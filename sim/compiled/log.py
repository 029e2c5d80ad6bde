"""Two forms of one log: the compiled engine's rows in blocks, and the columns of `sim.records.records`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from sim.compiled.arrays import LogBlock
from sim.kernel import written
from sim.kernel.record import Records as Rows
from sim.records.records import Attempts, Needs, Records, Spells

_NO_ROWS = LogBlock(
    np.empty(0, dtype=written.ATTEMPT_ROW),
    np.empty(0, dtype=written.NEED_ROW),
    np.empty(0, dtype=written.SPELL_ROW),
)


def records_of_blocks(blocks: Iterable[LogBlock]) -> Records:
    """All blocks together: attempts in order of arrival, needs in order of first contact."""
    attempts, needs, spells = (np.concatenate(parts) for parts in zip(_NO_ROWS, *blocks, strict=True))
    attempts, needs = attempts[np.argsort(attempts["number"])], needs[np.argsort(needs["number"])]
    return Records(
        attempts=Attempts(**{f.name: attempts[_in_rows(f.name)].copy() for f in fields(Attempts)}),
        needs=Needs(**{f.name: needs[_in_rows(f.name)].copy() for f in fields(Needs)}),
        spells=Spells(**{f.name: spells[f.name].copy() for f in fields(Spells)}),
    )


def block_of_records(records: Records) -> LogBlock:
    """The whole log as one block."""
    attempts = _rows(written.ATTEMPT_ROW, records.attempts)
    needs = _rows(written.NEED_ROW, records.needs)
    for name, of_need in (("need_type", "type"), ("day", "day"), ("k", "k")):
        attempts[name] = needs[of_need][attempts["need"]]
    spells = np.zeros(len(records.spells.kind), dtype=written.SPELL_ROW)
    for field in fields(Spells):
        spells[field.name] = getattr(records.spells, field.name)
    return LogBlock(attempts, needs, spells)


def _rows(kind: np.dtype[np.void], table: Attempts | Needs) -> Rows:
    """A table's rows, numbered in their order."""
    rows = np.zeros(len(table.contact_type), dtype=kind)
    rows["number"] = np.arange(len(rows))
    for field in fields(table):
        rows[_in_rows(field.name)] = getattr(table, field.name)
    return rows


def _in_rows(name: str) -> str:
    """What a column is called in the kernel's rows."""
    return "type" if name == "contact_type" else name
