"""Which random numbers a replication draws: its own, or in a scheme that makes averages over replications steadier.

Antithetic: replications come in pairs with one hash; where the first draws u, the second draws 1 − u.
Stratified: replications come in blocks of ten; on each day the numbers behind their busyness fall into the ten
tenths of (0, 1), one into each, in an order of the day's own. So do the number that all types share and each type's
own one. Any single replication is still an ordinary one: means stay what they are, and what is independent are no
longer replications, but pairs and blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.chance import draws
from sim.chance.draws import FloatArray, Owner, Purpose, Uint64Array, key_of

Scheme = Literal["independent", "antithetic", "stratified"]

N_STRATA = 10
# How many replications make one independent observation.
GROUP_SIZE: dict[Scheme, int] = {"independent": 1, "antithetic": 2, "stratified": N_STRATA}
_ALL_BITS = 0xFFFFFFFFFFFFFFFF
_LARGEST_BELOW_1 = 1.0 - 2.0**-53
_STRATUM_OF = {
    Purpose.BUSYNESS_COMMON: Purpose.STRATUM_COMMON,
    Purpose.BUSYNESS_OWN: Purpose.STRATUM_OWN,
}


@dataclass(frozen=True)
class Sample:
    """The draws of one replication."""

    seed: int
    replication: int
    scheme: Scheme = "independent"

    @property
    def hashed_as(self) -> int:
        """The replication whose hash is used: a pair shares one."""
        return self.replication // 2 if self.scheme == "antithetic" else self.replication

    @property
    def flip(self) -> int:
        """The bits of a word that are flipped before it becomes a number: all of the second one's of a pair."""
        return _ALL_BITS if self.scheme == "antithetic" and self.replication % 2 else 0

    @cached_property
    def key(self) -> int:
        """The key above all others of the replication."""
        return key_of(self.seed, self.hashed_as)

    def key_of(self, *words: int) -> int:
        """The key of whatever the words name, such as (Owner.NEED, stream, day, k)."""
        return key_of(self.seed, self.hashed_as, *words)

    def uniform(self, key: int, purpose: int, index: int = 0) -> float:
        """The number in (0, 1) of key, purpose and index."""
        return draws.uniform(key, purpose, index, self.flip)

    def uniforms(self, keys: Uint64Array, purpose: int, index: int = 0) -> FloatArray:
        """`uniform` for a column of keys."""
        return draws.uniforms(keys, purpose, index, self.flip)

    def uniforms_at(self, keys: Uint64Array, purpose: int, index: npt.NDArray[np.int64]) -> FloatArray:
        """`uniform` for a column of keys, each with an index of its own."""
        return draws.uniforms_at(keys, purpose, index, self.flip)

    def busyness(self, day: int, purpose: Purpose, stream: int = 0) -> float:
        """The number in (0, 1) behind a day's busyness; stratified over the block, if so wished."""
        u = self.uniform(self.key_of(Owner.DAY, day), purpose, stream)
        if self.scheme != "stratified":
            return u
        # 9 + u has four bits less than u: the largest of u would be rounded up to 1, which has no normal score.
        return min((self._stratum(day, _STRATUM_OF[purpose], stream) + u) / N_STRATA, _LARGEST_BELOW_1)

    def _stratum(self, day: int, purpose: Purpose, stream: int) -> int:
        """The tenth that falls to this replication: its rank among the block's, by a number of each one's own."""
        first = self.replication - self.replication % N_STRATA
        keys = [key_of(self.seed, first + i, Owner.DAY, day) for i in range(N_STRATA)]
        lots = [draws.uniform(key, purpose, stream) for key in keys]
        return sum(lot < lots[self.replication - first] for lot in lots)
