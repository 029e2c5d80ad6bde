"""Days worked out by hand, lived by both engines: contacts at chosen moments, and what the two agree has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.codes import SpellKind
from sim.records.records import Records
from sim.records.totals import Totals
from sim.world.world import world_of
from tests.sim.engines import FIRST, compiled, differences, readable
from tests.sim.worlds import Row, Table, center, rows_of

MIDNIGHT = 86400.0


class Day(NamedTuple):
    """What happened, row by row, in spells and in sums over the horizon."""

    rows: list[Row]
    records: Records
    totals: Totals

    def of(self, contact_type: str) -> list[Row]:
        """The attempts of one type, in order of arrival."""
        return [row for row in self.rows if row.type == contact_type]

    def spells(self, kind: SpellKind) -> list[tuple[int, float, float]]:
        """Whose, from and until, in order."""
        found = self.records.spells
        mine = found.kind == kind
        columns = (found.whose, found.start_s, found.end_s)
        return sorted(zip(*(column[mine].tolist() for column in columns), strict=True))


def sent(types: Mapping[str, Table], moments: Mapping[str, Sequence[float]]) -> dict[str, Table]:
    """The types, with contacts at these moments and at no others."""
    arrivals = {
        name: {"arrivals": {"replay": list(moments[name])}} if name in moments else {} for name in types
    }
    return {name: {**table, **arrivals[name]} for name, table in types.items()}


def day_of(
    types: Mapping[str, Table],
    groups: Mapping[str, Table],
    moments: Mapping[str, Sequence[float]],
    calendar: Table | None = None,
    **tables: Any,
) -> Day:
    """A day with contacts at these moments, on which both engines agree to the last row and sum."""
    return lived_alike(center(sent(types, moments), dict(groups), calendar, **tables))


def lived_alike(scenario: Scenario, sample: Sample = FIRST) -> Day:
    """One replication, the same in both engines."""
    world = world_of(scenario)
    assert differences(world, sample) == []
    found = readable(world, sample)
    return Day(rows_of(scenario, found), found, compiled(world, sample, by_interval=False).totals)
