"""What a run gives: every measure by name, each with its 95 % interval, seed and replications."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypedDict

import numpy as np

from scenarios import Scenario
from sim.chance.sample import GROUP_SIZE, Scheme
from sim.induced import InducedDemand
from sim.measures.all_measures import KEPT_BY, MEASURES, OF_LIVE_TYPES, Ratio, is_told
from sim.measures.estimates import (
    NOTHING,
    Estimate,
    FloatArray,
    estimate,
    estimates,
    half_width_of,
    influences,
)
from sim.measures.scopes import Key, Scope
from sim.measures.stack import Stack
from sim.records.totals import Totals
from sim.records.wait_histogram import percentile_s
from sim.world.world import World, world_of


class Percentile(NamedTuple):
    """A percentile of counts in bins: of waits, or of the ages of open work; `unit_s` seconds are told as one."""

    share: float
    counts: Literal["waits", "ages"] = "waits"
    unit_s: float = 1.0


PERCENTILES = {
    "wait_p50_s": Percentile(0.50),
    "wait_p90_s": Percentile(0.90),
    "wait_p95_s": Percentile(0.95),
    "backlog_age_p95_h": Percentile(0.95, "ages", 3600.0),
}
# Averages over the clock: their denominators are the same time for every name, and do not add up.
OVER_TIME = ("mean_queue_length", "mean_bot_sessions", "contacts_per_customer_year")


class Row(TypedDict):
    """One figure. `interval` is the index within the horizon, or None for all of it."""

    measure: str
    scope: str
    name: str
    interval: int | None
    value: float | None
    half_width: float | None


@dataclass(frozen=True)
class Series:
    """One figure's numerators and denominators, one entry an independent observation."""

    numerator: FloatArray
    denominator: FloatArray | None

    @cached_property
    def influences(self) -> tuple[float, FloatArray]:
        """Value, and each observation's share in its error."""
        return influences(self.numerator, self.denominator)

    @cached_property
    def estimate(self) -> Estimate:
        """Value and half-width."""
        return estimate(self.numerator, self.denominator)


