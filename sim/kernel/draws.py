"""The draws of `sim.chance.draws`, compiled: a 64-bit word is hashed into a number strictly between 0 and 1."""

from __future__ import annotations

import numpy as np

from sim.kernel.compiling import compiled

# A bare literal would turn an unsigned word into a signed one, whose shift drags the sign along.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_ONE = np.uint64(1)
_SHIFT_8, _SHIFT_11, _SHIFT_27, _SHIFT_30, _SHIFT_31 = (np.uint64(n) for n in (8, 11, 27, 30, 31))
_UNIT = 2.0**-53


@compiled
def fold(key: np.uint64, word: np.uint64) -> np.uint64:
    """The child key of `key` for `word`."""
    mixed = key + _GOLDEN * (word + _ONE)
    mixed = (mixed ^ (mixed >> _SHIFT_30)) * _MIX_1
    mixed = (mixed ^ (mixed >> _SHIFT_27)) * _MIX_2
    return mixed ^ (mixed >> _SHIFT_31)


@compiled
def uniform(key: np.uint64, purpose: int, index: int, flip: np.uint64) -> float:
    """The number in (0, 1) of key, purpose and index; with all bits flipped, one minus it."""
    word = (np.uint64(index) << _SHIFT_8) | np.uint64(purpose)
    return np.float64(((fold(key, word) ^ flip) >> _SHIFT_11) | _ONE) * _UNIT
