"""Twins: the kernel's draws and quantiles, compiled, are those of `sim.chance`."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given

from scenarios import laws as declared
from sim.chance import draws
from sim.chance.laws import Quantile, ScaledQuantile, quantile_of
from sim.chance.normal import normal_quantile as plain_normal_quantile
from sim.chance.piecewise import PiecewiseQuantile
from sim.compiled.laws import LoweredLaws
from sim.kernel import state
from sim.kernel.draws import fold, uniform
from sim.kernel.quantiles import normal_quantile, quantile
from tests.sim.steady import steady
from tests.sim.twins.test_draws import KEYS, KNOWN_DRAWS, KNOWN_KEYS, PURPOSES, WORDS
from tests.sim.twins.test_quantiles import law, of

# The kernel's functions are called by compiled ones alone: these are such, and can be called from Python.
entry_point: Any = numba.njit
ALL_BITS = 2**64 - 1
U = np.concatenate(
    [2.0**-53 * np.array([1, 3, 5]), 2.0 ** -np.arange(50.0, 1.0, -3.0), np.linspace(0.01, 0.99, 197),
     1 - 2.0 ** -np.arange(2.0, 54.0, 3.0)]
)  # fmt: skip


@entry_point
def compiled_fold(key: Any, word: Any) -> Any:
    return fold(key, word)


@entry_point
def compiled_uniform(key: Any, purpose: int, index: int, flip: Any) -> float:
    return uniform(key, purpose, index, flip)


@entry_point
def fill_normal_quantiles(u: Any, found: Any) -> None:
    for i in range(len(u)):
        found[i] = normal_quantile(u[i])


@entry_point
def fill_quantiles(centers: Any, which: int, u: Any, found: Any) -> None:
    c = centers[0]
    for i in range(len(u)):
        found[i] = quantile(c, which, u[i])


def child(key: int, word: int) -> int:
    return int(compiled_fold(np.uint64(key), np.uint64(word & ALL_BITS)))


def drawn(key: int, purpose: int, index: int, flip: int = 0) -> float:
    return compiled_uniform(np.uint64(key), int(purpose), index, np.uint64(flip))


@pytest.mark.parametrize(("words", "expected"), KNOWN_KEYS.items())
def test_known_keys(words, expected):
    key = 0
    for word in words:
        key = child(key, word)
    assert key == expected


@pytest.mark.parametrize(("draw", "expected"), KNOWN_DRAWS.items())
def test_known_draws(draw, expected):
    key = draws.key_of(7, 3, draws.Owner.NEED, 2, -5, 11)
    assert drawn(key, *draw).hex() == expected


@steady(200)
@given(KEYS, WORDS, PURPOSES)
def test_keys_and_draws(key, word, purpose):
    index = word % 1000
    assert child(key, word) == draws.fold(key, word)
    for flip in (0, ALL_BITS):
        assert drawn(key, purpose, index, flip) == draws.uniform(key, purpose, index, flip)


def test_normal_quantiles():
    found = np.empty(len(U))
    fill_normal_quantiles(U, found)
    assert found == pytest.approx([plain_normal_quantile(u) for u in U.tolist()], rel=1e-12)


LAWS = {
    "constant": law("constant", value=90),
    "nothing": law("constant", value=0),
    "exponential": law("exponential", mean=200),
    "weibull": law("weibull", mean=200, cv=0.6),
    "uniform": law("uniform", low=30, high=90),
    "lognormal": law("lognormal", mean=200, cv=1.3),
    "gamma": law("gamma", mean=200, cv=0.4),
    "wide gamma": law("gamma", mean=200, cv=3.0),
    "erlang": law("erlang", mean=200, k=4),
    "hyperexponential": law("hyperexponential", shares=[0.7, 0.3], means=[50, 500]),
    "smooth mixture": of((0.4, law("gamma", mean=90, cv=0.7)), (0.6, law("lognormal", mean=300, cv=1.1))),
    "spike": of((0.05, law("constant", value=3)), (0.95, law("lognormal", mean=200, cv=1.1))),
    "two values": of((0.25, law("constant", value=10)), (0.75, law("constant", value=50))),
    "sample": law("empirical", values=[40, 3, 90, 3, 7.5]),
    "overlapping": of((0.5, law("uniform", low=5, high=10)), (0.5, law("uniform", low=8, high=30))),
}


def compiled_quantiles(laws: list[Quantile], which: int, u: np.ndarray) -> np.ndarray:
    """The quantiles of one of several laws that are lowered together."""
    lowered = LoweredLaws()
    positions = [lowered.position_of(one) for one in laws]
    rows, nodes, values = lowered.arrays()
    centers, found = np.zeros(1, dtype=state.CENTER), np.empty(len(u))
    for name, table in (("laws", rows), ("nodes", nodes), ("values", values)):
        centers[0][name] = table.ctypes.data
    fill_quantiles(centers, positions[which], u, found)
    return found


def with_edges(of_law: Quantile) -> np.ndarray:
    """The usual uniforms, and those at which one piece ends and the next begins."""
    if not isinstance(of_law, PiecewiseQuantile):
        return U
    starts = np.array(of_law.starts_u[1:])
    return np.concatenate([U, starts, np.nextafter(starts, 0.0), np.nextafter(starts, 1.0)])


@pytest.mark.parametrize("scale", [1.0, 3600.0])
@pytest.mark.parametrize("name", LAWS)
def test_quantiles(name: str, scale: float):
    """Each among all the others, as one center has many laws; scaled, as hours become seconds."""
    plain: list[declared.Law] = list(LAWS.values())
    quantiles = [quantile_of(one) for one in plain]
    which = list(LAWS).index(name)
    scaled = [one if scale == 1.0 else ScaledQuantile(one, scale) for one in quantiles]
    u = with_edges(quantiles[which])
    expected = [scaled[which].one(float(one)) for one in u]
    assert compiled_quantiles(scaled, which, u) == pytest.approx(expected, rel=1e-12, abs=0.0)
