"""The draws again, in plain integers and from the paper's figure alone: an independent twin of `sim.chance.draws`.

SplitMix64 (Steele, Lea and Flood 2014, Fig. 15): the state moves on by the odd constant nearest to 2^64 / φ, and
`mix64variant13` turns it into an output. A child key is the output after word + 1 steps from its parent.
"""

from __future__ import annotations

from fractions import Fraction

WORD = 2**64
GOLDEN_GAMMA = 0x9E3779B97F4A7C15


def mix64(z: int) -> int:
    z = (z ^ (z // 2**30)) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ (z // 2**27)) * 0x94D049BB133111EB % WORD
    return z ^ (z // 2**31)


def child(key: int, word: int) -> int:
    return mix64((key + (word % WORD + 1) * GOLDEN_GAMMA) % WORD)


def key(*words: int) -> int:
    """Under the seed comes the replication, and then whatever the words name."""
    found = 0
    for word in words:
        found = child(found, word)
    return found


def share(of_key: int, purpose: int, index: int) -> Fraction:
    """The top 52 bits, in the middle of their cell."""
    top = child(of_key, 256 * index + purpose) // 2**12
    return Fraction(2 * top + 1, 2**53)
