"""Quantile functions as rows of numbers: a form, a few parameters, and a stretch of one common table."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.chance.by_time import QuantileByTime
from sim.chance.laws import (
    ConstantQuantile,
    LognormalQuantile,
    Quantile,
    SampleQuantile,
    ScaledQuantile,
    UniformQuantile,
    WeibullQuantile,
)
from sim.chance.piecewise import PiecewiseQuantile
from sim.chance.quantile_table import QuantileTable
from sim.kernel import given
from sim.kernel.record import NOBODY, Records


class LoweredLaws:
    """Laws in the order in which they are met; each is written down once."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._tables: list[Records] = []
        self._samples: list[Records] = []
        self._positions: dict[int, int] = {}
        self._kept: list[Quantile] = []  # so that no other law takes over a forgotten one's identity

    def position_of(self, law: Quantile | None) -> int:
        """Where a law stands; NOBODY for none."""
        if law is None:
            return NOBODY
        if id(law) not in self._positions:
            self._kept.append(law)
            self._positions[id(law)] = self._add(law)
        return self._positions[id(law)]

    def arrays(self) -> tuple[Records, Records, Records]:
        """The rows, the nodes of all tables one after the other, and the values of all samples."""
        laws = np.zeros(len(self._rows), dtype=given.LAW)
        for row, numbers in zip(laws, self._rows, strict=True):
            for name, number in numbers.items():
                setattr(row, name, number)
        nodes = [np.empty(0, dtype=given.NODE), *self._tables]
        values = [np.empty(0, dtype=given.VALUE), *self._samples]
        return laws, np.concatenate(nodes), np.concatenate(values)

    def _add(self, law: Quantile, **more: float) -> int:
        if isinstance(law, ScaledQuantile):
            return self._add(law.inner, scale=law.factor)
        if isinstance(law, PiecewiseQuantile):
            return self._add_pieces(law, **more)
        if isinstance(law, QuantileByTime):
            return self._add_by_time(law)
        self._rows.append({"scale": 1.0, **more, **self._numbers_of(law)})
        return len(self._rows) - 1

    def _add_pieces(self, law: PiecewiseQuantile, **more: float) -> int:
        """Its own row, and one for each piece right behind it."""
        first = len(self._rows) + 1
        self._rows.append({"scale": 1.0, **more, "form": given.PIECES, "first": first, "n": len(law.pieces)})
        for start_u, share, piece in zip(law.starts_u, law.shares, law.pieces, strict=True):
            self._add(piece, start_u=start_u, share=share)
        return first - 1

    def _add_by_time(self, law: QuantileByTime) -> int:
        """The laws; then its own row, and one for each stretch of the clock right behind it: its end, and its law."""
        positions = [self._add(part) for part in law.laws]
        first = len(self._rows) + 1
        self._rows.append({"form": given.BY_TIME, "first": first, "n": len(positions)})
        for end_s, position in zip(law.ends_s, positions, strict=True):
            self._rows.append({"form": given.UNTIL, "a": end_s, "first": position})
        return first - 1

    def _numbers_of(self, law: Quantile) -> dict[str, float]:
        match law:
            case ConstantQuantile(value):
                return {"form": given.CONSTANT, "a": value}
            case WeibullQuantile(scale, shape):
                return {"form": given.WEIBULL, "a": scale, "b": 1.0 / shape}
            case UniformQuantile(low, high):
                return {"form": given.UNIFORM, "a": low, "b": high}
            case LognormalQuantile(mu, sigma):
                return {"form": given.LOGNORMAL, "a": mu, "b": sigma}
            case QuantileTable():
                return self._numbers_of_table(law)
            case SampleQuantile(values):
                self._samples.append(values.view(given.VALUE))
                first = sum(len(sample) for sample in self._samples[:-1])
                return {"form": given.SAMPLE, "first": first, "n": len(values)}
        raise TypeError(f"no rows for {type(law).__name__}")

    def _numbers_of_table(self, law: QuantileTable) -> dict[str, float]:
        first = sum(len(table) for table in self._tables)
        nodes = np.zeros(len(law.log_values), dtype=given.NODE)
        nodes["log_x"], nodes["slope"] = law.log_values, law.slopes
        self._tables.append(nodes)
        return {"form": given.TABLE, "first": first, "n": len(law.log_values) - 1}
