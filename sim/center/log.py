"""The log of the readable engine, and its columns: contacts and needs as rows of `sim.records.records`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.center.contact import Contact, Need
from sim.center.fresh import SolvedAtOnce
from sim.codes import BotOutcome, Origin, Outcome
from sim.records.records import Attempts, IntArray, Needs, Records, Spell, Spells

Table = TypeVar("Table", Attempts, Needs)


class Log(NamedTuple):
    """What an engine hands over at the end of a replication."""

    needs: Sequence[Need]
    contacts: Sequence[Contact]
    solved_at_once: Sequence[SolvedAtOnce]
    spells: Sequence[Spell]
    ends_s: float  # when the run ended; what would have arrived later never happened


def records_of(log: Log) -> Records:
    """The columns of an engine's log, in order of arrival."""
    solved = [rows for rows in (_until(rows, log.ends_s) for rows in log.solved_at_once) if len(rows.k)]
    attempts, needs = _attempts(log.contacts), _needs(log)
    if solved:
        attempts, needs = _with_solved(attempts, needs, solved)
    return Records(
        attempts=attempts,
        needs=needs,
        spells=_spells(log.spells),
    )


def _spells(spells: Sequence[Spell]) -> Spells:
    kinds, whose, starts, ends = zip(*spells, strict=True) if spells else ((), (), (), ())
    return Spells(
        kind=np.array(kinds, dtype=np.int8),
        whose=np.array(whose, dtype=np.int64),
        start_s=np.array(starts, dtype=np.float64),
        end_s=np.array(ends, dtype=np.float64),
    )


def _attempts(contacts: Sequence[Contact]) -> Attempts:
    def column(name: str, kind: type) -> npt.NDArray[Any]:
        return np.array([getattr(contact, name) for contact in contacts], dtype=kind)

    return Attempts(
        need=np.array([contact.need.index for contact in contacts], dtype=np.int64),
        contact_type=np.array([contact.type.index for contact in contacts], dtype=np.int64),
        **{name: column(name, kind) for name, kind in _ATTEMPT_COLUMNS.items()},
    )


_ATTEMPT_COLUMNS: dict[str, type] = {
    "attempt": np.int64,
    "origin": np.int8,
    "arrived_s": np.float64,
    "bot": np.int8,
    "left_bot_s": np.float64,
    "queued_s": np.float64,
    "answered_s": np.float64,
    "talk_s": np.float64,
    "wrap_up_s": np.float64,
    "ended_s": np.float64,
    "group": np.int64,
    "agent": np.int64,
    "outcome": np.int8,
    "resolved": np.bool_,
    "calls_back": np.bool_,
}


def _needs(log: Log) -> Needs:
    needs = log.needs
    began_s = np.empty(len(needs))
    under_way = np.zeros(len(needs), dtype=np.bool_)
    for contact in log.contacts:
        if contact.attempt == 0:
            began_s[contact.need.index] = contact.arrived_s
        if math.isnan(contact.ended_s):
            under_way[contact.need.index] = True
    return Needs(
        contact_type=np.array([need.type_index for need in needs], dtype=np.int64),
        day=np.array([need.day for need in needs], dtype=np.int64),
        k=np.array([need.k for need in needs], dtype=np.int64),
        began_s=began_s,
        resolved_s=np.array([need.resolved_s for need in needs], dtype=np.float64),
        open=np.array([need.returns > 0 for need in needs], dtype=np.bool_) | under_way,
    )


def _until(rows: SolvedAtOnce, ends_s: float) -> SolvedAtOnce:
    """The rows that arrived before the run ended."""
    n = int(np.searchsorted(rows.arrived_s, ends_s))
    return SolvedAtOnce(rows.contact_type, rows.day, rows.k[:n], rows.arrived_s[:n], rows.left_bot_s[:n])


def _with_solved(attempts: Attempts, needs: Needs, solved: list[SolvedAtOnce]) -> tuple[Attempts, Needs]:
    """The engine's rows and those without events in one order: of arrival."""
    solved_needs = _needs_of(solved)
    n_known, n_solved = len(needs.k), len(solved_needs.k)
    whole = _joined(needs, solved_needs)
    order = np.argsort(whole.began_s, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    solved_attempts = _attempts_of(solved_needs, np.arange(n_known, n_known + n_solved))
    rows = _joined(attempts, solved_attempts)
    rows = replace(rows, need=place[rows.need])
    return _in_order(rows, np.argsort(rows.arrived_s, kind="stable")), _in_order(whole, order)


def _needs_of(solved: list[SolvedAtOnce]) -> Needs:
    lengths = [len(rows.k) for rows in solved]
    return Needs(
        contact_type=np.repeat(np.array([rows.contact_type for rows in solved], dtype=np.int64), lengths),
        day=np.repeat(np.array([rows.day for rows in solved], dtype=np.int64), lengths),
        k=np.concatenate([rows.k for rows in solved]),
        began_s=np.concatenate([rows.arrived_s for rows in solved]),
        resolved_s=np.concatenate([rows.left_bot_s for rows in solved]),
        open=np.zeros(sum(lengths), dtype=np.bool_),
    )


def _attempts_of(needs: Needs, need: IntArray) -> Attempts:
    """The one attempt of each need that the bot solved at once."""
    n = len(need)
    never, nobody = np.full(n, math.nan), np.full(n, -1, dtype=np.int64)
    return Attempts(
        need=need,
        contact_type=needs.contact_type,
        attempt=np.zeros(n, dtype=np.int64),
        origin=np.full(n, Origin.FRESH, dtype=np.int8),
        arrived_s=needs.began_s,
        bot=np.full(n, BotOutcome.SOLVED, dtype=np.int8),
        left_bot_s=needs.resolved_s,
        queued_s=never,
        answered_s=never,
        talk_s=never,
        wrap_up_s=never,
        ended_s=needs.resolved_s,
        group=nobody,
        agent=nobody,
        outcome=np.full(n, Outcome.CLOSED_BY_BOT, dtype=np.int8),
        resolved=np.zeros(n, dtype=np.bool_),
        calls_back=np.zeros(n, dtype=np.bool_),
    )


def _joined(above: Table, below: Table) -> Table:
    """Two tables, one under the other."""
    columns = [np.concatenate([getattr(above, f.name), getattr(below, f.name)]) for f in fields(above)]
    return type(above)(*columns)


def _in_order(table: Table, order: IntArray) -> Table:
    return type(table)(*(getattr(table, f.name)[order] for f in fields(table)))
