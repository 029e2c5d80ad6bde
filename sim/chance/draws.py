"""Random numbers without hidden state: each is a pure function of whom it belongs to and what it is for.

A key is a 64-bit word. `fold` derives a child key: from the seed to the replication, to the stream and day, to
the need. `uniform` turns a key, a purpose and an index (which attempt, which conversation) into a number
strictly between 0 and 1. The mixing step is the finalizer of SplitMix64 (Steele, Lea and Flood 2014, Fig. 15).

Every function exists once for plain Python integers and once for NumPy columns; known answers test both.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Uint64Array = npt.NDArray[np.uint64]
FloatArray = npt.NDArray[np.float64]

_MASK = 0xFFFFFFFFFFFFFFFF
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB
_PURPOSE_BITS = 8
_UNIT = 2.0**-53
CHASE_BITS = 16  # of an index: how often a customer has looked after late work, behind the attempt

# Mixed NumPy and Python arithmetic would turn unsigned words into floats: the same constants, typed.
_GOLDEN_U = np.uint64(_GOLDEN)
_MIX_1_U = np.uint64(_MIX_1)
_MIX_2_U = np.uint64(_MIX_2)
_ONE_U = np.uint64(1)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_11 = (np.uint64(n) for n in (30, 27, 31, 11))
_PURPOSE_SHIFT = np.uint64(_PURPOSE_BITS)


class Purpose(IntEnum):
    """What a draw is for. Numbers are fixed: a new purpose takes a new number."""

    ARRIVAL_GAP = 0
    BUSYNESS_COMMON = 1
    BUSYNESS_OWN = 2
    STRATUM_COMMON = 3
    STRATUM_OWN = 4
    BUSYNESS_INTERVAL = 5
    PREVENTED = 6
    PATIENCE = 10
    BALKS = 11
    ENTERS_BOT = 12
    LEAVES_BOT = 13
    BOT_NOISE = 14
    WRONGLY_CLOSED = 15
    SESSION = 16
    REDIALS = 17
    REDIAL_DELAY = 18
    RETURN_MOMENT = 19
    TALK = 30
    WRAP_UP = 31
    RESOLVED = 32
    RECONNECTS = 33
    RECONNECT_DELAY = 34
    TRANSFERRED = 35
    VIP = 36
    TICKET = 37
    CALLBACK_ACCEPTED = 38
    CALLBACK_REACHED = 39
    CHASES = 40
    NOTICE_REACHES = 41
    NOTICE_PREVENTS = 42
    ABSENT = 50
    AWAY = 51
    TALK_SPREAD = 52
    NEWCOMER = 53
    DAYS_THERE = 54
    STAYS = 55
    EXPECTED_WAIT = 70
    DELIGHTS = 71


class Owner(IntEnum):
    """The first word below a replication, so that a need and a person never share a key."""

    NEED = 0
    DAY = 1
    PERSON = 2
    SEAT = 3


def _mix(word: int) -> int:
    word = ((word ^ (word >> 30)) * _MIX_1) & _MASK
    word = ((word ^ (word >> 27)) * _MIX_2) & _MASK
    return word ^ (word >> 31)


def fold(key: int, word: int) -> int:
    """The child key of `key` for `word` (any integer; negative days wrap as two's complement)."""
    return _mix((key + _GOLDEN * ((word & _MASK) + 1)) & _MASK)


def key_of(seed: int, replication: int, *words: int) -> int:
    """The key under seed and replication of whatever the words name, such as (Owner.NEED, stream, day, k)."""
    key = fold(fold(0, seed), replication)
    for word in words:
        key = fold(key, word)
    return key


def uniform(key: int, purpose: int, index: int = 0, flip: int = 0) -> float:
    """The number in (0, 1) that belongs to key, purpose and index: an odd multiple of 2^-53, so never 0 or 1.

    A half added to 53 bits instead would round, now and then up to 1. With all bits flipped it is one minus it.
    """
    return (((fold(key, (index << _PURPOSE_BITS) | purpose) ^ flip) >> 11) | 1) * _UNIT


def fold_many(key: int, words: npt.NDArray[np.int64]) -> Uint64Array:
    """`fold` for a column of words under one key."""
    with np.errstate(over="ignore"):
        return _mix_many(np.uint64(key) + _GOLDEN_U * (words.astype(np.uint64) + _ONE_U))


def fold_each(keys: Uint64Array, word: int) -> Uint64Array:
    """`fold` for a column of keys and one word."""
    step = np.uint64((_GOLDEN * ((word & _MASK) + 1)) & _MASK)
    with np.errstate(over="ignore"):
        return _mix_many(keys + step)


def fold_in_pairs(keys: Uint64Array, words: npt.NDArray[np.int64] | Uint64Array) -> Uint64Array:
    """`fold` for a column of keys, each with a word of its own."""
    with np.errstate(over="ignore"):
        return _mix_many(keys + _GOLDEN_U * (words.astype(np.uint64) + _ONE_U))


def uniforms(keys: Uint64Array, purpose: int, index: int = 0, flip: int = 0) -> FloatArray:
    """`uniform` for a column of keys."""
    return _in_unit(fold_each(keys, (index << _PURPOSE_BITS) | purpose), flip)


def uniforms_at(keys: Uint64Array, purpose: int, index: npt.NDArray[np.int64], flip: int = 0) -> FloatArray:
    """`uniform` for a column of keys, each with an index of its own."""
    words = (index.astype(np.uint64) << _PURPOSE_SHIFT) | np.uint64(purpose)
    return _in_unit(fold_in_pairs(keys, words), flip)


def _in_unit(words: Uint64Array, flip: int) -> FloatArray:
    return (((words ^ np.uint64(flip)) >> _SHIFT_11) | _ONE_U).astype(np.float64) * _UNIT


def _mix_many(words: Uint64Array) -> Uint64Array:
    words = (words ^ (words >> _SHIFT_30)) * _MIX_1_U
    words = (words ^ (words >> _SHIFT_27)) * _MIX_2_U
    return words ^ (words >> _SHIFT_31)
