"""A line for each thing that happened: from events to contacts, and to spells of agents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from calibration.records.calls import DAY_US, NOBODY, OUTCOMES, Calls, as_contacts
from calibration.records.contacts import Contacts, Outcome
from calibration.records.mapping import EventsMapping
from calibration.records.opening import Source
from calibration.records.pairing import spells_of
from calibration.records.rows import Rows
from calibration.records.spells import Spells

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
_LINES_OF_HEAD = 50
_LEFT_OUT = -2
_WEEK = 7


def looks_like_events(source: Source, mapping: EventsMapping) -> bool:
    """Whether most of a file's first lines have a known event where the mapping has it."""
    if source.is_book or mapping.file.header is None:
        return False
    at = mapping.file.header.index(mapping.event)
    known = {word.casefold() for word in mapping.known_events}
    lines = [line for line in source.data[:16_384].decode(errors="replace").splitlines() if line][
        :_LINES_OF_HEAD
    ]
    fields = [line.split(mapping.file.separator) for line in lines]
    n_known = sum(len(line) > at and line[at].casefold() in known for line in fields)
    return n_known > len(lines) / 2


def contacts_and_spells(rows: Rows, mapping: EventsMapping) -> tuple[Contacts, Spells | None]:
    """Contacts of the calls that the log holds whole, and the agents' spells where it tells of them."""
    for rule in mapping.leave_out:
        rows.leave_out(rule.where, rule.why)
    word = rows.text([mapping.event]).str.to_lowercase()
    _leave_out_other_events(rows, mapping, word)
    moment_us = rows.moment_us(mapping.moment)
    outside = _outside(rows, mapping, moment_us)
    if mapping.runs is not None:
        moment_us = _end_to_end(rows, mapping, moment_us)
    of_agents = _is(word, [w for rule in mapping.spell for w in (*rule.begins, *rule.ends)])
    log = _log_of(rows, mapping, word, moment_us, of_agents)
    contacts = _contacts(rows, mapping, log, outside)
    if not mapping.spell:
        return contacts, None
    first_day = contacts.first_day if len(contacts) else None
    return contacts, spells_of(rows, mapping, word, moment_us, first_day)


def _is(word: pl.Series, words: list[str] | tuple[str, ...]) -> BoolArray:
    known = [each.casefold() for each in words]
    return word.is_in(known).fill_null(value=False).to_numpy().astype(np.bool_)


def _leave_out_other_events(rows: Rows, mapping: EventsMapping, word: pl.Series) -> None:
    text = rows.text([mapping.event])
    rows.sieve.leave_out(
        _is(word, mapping.stages.ignored), "an event that tells nothing of contacts or agents", text
    )
    rows.sieve.leave_out(~_is(word, mapping.known_events), "an event that the mapping does not know", text)


def _outside(rows: Rows, mapping: EventsMapping, moment_us: IntArray) -> BoolArray:
    """Events before the first day or after the last, where the mapping says which days these are."""
    if mapping.moment.first_day is None:
        return np.zeros(len(rows), dtype=np.bool_)
    first = rows.first_day_us(mapping.moment)
    after = first + mapping.run_days * DAY_US if mapping.run_days else np.iinfo(np.int64).max
    return (moment_us < first) | (moment_us >= after)