@dataclass(frozen=True)
class Result:
    """A scenario's replications, reduced in their order."""

    scenario: Scenario
    seed: int
    totals: Sequence[Totals]
    by_interval: bool
    seconds: float
    engine: str = "compiled"
    scheme: Scheme = "independent"
    induced: InducedDemand | None = None  # how demand followed the waits, where it does

    @property
    def replications(self) -> int:
        """How many were run."""
        return len(self.totals)

    @property
    def observations(self) -> int:
        """How many of them are independent: replications, pairs of them, or blocks."""
        return self.replications // self._group_size

    @property
    def contacts(self) -> int:
        """Attempts simulated in all, warm-up and run-out included."""
        return sum(one.n_attempts for one in self.totals)

    @cached_property
    def world(self) -> World:
        """The world of the scenario, for names and times."""
        return world_of(self.scenario)

    def estimate(
        self, measure: str, scope: Scope = "total", name: str = "", interval: int | range | None = None
    ) -> Estimate:
        """One figure with its interval."""
        if measure in PERCENTILES:
            return self._percentile(measure, scope, name)
        return self.series(measure, scope, name, interval).estimate

    def value(
        self, measure: str, scope: Scope = "total", name: str = "", interval: int | range | None = None
    ) -> float:
        """One figure; NaN where it has no denominator."""
        found = self.estimate(measure, scope, name, interval).value
        return math.nan if found is None else found

    def series(
        self, measure: str, scope: Scope = "total", name: str = "", interval: int | range | None = None
    ) -> Series:
        """Numerators and denominators of one figure, one entry an independent observation."""
        above, below = self._through_time(measure, scope, name)
        return Series(_of_interval(above, interval), None if below is None else _of_interval(below, interval))

    @cached_property
    def each_by_itself(self) -> Result:
        """The same replications without pairs or blocks: for what is said of single days, not of their sums."""
        return self if self._group_size == 1 else replace(self, scheme="independent")

    def sums_of(self, measure: str, scope: Scope) -> Ratio:
        """Numerators and denominators by the names of the scope they are kept by; observations × names × intervals."""
        key: Key = (measure, scope)
        if key not in self._sums:
            self._sums[key] = MEASURES[key](self._stack)
        return self._sums[key]

    def kept_by_interval(self, measure: str) -> bool:
        """Whether single intervals can be told: of percentiles and money they cannot."""
        if not self.by_interval or measure not in KEPT_BY:
            return False
        return self.sums_of(measure, KEPT_BY[measure][0])[0].shape[2] == self.world.n_intervals

    def rows(self, intervals: bool = False) -> Iterator[Row]:
        """Every figure; those of single intervals only on request, and only of what is kept by interval."""
        for measure, scope, name in self.figures():
            yield _row(measure, scope, name, None, self.estimate(measure, scope, name))
            if intervals and self.kept_by_interval(measure):
                found = estimates(*self._through_time(measure, scope, name))
                yield from (_row(measure, scope, name, i, one) for i, one in enumerate(found))

    def figures(self) -> Iterator[tuple[str, Scope, str]]:
        """(measure, scope, name) of every figure that this run can tell."""
        for measure, kept in KEPT_BY.items():
            if not self.names(kept[0]) or not is_told(measure, self.scenario):
                continue
            yield measure, "total", ""
            for scope in ("contact_type", "channel", "agent_group", "bot"):
                if _base(scope) in kept:
                    yield from ((measure, scope, name) for name in self.names(scope))
        for measure in (measure for measure in PERCENTILES if is_told(measure, self.scenario)):
            yield measure, "total", ""
            yield from ((measure, "contact_type", name) for name in self.names("contact_type"))
            yield from ((measure, "channel", name) for name in self.names("channel"))

    def names(self, scope: Scope) -> list[str]:
        """The names in a scope, in the scenario's order."""
        declared = self.scenario.contact_type
        names: dict[Scope, list[str]] = {
            "total": [""],
            "contact_type": list(declared),
            "channel": list(dict.fromkeys(str(t.channel) for t in declared.values())),
            "agent_group": list(self.scenario.agent_group),
            "bot": list(self.scenario.bot),
        }
        return names[scope]

    def _types_in(self, scope: Scope, name: str) -> list[int]:
        """Positions of the contact types that a total, a type or a channel covers."""
        types = list(self.scenario.contact_type.items())
        if scope == "contact_type":
            return [i for i, (type_name, _) in enumerate(types) if type_name == name]
        return [i for i, (_, declared) in enumerate(types) if scope == "total" or declared.channel == name]

    @cached_property
    def _live_types(self) -> list[int]:
        """Positions of the live types; of all, where none is."""
        declared = list(self.scenario.contact_type.values())
        live = [i for i, one in enumerate(declared) if not one.is_deferred]
        return live or list(range(len(declared)))

    def _through_time(self, measure: str, scope: Scope, name: str) -> Ratio:
        """Numerators and denominators of one figure; observations × intervals."""
        base = KEPT_BY[measure][0] if scope == "total" else _base(scope)
        above, below = self.sums_of(measure, base)
        if scope == "total" and measure in OF_LIVE_TYPES:
            above, below = above[:, self._live_types], None if below is None else below[:, self._live_types]
        if scope != "total":
            rows = self._types_in(scope, name) if scope == "channel" else [self.names(scope).index(name)]
            above, below = above[:, rows], None if below is None else below[:, rows]
        if below is not None:
            below = below[:, 0] if measure in OVER_TIME and below.shape[1] else below.sum(axis=1)
        return above.sum(axis=1), below

    @property
    def _group_size(self) -> int:
        return GROUP_SIZE[self.scheme]

    @cached_property
    def _stack(self) -> Stack:
        return Stack(self.world, self.totals, self.by_interval, self._group_size)

    @cached_property
    def _sums(self) -> dict[Key, Ratio]:
        return {}

    def percentile_influences(
        self, measure: str, scope: Scope = "total", name: str = ""
    ) -> tuple[float, FloatArray]:
        """A percentile over all replications, and the jackknife's influences of each.

        (R − 1)(mean of the left-out values − the value without observation i): a replication, a pair or a block.
        """
        share, table, unit_s = PERCENTILES[measure]
        waits_for_person = scope == "total" and table == "waits"
        types = self._live_types if waits_for_person else self._types_in(scope, name)
        counts = np.array([getattr(one, table)[types].sum(axis=0) for one in self.totals])
        counts = counts.reshape(self.observations, self._group_size, -1).sum(axis=1)
        whole = counts.sum(axis=0)
        without = np.array([percentile_s(whole - one, share) for one in counts]) / unit_s
        return percentile_s(whole, share) / unit_s, (len(counts) - 1) * (without.mean() - without)

    def _percentile(self, measure: str, scope: Scope, name: str) -> Estimate:
        value, influence = self.percentile_influences(measure, scope, name)
        if math.isnan(value):
            return NOTHING
        return Estimate(value, None if np.isnan(influence).any() else half_width_of(influence))


def _base(scope: Scope) -> Scope:
    """The scope whose sums a figure adds up: a channel is its contact types."""
    return "contact_type" if scope == "channel" else scope


def _of_interval(sums: FloatArray, interval: int | range | None) -> FloatArray:
    """The sums of one interval, of a stretch of them, or of the whole horizon."""
    if isinstance(interval, int):
        return sums[:, interval]
    return (sums if interval is None else sums[:, interval.start : interval.stop]).sum(axis=1)


def _row(measure: str, scope: Scope, name: str, interval: int | None, found: Estimate) -> Row:
    return Row(
        measure=measure,
        scope=scope,
        name=name,
        interval=interval,
        value=found.value,
        half_width=found.half_width,
    )
