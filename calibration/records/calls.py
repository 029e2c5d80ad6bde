"""A line for each contact: from rows to contacts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from calibration.records.contacts import BoolArray, Contacts, FloatArray, IntArray, Outcome
from calibration.records.legs import one_row_per_call
from calibration.records.mapping import CallsMapping
from calibration.records.mapping_parts import OutcomeRule
from calibration.records.rows import Rows
from scenarios.faults import one_of

OUTCOMES = {
    "answered": Outcome.ANSWERED,
    "abandoned": Outcome.ABANDONED,
    "left_early": Outcome.LEFT_EARLY,
    "sent_away": Outcome.SENT_AWAY,
}
NOBODY = ("0", "-1", "unknown", "anonymous", "private", "withheld", "unavailable", "restricted")
"""How systems write that they do not know who called."""
EPOCH = date(1970, 1, 1)
DAY_US = 86_400_000_000


@dataclass
class Calls:
    """Contacts' columns, row by row; what is not kept is dropped in the end."""

    joined_us: IntArray
    outcome: IntArray
    waited_s: FloatArray
    talk_s: FloatArray
    wrap_up_s: FloatArray
    menu_s: FloatArray
    queues: tuple[str, ...]
    queue: IntArray
    agents: tuple[str, ...]
    agent: IntArray
    customer: IntArray
    answered_us: FloatArray


def contacts_of(rows: Rows, mapping: CallsMapping) -> tuple[Contacts, FloatArray | None]:
    """The contacts of the rows that can be used, in order of joining; and the answers by their own clock, if any."""
    for rule in mapping.leave_out:
        rows.leave_out(rule.where, rule.why)
    _leave_out_twins(rows, mapping)
    joined_us = rows.moment_us(mapping.joined)
    outcome = _outcomes(rows, mapping.outcome)
    calls = _read(rows, mapping, joined_us, outcome)
    if mapping.legs_of is not None:
        one_row_per_call(calls, rows.text([mapping.legs_of]), rows)
    contacts = as_contacts(calls, rows.sieve.kept)
    answered_s = (calls.answered_us - _midnight_us(contacts.first_day)) / 1e6
    chosen = in_order(calls, rows.sieve.kept)
    return contacts, answered_s[chosen] if mapping.answered_at else None


def _midnight_us(day: date) -> int:
    return (day - EPOCH).days * DAY_US


def _leave_out_twins(rows: Rows, mapping: CallsMapping) -> None:
    if mapping.call:
        text = rows.text(mapping.call)
        twins = (text.is_not_null() & ~text.is_last_distinct()).to_numpy()
        rows.sieve.leave_out(
            twins, f"stands again further down, with the same {' and '.join(mapping.call)}", text
        )


def _outcomes(rows: Rows, rules: tuple[OutcomeRule, ...]) -> IntArray:
    """The outcome of the first rule that fits; rows of none are left out."""
    found = np.full(len(rows), -1, dtype=np.int64)
    for rule in rules:
        found[(found < 0) & rows.where(rule.where)] = OUTCOMES[rule.is_]
    columns = Counter(column for rule in rules for column in rule.where)
    if columns:
        column = columns.most_common(1)[0][0]
        words = [word for rule in rules for word in rule.where.get(column, ()) if word not in ("", "*")]
        expected = one_of(list(dict.fromkeys(words))) if words else "an outcome that the mapping knows"
        rows.sieve.cannot_read(found < 0, column, rows.text([column]), expected)
    rows.sieve.leave_out(found < 0, "no outcome, by the mapping")
    return found


def _read(rows: Rows, mapping: CallsMapping, joined_us: IntArray, outcome: IntArray) -> Calls:
    queues, queue = rows.encoded(mapping.queue)
    agents, agent = rows.encoded([mapping.agent] if mapping.agent else [], NOBODY)
    _, customer = rows.encoded(mapping.customer, NOBODY)
    times = {
        name: rows.duration_s(name, getattr(mapping, name)) for name in ("waited", "talk", "wrap_up", "menu")
    }
    answered = outcome == Outcome.ANSWERED
    _tell_unknown_waits(rows, mapping, np.isnan(times["waited"]) & (outcome > Outcome.ANSWERED))
    answered_us = np.full(len(rows), np.nan)
    if mapping.answered_at is not None:
        answered_us = np.where(answered, rows.moment_if_any_us(mapping.answered_at), np.nan)
    if mapping.answered_at is not None and mapping.waited is None:
        times["waited"] = (answered_us - joined_us) / 1e6
    return Calls(
        joined_us,
        outcome,
        _not_negative(rows, "waited", np.nan_to_num(times["waited"]), 0.0),
        np.where(answered, _not_negative(rows, "talk", times["talk"], np.nan), np.nan),
        np.where(answered, _not_negative(rows, "wrap_up", times["wrap_up"], np.nan), np.nan),
        _not_negative(rows, "menu", times["menu"], 0.0),
        queues,
        queue,
        agents,
        np.where(answered, agent, -1),
        customer,
        answered_us,
    )


def _tell_unknown_waits(rows: Rows, mapping: CallsMapping, unknown: BoolArray) -> None:
    """Those who were not answered and of whose wait nobody knows; of those answered, none is written where none was."""
    if mapping.waited is None and mapping.answered_at is None:
        rows.notes.append("the mapping names no waiting time: all waits are 0")
    elif mapping.waited is not None:
        rows.sieve.correct(unknown, "not answered, and no waiting time is written: taken as 0")


def _not_negative(rows: Rows, name: str, seconds: FloatArray, instead: float) -> FloatArray:
    """Negative times come of clocks that disagree."""
    negative = seconds < 0.0
    becomes = "taken as 0" if instead == 0.0 else "taken as unknown"
    rows.sieve.correct(negative, f"{name} is negative, as where clocks disagree: {becomes}")
    return np.where(negative, instead, seconds)


def in_order(calls: Calls, kept: BoolArray) -> IntArray:
    """Rows that are kept, in order of joining."""
    chosen = np.flatnonzero(kept)
    return chosen[np.argsort(calls.joined_us[chosen], kind="stable")]


def as_contacts(calls: Calls, kept: BoolArray) -> Contacts:
    """Columns of the rows that are kept, sorted by the moment of joining."""
    chosen = in_order(calls, kept)
    first = int(calls.joined_us[chosen[0]] // DAY_US) if len(chosen) else 0
    queues, queue = _with_unnamed(calls.queues, calls.queue[chosen])
    return Contacts(
        first_day=EPOCH + timedelta(days=first),
        queues=queues,
        queue=queue,
        joined_s=(calls.joined_us[chosen] - first * DAY_US) / 1e6,
        outcome=calls.outcome[chosen],
        waited_s=calls.waited_s[chosen],
        talk_s=calls.talk_s[chosen],
        wrap_up_s=calls.wrap_up_s[chosen],
        menu_s=calls.menu_s[chosen],
        agents=calls.agents,
        agent=calls.agent[chosen],
        customer=calls.customer[chosen],
    )


def _with_unnamed(queues: tuple[str, ...], queue: IntArray) -> tuple[tuple[str, ...], IntArray]:
    """Contacts whose queue is not named are a queue of their own; so are all where the files name none."""
    if not (queue < 0).any():
        return queues, queue
    return (*queues, "unnamed" if queues else "all"), np.where(queue < 0, len(queues), queue)
