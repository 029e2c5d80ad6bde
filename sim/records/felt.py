"""What customers went through, need by need, by the experience model; a need's draws are found by its key."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.chance.draws import Owner, Purpose, Uint64Array, fold_many
from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin
from sim.records.facts import NeedFacts
from sim.records.records import Attempts, BoolArray, FloatArray
from sim.world.experience import Experience


class Felt(NamedTuple):
    """One entry a need; the churn risk is that of the customer who has it."""

    effort: FloatArray
    satisfaction: FloatArray
    churn_risk: FloatArray
    delighted: FloatArray  # conversations


def felt_by(n: NeedFacts, sample: Sample) -> Felt:
    """Effort, satisfaction, churn risk and delight of needs; zeros where the scenario has no experience model."""
    n_needs, experience = len(n.needs.began_s), n.world.experience
    if experience is None:
        return Felt(*(np.zeros(n_needs) for _ in Felt._fields))
    keys = _keys_of(n, sample)
    effort = np.bincount(
        n.attempts.need, effort_of_attempts(experience, n.attempts), minlength=n_needs
    ).astype(np.float64)
    delighted = _delighted(experience, n, keys, sample)
    expected = _expected(experience, n, keys, sample, effort)
    satisfaction = experience.satisfaction(effort, expected, n.met, delighted > 0)
    return Felt(effort, satisfaction, experience.churn_risk(satisfaction, n.met), delighted)


def effort_of_attempts(experience: Experience, rows: Attempts) -> FloatArray:
    """Each attempt's part: its wait, as far as it has ended, itself, and a bot that did not solve the need.

    A ticket is what another contact has left.
    """
    effort = experience.declared.effort
    until_s = np.where(np.isnan(rows.answered_s), rows.ended_s, rows.answered_s)
    wait_s = np.nan_to_num(until_s - rows.queued_s, nan=0.0)
    came = np.where(rows.origin == Origin.TRANSFER, effort.per_transfer, effort.per_contact)
    came[rows.origin == Origin.TICKET] = 0.0
    loops = rows.bot > BotOutcome.SOLVED
    return (
        np.array(experience.per_wait_s)[rows.contact_type] * wait_s
        + came
        + np.where(loops, effort.per_bot_loop, 0.0)
    )


def _keys_of(n: NeedFacts, sample: Sample) -> Uint64Array:
    """The key of each need: (stream, day, k)."""
    keys = np.zeros(len(n.needs.k), dtype=np.uint64)
    for contact_type, day in set(zip(n.needs.contact_type.tolist(), n.needs.day.tolist(), strict=True)):
        mine = (n.needs.contact_type == contact_type) & (n.needs.day == day)
        stream = n.world.types[contact_type].stream
        keys[mine] = fold_many(sample.key_of(Owner.NEED, stream, day), n.needs.k[mine])
    return keys


def _delighted(experience: Experience, n: NeedFacts, keys: Uint64Array, sample: Sample) -> FloatArray:
    """How many of a need's conversations were delightful: each has a number of its own. No notice ever is."""
    answered: npt.NDArray[np.int64] = np.bincount(
        n.attempts.need[~np.isnan(n.attempts.answered_s)], minlength=len(keys)
    )
    notice = np.array([kind.notices is not None for kind in n.world.types])[n.needs.contact_type]
    found = np.zeros(len(keys))
    for conversation in range(int(answered.max(initial=0))):
        delights: BoolArray = sample.uniforms(keys, Purpose.DELIGHTS, conversation) < experience.delight.share
        held = answered > conversation
        found += delights & (held & ~notice if conversation == 0 else held)
    return found


def _expected(
    experience: Experience, n: NeedFacts, keys: Uint64Array, sample: Sample, effort: FloatArray
) -> FloatArray:
    """The effort that each customer had expected; where nothing is expected, what it turned out to be."""
    expected = effort.copy()
    u = sample.uniforms(keys, Purpose.EXPECTED_WAIT)
    for contact_type, of_type in enumerate(experience.expected):
        if of_type is not None:
            mine = n.needs.contact_type == contact_type
            expected[mine] = of_type.of_needs(u[mine], n.needs.began_s[mine])
    return expected
