"""Small worlds for the tests of `sim`: scenarios from a few words, calls at chosen moments, one replication lived.

Where a test chooses the moments of arrival, only those are replaced: keys, draws and everything that follows are
the engine's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest

from scenarios import Scenario, from_data
from sim.chance.draws import Owner, fold_many
from sim.chance.sample import Sample
from sim.codes import BotOutcome, Origin, Outcome
from sim.engines import SimpyEngine
from sim.records.records import Records
from sim.world.arrivals import Needs
from sim.world.hours import DAY_S
from sim.world.outbound import FIRST_STREAM, outbound_name, with_outbound
from sim.world.world import world_of

Table = dict[str, Any]
Moments = Mapping[str, Sequence[float]]  # contact type (GROUP.proactive: notices) -> seconds of the horizon

NEVER = {"per_h": 0.0}
HOUR_S = 3600.0


def constant(value: float, **more: float) -> Table:
    return {"law": "constant", "value": value, **more}


def call(**keys: Any) -> Table:
    """A contact type: calls of 100 s that come only when a test sends them, unless told otherwise."""
    return {"channel": "voice", "arrivals": NEVER, "talk_s": constant(100), **keys}


def team(present: int = 1, skills: Sequence[Any] = ("call",), **keys: Any) -> Table:
    return {"skills": list(skills), "agents": {"present": present}, **keys}


def center(
    contact_type: Table | None = None,
    agent_group: Table | None = None,
    calendar: Table | None = None,
    **tables: Any,
) -> Scenario:
    """A scenario of one day; one type `call` and one agent where nothing is said."""
    return from_data(
        {
            "name": "small",
            "calendar": {"days": 1, "warm_up_h": 0, "run_out_h": 0, **(calendar or {})},
            "contact_type": contact_type or {"call": call()},
            "agent_group": agent_group or {"team": team()},
            **tables,
        }
    )


class Row(NamedTuple):
    """One attempt, in words; `met_s` is when its need was met."""

    type: str
    need: int
    attempt: int
    origin: Origin
    arrived_s: float
    bot: BotOutcome
    left_bot_s: float
    queued_s: float
    answered_s: float
    talk_s: float
    wrap_up_s: float
    ended_s: float
    group: int
    agent: int
    outcome: Outcome
    resolved: bool
    met_s: float


def records(scenario: Scenario, seed: int = 1, replication: int = 0) -> Records:
    """One replication."""
    return SimpyEngine(world_of(scenario)).records(Sample(seed, replication))


def rows_of(scenario: Scenario, found: Records) -> list[Row]:
    """The attempts of a replication, one by one, in order of arrival."""
    a, names = found.attempts, list(with_outbound(scenario).contact_type)
    columns = (
        [names[i] for i in a.contact_type],
        a.need.tolist(),
        a.attempt.tolist(),
        map(Origin, a.origin),
        a.arrived_s.tolist(),
        map(BotOutcome, a.bot),
        *(getattr(a, name).tolist() for name in Row._fields[6:14]),
        map(Outcome, a.outcome),
        a.resolved.tolist(),
        found.needs.resolved_s[a.need].tolist(),
    )
    return [Row(*row) for row in zip(*columns, strict=True)]


def send(monkeypatch: pytest.MonkeyPatch, scenario: Scenario, moments: Moments) -> None:
    """From now on calls arrive at these moments, in every replication, and at no others."""
    names = dict(enumerate(scenario.contact_type))
    names.update({FIRST_STREAM + i: outbound_name(group) for i, group in enumerate(scenario.agent_group)})

    def needs_of_day(_steps: object, _factor: float, sample: Sample, stream: int, day: int) -> Needs:
        in_day_s = np.array(sorted(moments.get(names[stream], ()))) - day * DAY_S
        of_day = in_day_s[(in_day_s >= 0.0) & (in_day_s < DAY_S)]
        key = sample.key_of(Owner.NEED, stream, day)
        k = np.arange(len(of_day), dtype=np.int64)
        return Needs(of_day, k, fold_many(key, k))

    monkeypatch.setattr("sim.world.first_contacts.needs_of_day", needs_of_day)


def lived(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario, moments: Moments | Sequence[float]
) -> list[Row]:
    """The attempts of a replication with calls at these moments (of type `call`, if no type is named)."""
    send(monkeypatch, scenario, moments if isinstance(moments, Mapping) else {"call": moments})
    return rows_of(scenario, records(scenario))
