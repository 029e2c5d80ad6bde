"""Spells of agents from the events that begin and end them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from calibration.records.calls import DAY_US, EPOCH, NOBODY
from calibration.records.mapping import EventsMapping, SpellRule
from calibration.records.rows import Rows
from calibration.records.spells import FloatArray, IntArray, Spells

_None = float("nan")
Spell = tuple[float, float]


def spells_of(
    rows: Rows, mapping: EventsMapping, word: pl.Series, moment_us: IntArray, first_day: date | None
) -> Spells:
    """All spells, in order of beginning; an agent logged in to several queues at once is logged in once."""
    agents, agent = rows.encoded([mapping.agent] if mapping.agent else [], NOBODY)
    nameless = rows.sieve.kept & (agent < 0) & _is_any(word, mapping.spell)
    rows.sieve.leave_out(nameless, "an agent's event without an agent")
    _, queue = rows.encoded(mapping.queue)
    found = []
    for rule in mapping.spell:
        chosen = np.flatnonzero(rows.sieve.kept & _is_any(word, [rule]))
        begins = word.gather(chosen).is_in([w.casefold() for w in rule.begins]).to_numpy()
        for name, spells in _paired(agent[chosen], queue[chosen], begins, moment_us[chosen]).items():
            found += [(name, rule.kind == "paused", began, ended) for began, ended in _united(spells)]
    return _as_spells(found, agents, first_day, moment_us, rows)


def _is_any(word: pl.Series, rules: list[SpellRule] | tuple[SpellRule, ...]) -> np.ndarray:
    words = [each.casefold() for rule in rules for each in (*rule.begins, *rule.ends)]
    return word.is_in(words).fill_null(value=False).to_numpy().astype(np.bool_)


def _paired(agent: IntArray, queue: IntArray, begins: np.ndarray, at_us: IntArray) -> dict[int, list[Spell]]:
    """Spells by agent, from each beginning to the next end in the same queue; NaN for an end that is not there."""
    spells: dict[int, list[Spell]] = {}
    open_since: dict[tuple[int, int], float] = {}
    for row in np.lexsort((at_us,)):
        key, at = (int(agent[row]), int(queue[row])), float(at_us[row])
        if begins[row]:
            open_since.setdefault(key, at)
        else:
            spells.setdefault(key[0], []).append((open_since.pop(key, _None), at))
    for key, since in open_since.items():
        spells.setdefault(key[0], []).append((since, _None))
    return spells


def _united(spells: list[Spell]) -> list[Spell]:
    """Spells that overlap become one; those of which an end is unknown stand alone."""
    whole = sorted(spell for spell in spells if not (np.isnan(spell[0]) or np.isnan(spell[1])))
    united: list[Spell] = []
    for began, ended in whole:
        if united and began <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], ended))
        else:
            united.append((began, ended))
    return united + [spell for spell in spells if np.isnan(spell[0]) or np.isnan(spell[1])]


def _as_spells(
    found: list[tuple[int, bool, float, float]],
    agents: tuple[str, ...],
    first_day: date | None,
    moment_us: IntArray,
    rows: Rows,
) -> Spells:
    found = sorted(found, key=lambda spell: (np.nan_to_num(spell[2], nan=spell[3]), spell[0], spell[1]))
    if first_day is None:
        first = (
            int(moment_us[rows.sieve.kept].min(initial=0))
            if not rows.sieve.kept.any()
            else int(moment_us[rows.sieve.kept].min())
        )
        first_day = EPOCH + timedelta(days=first // DAY_US)
    midnight_us = (first_day - EPOCH).days * DAY_US
    return Spells(
        first_day=first_day,
        agents=agents,
        agent=np.array([spell[0] for spell in found], dtype=np.int64),
        paused=np.array([spell[1] for spell in found], dtype=np.bool_),
        began_s=_seconds([spell[2] for spell in found], midnight_us),
        ended_s=_seconds([spell[3] for spell in found], midnight_us),
    )


def _seconds(at_us: list[float], midnight_us: int) -> FloatArray:
    return (np.array(at_us, dtype=np.float64) - midnight_us) / 1e6