def _end_to_end(rows: Rows, mapping: EventsMapping, moment_us: IntArray) -> IntArray:
    """Runs of the same days, one after the other in whole weeks, so that each keeps its weekdays."""
    _, run = rows.encoded([str(mapping.runs)])
    kept = rows.sieve.kept
    if not kept.any():
        return moment_us
    first = rows.first_day_us(mapping.moment) or int(moment_us[kept].min()) // DAY_US * DAY_US
    days = mapping.run_days or (int(moment_us[kept].max()) - first) // DAY_US + 1
    weeks = -(-days // _WEEK)
    return moment_us + np.maximum(run, 0) * weeks * _WEEK * DAY_US


# --- Contacts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Log:
    """Events of contacts, by contact and in order of time: their rows, words and moments, and the contact's number."""

    row: IntArray
    word: pl.Series
    moment_us: IntArray
    contact: IntArray
    n_contacts: int

    def first(self, chosen: BoolArray) -> IntArray:
        """For each contact the position in the log of its first chosen event; −1 where it has none."""
        found = np.full(self.n_contacts, -1, dtype=np.int64)
        at = np.flatnonzero(chosen)
        contacts, starts = np.unique(self.contact[at], return_index=True)
        found[contacts] = at[starts]
        return found

    def first_of(self, words: tuple[str, ...]) -> IntArray:
        """The same for events of any of these words, those named earlier before those named later."""
        found = np.full(self.n_contacts, -1, dtype=np.int64)
        for word in words:
            found = np.where(found < 0, self.first(_is(self.word, [word])), found)
        return found

    def at_us(self, position: IntArray) -> FloatArray:
        """Moment of an event; NaN where there is none."""
        return np.where(position >= 0, self.moment_us[position].astype(np.float64), np.nan)


def _log_of(
    rows: Rows, mapping: EventsMapping, word: pl.Series, moment_us: IntArray, of_agents: BoolArray
) -> _Log:
    call = rows.text(mapping.call)
    rows.sieve.leave_out(
        ~of_agents & call.is_null().to_numpy(), "no id: nobody knows of which contact it tells"
    )
    row = np.flatnonzero(rows.sieve.kept & ~of_agents)
    rank = call.rank("dense").fill_null(0).to_numpy().astype(np.int64)[row]
    order = np.lexsort((row, moment_us[row], rank))
    row, rank = row[order], rank[order]
    words = word.gather(row)
    begins = np.diff(rank, prepend=-1) != 0
    if mapping.stages.again:
        begins |= _is(words, mapping.stages.again)
    contact = np.cumsum(begins) - 1
    return _Log(row, words, moment_us[row], contact, int(begins.sum()))


def _contacts(rows: Rows, mapping: EventsMapping, log: _Log, outside: BoolArray) -> Contacts:
    if log.n_contacts == 0:
        return as_contacts(_no_calls(), np.zeros(0, dtype=np.bool_))
    stages = mapping.stages
    joined, answered = log.first_of(stages.joined), log.first_of(stages.answered)
    outcome, ended = _outcomes(rows, mapping, log)
    _leave_out(rows, log, joined < 0, "a contact whose beginning is not in the files")
    not_in_run = (joined >= 0) & outside[log.row[joined]]
    _leave_out(
        rows,
        log,
        not_in_run,
        "a contact that joined before the first day or after the last: warm-up, run-out",
    )
    _leave_out(
        rows, log, outcome == -1, "a contact under way when the files end, or whose end is not in them"
    )
    calls = _calls(rows, mapping, log, (joined, answered, outcome, ended))
    return as_contacts(calls, (joined >= 0) & (outcome >= 0) & ~not_in_run)


def _outcomes(rows: Rows, mapping: EventsMapping, log: _Log) -> tuple[IntArray, IntArray]:
    """Each contact's outcome by the first rule that fits (−1: none, −2: left out), and the event that tells it."""
    outcome = np.full(log.n_contacts, -1, dtype=np.int64)
    ended = np.full(log.n_contacts, -1, dtype=np.int64)
    for rule in mapping.outcome:
        fits = _is(log.word, rule.events) & rows.where(rule.where)[log.row]
        at = log.first(fits)
        new = (at >= 0) & (outcome == -1)
        outcome[new] = _LEFT_OUT if rule.is_ == "left_out" else OUTCOMES[rule.is_]
        ended[new] = at[new]
        if rule.is_ == "left_out":
            _leave_out(rows, log, new, rule.why or "left out by the mapping")
    return outcome, ended


def _leave_out(rows: Rows, log: _Log, contacts: BoolArray, reason: str) -> None:
    """Leave out every event of these contacts."""
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[log.row[contacts[log.contact]]] = True
    rows.sieve.leave_out(chosen, reason)


def _calls(
    rows: Rows, mapping: EventsMapping, log: _Log, found: tuple[IntArray, IntArray, IntArray, IntArray]
) -> Calls:
    joined, answered, outcome, ended = found
    stages = mapping.stages
    talk_ends, wrap_ends = log.first_of(stages.talk_ends), log.first_of(stages.wrap_up_ends)
    menu = log.at_us(log.first_of(stages.menu_ends)) - log.at_us(log.first_of(stages.menu_begins))
    was_answered = outcome == Outcome.ANSWERED
    until = np.where(was_answered, log.at_us(answered), log.at_us(ended))
    queues, queue = rows.encoded(mapping.queue)
    agents, agent = rows.encoded([mapping.agent] if mapping.agent else [], NOBODY)
    _, customer = rows.encoded(mapping.customer, NOBODY)
    return Calls(
        joined_us=np.nan_to_num(log.at_us(joined)).astype(np.int64),
        outcome=outcome,
        waited_s=np.nan_to_num(np.maximum(until - log.at_us(joined), 0.0) / 1e6),
        talk_s=_between_s(log, answered, talk_ends, was_answered),
        wrap_up_s=_between_s(log, talk_ends, wrap_ends, was_answered),
        menu_s=np.maximum(menu, 0.0) / 1e6,
        queues=queues,
        queue=queue[log.row[joined]],
        agents=agents,
        agent=np.where(was_answered & (answered >= 0), agent[log.row[answered]], -1),
        customer=customer[log.row[joined]],
        answered_us=log.at_us(answered),
    )


def _between_s(log: _Log, since: IntArray, until: IntArray, chosen: BoolArray) -> FloatArray:
    between = (log.at_us(until) - log.at_us(since)) / 1e6
    return np.where(chosen, np.maximum(between, 0.0), np.nan)


def _no_calls() -> Calls:
    none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Calls(none, none, nothing, nothing, nothing, nothing, (), none, (), none, none, nothing)
