"""Calls that the system writes as several lines, one a leg."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from calibration.records.contacts import Outcome
from calibration.records.rows import Rows

if TYPE_CHECKING:
    from calibration.records.calls import Calls


def one_row_per_call(calls: Calls, call: pl.Series, rows: Rows) -> None:
    """Gather each call in its first row, in place; the other legs count as used, and are contacts no more.

    It joined when its first leg did, and waited until the first leg that was answered; talk and wrap-up are added
    over the answered legs, which is the agents' work, not the time the customer spent.
    """
    kept = np.flatnonzero(rows.sieve.kept)
    ranks = call.rank("dense").fill_null(0).to_numpy().astype(np.int64)[kept]
    order = np.lexsort((calls.joined_us[kept], ranks))
    rows_in_order, ranks = kept[order], ranks[order]
    new = np.diff(ranks, prepend=-1) != 0
    new |= ranks == 0  # no id: a call of its own
    group = np.cumsum(new) - 1
    first = rows_in_order[new]
    _gather(calls, rows_in_order, group, first)
    rows.sieve.merge(rows_in_order[~new])
    if (~new).any():
        rows.notes.append(
            f"{len(first):,} calls in {len(rows_in_order):,} legs: talk and wrap-up of legs are added"
        )


def _gather(calls: Calls, at: np.ndarray, group: np.ndarray, first: np.ndarray) -> None:
    answered = calls.outcome[at] == Outcome.ANSWERED
    answered_us = calls.joined_us[at] + (calls.waited_s[at] * 1e6).astype(np.int64)
    for name in ("talk_s", "wrap_up_s"):
        values = getattr(calls, name)
        total = np.bincount(group, np.where(answered, np.nan_to_num(values[at]), 0.0), minlength=len(first))
        known = np.bincount(group, answered & ~np.isnan(values[at]), minlength=len(first)) > 0
        values[first] = np.where(known, total, np.nan)
    legs = np.flatnonzero(answered)
    by_answer = legs[np.lexsort((answered_us[legs], group[legs]))]
    groups, starts = np.unique(group[by_answer], return_index=True)
    leg = by_answer[starts]
    calls.waited_s[first[groups]] = (answered_us[leg] - calls.joined_us[first[groups]]) / 1e6
    calls.answered_us[first[groups]] = answered_us[leg]
    calls.agent[first[groups]] = calls.agent[at[leg]]
    calls.outcome[first[groups]] = Outcome.ANSWERED
