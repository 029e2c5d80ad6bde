"""Step functions of time: how many wait, how many are at work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Steps:
    """A count that changes at moments, 0 before the first; moments are seconds since the record's first midnight."""

    at_s: FloatArray
    n: IntArray
    """From each moment on."""

    def at(self, t_s: FloatArray) -> IntArray:
        """The count at these moments."""
        return np.concatenate([[0], self.n])[np.searchsorted(self.at_s, t_s, side="right")]

    def time_above_zero_s(self, from_s: FloatArray, to_s: FloatArray) -> FloatArray:
        """Between two moments, for how long the count was above 0."""
        if len(self.at_s) == 0:
            return np.zeros(len(from_s))
        lasted = np.concatenate([[0.0], np.cumsum((self.n[:-1] > 0) * np.diff(self.at_s))])
        return np.interp(to_s, self.at_s, lasted) - np.interp(from_s, self.at_s, lasted)

    def mean_by(self, edges_s: FloatArray) -> FloatArray:
        """Time average between each edge and the next."""
        if len(self.at_s) == 0:
            return np.zeros(len(edges_s) - 1)
        area = np.concatenate([[0.0], np.cumsum(self.n[:-1] * np.diff(self.at_s))])
        return np.asarray(np.diff(np.interp(edges_s, self.at_s, area)) / np.diff(edges_s))

    def while_zero(self, other: Steps) -> Steps:
        """The count, set to 0 as long as the other one is above 0."""
        at_s = np.concatenate([self.at_s, other.at_s])
        order = np.argsort(at_s, kind="stable")
        at_s = at_s[order]
        last = _last_of_each(at_s)
        own = np.concatenate([np.diff(self.n, prepend=0), np.zeros_like(other.n)])
        others = np.concatenate([np.zeros_like(self.n), np.diff(other.n, prepend=0)])
        n, n_other = np.cumsum(own[order])[last], np.cumsum(others[order])[last]
        return Steps(at_s[last], n * (n_other == 0))


def spans_as_steps(from_s: FloatArray, to_s: FloatArray) -> Steps:
    """How many of these spans of time last at each moment; a span that ends as another begins makes no dip."""
    at_s = np.concatenate([from_s, to_s])
    change = np.repeat([1, -1], [len(from_s), len(to_s)])
    order = np.argsort(at_s, kind="stable")
    at_s, n = at_s[order], np.cumsum(change[order])
    last = _last_of_each(at_s)
    return Steps(at_s[last], n[last])


def _last_of_each(sorted_s: FloatArray) -> BoolArray:
    """Of equal moments the last."""
    return np.append(sorted_s[1:] != sorted_s[:-1], True) if len(sorted_s) else np.zeros(0, dtype=np.bool_)


def interval_edges(n_days: int, interval_s: int) -> FloatArray:
    """Starts of all intervals of the record, and the end of the last."""
    return np.arange(n_days * (86_400 // interval_s) + 1, dtype=np.float64) * interval_s
