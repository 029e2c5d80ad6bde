"""Twins: draws in NumPy columns, in plain Python, and in an independent plain twin are the same numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.chance.draws import (
    Owner,
    Purpose,
    fold,
    fold_each,
    fold_in_pairs,
    fold_many,
    key_of,
    uniform,
    uniforms,
    uniforms_at,
)
from tests.sim.twins import plain_draws

WORDS = st.integers(-(2**63), 2**63 - 1)
KEYS = st.integers(0, 2**64 - 1)
PURPOSES = st.sampled_from(list(Purpose))

# The first outputs from state 1234567, as published with many implementations of SplitMix64.
SPLIT_MIX_64 = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]
KNOWN_KEYS = {
    (1, 0): 0x46B73E79F0C37C00,
    (1, 0, 0, 0, 0): 0xF2A11B6519DF9DD3,
    (1, 0, 0, 0, 0, 0): 0xB3A523F080E922EC,
    (7, 3, 0, 2, -5, 11): 0xC0BDA65F0E8C3946,
    (-1, 0): 0xE220A8397B1DCDAF,
    (2**63, 12, 1, 6): 0xF6A71B4C2721D648,
}
# Of the key (7, 3, 0, 2, −5, 11), by purpose and index.
KNOWN_DRAWS = {
    (Purpose.ARRIVAL_GAP, 0): "0x1.7f01ee1423c0ep-2",
    (Purpose.PATIENCE, 0): "0x1.239561cfed894p-3",
    (Purpose.TALK, 0): "0x1.9a8b6cf5f63d2p-2",
    (Purpose.TALK, 3): "0x1.a3feb8c91852fp-1",
    (Purpose.RETURN_MOMENT, 7): "0x1.2e805ed81159ep-2",
}


def test_the_twin_is_split_mix_64():
    assert [plain_draws.child(1234567, i) for i in range(5)] == SPLIT_MIX_64


@pytest.mark.parametrize(("words", "expected"), KNOWN_KEYS.items())
def test_known_keys(words, expected):
    assert key_of(*words) == plain_draws.key(*words) == expected


@pytest.mark.parametrize(("draw", "expected"), KNOWN_DRAWS.items())
def test_known_draws(draw, expected):
    key = key_of(7, 3, Owner.NEED, 2, -5, 11)
    assert uniform(key, *draw).hex() == expected
    keys = np.array([key], dtype=np.uint64)
    assert uniforms(keys, *draw)[0].hex() == expected
    assert uniforms_at(keys, draw[0], np.array([draw[1]]))[0].hex() == expected
    assert Fraction(float.fromhex(expected)) == plain_draws.share(key, *draw)


@given(KEYS, st.lists(WORDS, max_size=5))
def test_keys_by_the_column(key, words):
    column = fold_many(key, np.array(words, dtype=np.int64)).tolist()
    assert column == [fold(key, word) for word in words] == [plain_draws.child(key, word) for word in words]


@given(st.lists(KEYS, max_size=5), WORDS)
def test_one_word_for_a_column_of_keys(keys, word):
    column = fold_each(np.array(keys, dtype=np.uint64), word).tolist()
    assert column == [fold(key, word) for key in keys] == [plain_draws.child(key, word) for key in keys]


@given(st.lists(st.tuples(KEYS, WORDS), max_size=5))
def test_a_column_of_keys_with_their_own_words(rows):
    keys = np.array([key for key, _ in rows], dtype=np.uint64)
    column = fold_in_pairs(keys, np.array([word for _, word in rows], dtype=np.int64)).tolist()
    assert column == [fold(key, word) for key, word in rows]


@pytest.mark.parametrize(("words", "expected"), KNOWN_KEYS.items())
def test_known_keys_by_their_last_word(words, expected):
    keys = np.array([key_of(*words[:-1])] if len(words) > 2 else [fold(0, words[0])], dtype=np.uint64)
    assert fold_each(keys, words[-1]).tolist() == [expected]


@given(st.lists(st.tuples(KEYS, st.integers(0, 10**6)), max_size=5), PURPOSES)
def test_draws_by_the_column_with_their_own_index(rows, purpose):
    keys = np.array([key for key, _ in rows], dtype=np.uint64)
    column = uniforms_at(keys, purpose, np.array([index for _, index in rows], dtype=np.int64))
    assert column.tolist() == [uniform(key, purpose, index) for key, index in rows]
    assert [Fraction(u) for u in column] == [plain_draws.share(key, purpose, index) for key, index in rows]


@given(st.lists(KEYS, min_size=1, max_size=5), PURPOSES, st.integers(0, 1000))
def test_draws_by_the_column(keys, purpose, index):
    column = uniforms(np.array(keys, dtype=np.uint64), purpose, index)
    assert column.tolist() == [uniform(key, purpose, index) for key in keys]
    assert [Fraction(u) for u in column] == [plain_draws.share(key, purpose, index) for key in keys]


@given(WORDS, st.integers(0, 10**6), st.lists(WORDS, max_size=3))
def test_keys_by_words(seed, replication, words):
    assert key_of(seed, replication, *words) == plain_draws.key(seed, replication, *words)


@pytest.mark.parametrize("top", [0, 1, 2**52 - 1])
def test_draws_stay_inside(monkeypatch, top):
    """Whatever 64 bits the hash gives, the draw is neither 0 nor 1, and neither is 1 − u."""
    word = top * 2**12 + 2**12 - 1
    monkeypatch.setattr("sim.chance.draws._mix", lambda _: word)
    monkeypatch.setattr(
        "sim.chance.draws._mix_many", lambda words: np.full(len(words), word, dtype=np.uint64)
    )
    draws = {uniform(1, 0), float(uniforms(np.array([1], dtype=np.uint64), 0)[0])}
    assert draws == {(2 * top + 1) / 2**53}
    assert all(0.0 < u < 1.0 and 0.0 < 1.0 - u < 1.0 for u in draws)


def test_purposes_have_numbers_of_their_own():
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose.__members__)
    assert all(0 <= purpose < 256 for purpose in Purpose)
