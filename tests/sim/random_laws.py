"""Random tables, and random laws of times: of every kind, with few different parameters."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tests.sim.worlds import Table, constant

Tables = st.SearchStrategy[Table]


def now_and_then(values: st.SearchStrategy[Any], key: str) -> Tables:
    """One of these under its key, in every other center."""
    return st.one_of(st.just({}), values.map(lambda value: {key: value}))


def tables(**choices: tuple[Any, ...]) -> Tables:
    """Under each key one of its choices."""
    return st.sampled_from([dict(zip(choices, values, strict=True)) for values in product(*choices.values())])


def _smooth(mean: float) -> list[Table]:
    """Laws with a closed form."""
    return [
        {"law": "exponential", "mean": mean},
        {"law": "lognormal", "mean": mean, "cv": 1.2},
        {"law": "weibull", "mean": mean, "cv": 0.6},
        {"law": "uniform", "low": 0.5 * mean, "high": 1.5 * mean},
    ]


def _tabled(mean: float) -> list[Table]:
    """Laws that read a table; few of them, as a table takes a while to make."""
    return [
        {"law": "gamma", "mean": mean, "cv": 0.7},
        {"law": "erlang", "mean": mean, "k": 3},
        {"law": "empirical", "values": [0.25 * mean, 3.0 * mean, 0.5 * mean, 0.5 * mean]},
        {"law": "hyperexponential", "shares": [0.8, 0.2], "means": [0.5 * mean, 3.0 * mean]},
    ]


def _in_pieces(mean: float) -> list[Table]:
    """Mixtures with fixed values and bounded parts."""
    spike = [(0.3, constant(mean)), (0.7, {"law": "exponential", "mean": mean})]
    steps = [
        (0.2, constant(0.0)),
        (0.3, constant(mean)),
        (0.5, {"law": "uniform", "low": mean, "high": 2 * mean}),
    ]
    return [
        {"law": "mixture", "of": [{"share": share, "law": law} for share, law in parts]}
        for parts in (spike, steps)
    ]


def _by_time(early: Table, late: Table) -> list[Table]:
    """One law until some time of day, another after it; the other way round too."""
    return [
        {"by": [{"until": until, "law": first}, {"until": "24:00", "law": then}]}
        for until, first, then in (("09:15", early, late), ("22:30", late, early))
    ]


@cache
def laws(means: tuple[float, ...], all_round: bool) -> Tables:
    """A law of any kind, every other one a constant; or constants alone."""
    constants = st.sampled_from(means).map(constant)
    ends = constant(means[0]), constant(means[-1])
    if all_round:
        return st.one_of(constants, constants, constants, st.sampled_from(_by_time(*ends)))
    smooth = [law for mean in means for law in _smooth(mean)]
    others = [law for mean in means[1::2] for law in (*_tabled(mean), *_in_pieces(mean))]
    varying = [law for one in _in_pieces(means[1]) for law in _by_time(ends[0], one)]
    varying += _by_time(smooth[0], _tabled(means[1])[2])
    return st.one_of(
        constants, constants, *(st.sampled_from(some) for some in (smooth, smooth, others, others, varying))
    )
