"""Laws: each measure is told of whom the format promises, and by interval where that means anything."""

from __future__ import annotations

from functools import cache

import pytest

from scenarios import Scenario
from sim.measures.result import Result, Row
from sim.measures.scopes import Scope
from sim.replicate import Asked, run
from tests.sim.busy_channels import morning
from tests.sim.twins.test_felt import felt

TYPES: tuple[Scope, ...] = ("total", "contact_type", "channel")
WITH_BOTS: tuple[Scope, ...] = (*TYPES, "bot")
WITH_GROUPS: tuple[Scope, ...] = (*TYPES, "agent_group")
GROUPS: tuple[Scope, ...] = ("total", "agent_group")
BOTS: tuple[Scope, ...] = ("total", "bot")
TOTAL: tuple[Scope, ...] = ("total",)

# Counts and rates belong to the interval of joining the queue, needs to their first contact, hours to the clock.
BY_INTERVAL: dict[str, tuple[Scope, ...]] = {
    **dict.fromkeys(("fresh", "offered", "abandoned", "short_abandoned", "blocked", "lost"), TYPES),
    **dict.fromkeys(("prevented", "transferred", "redials", "reconnects"), TYPES),
    **dict.fromkeys(("entered_bot", "contained", "wrongly_closed"), WITH_BOTS),
    **dict.fromkeys(("abandoned_in_bot", "escalated", "confirmed"), WITH_BOTS),
    **dict.fromkeys(("service_level", "service_level_less_short_abandons"), TYPES),
    **dict.fromkeys(("service_level_less_early_abandons", "service_level_or_abandoned"), TYPES),
    **dict.fromkeys(("answer_rate", "abandonment_rate", "abandonment_rate_less_short"), TYPES),
    **dict.fromkeys(("block_rate", "delay_rate", "mean_wait_s", "mean_queue_length"), TYPES),
    **dict.fromkeys(("answered", "mean_answer_s", "time_to_person_s"), WITH_GROUPS),
    **dict.fromkeys(("mean_talk_s", "mean_wrap_up_s", "mean_handle_s"), WITH_GROUPS),
    "mean_bot_sessions": BOTS,
    **dict.fromkeys(("containment_rate", "containment_as_vendors_count", "bot_block_rate"), WITH_BOTS),
    **dict.fromkeys(("occupancy", "live_occupancy", "utilization"), GROUPS),
    **dict.fromkeys(("work_h", "present_h", "paid_h", "overtime_h"), GROUPS),
    **dict.fromkeys(("needs", "needs_met", "wanted_a_person", "pending"), TYPES),
    **dict.fromkeys(("need_resolution_rate", "first_contact_resolution"), TYPES),
    **dict.fromkeys(("first_contact_resolution_observed", "time_to_resolution_h"), TYPES),
    **dict.fromkeys(("contacts_per_need", "reached_a_person_rate"), TYPES),
    **dict.fromkeys(("effort", "satisfaction", "churn_risk", "delighted", "value"), TYPES),
}
# Percentiles come from one histogram over the horizon; prices are by the month.
OVER_THE_HORIZON: dict[str, tuple[Scope, ...]] = {
    **dict.fromkeys(("wait_p50_s", "wait_p90_s", "wait_p95_s"), TYPES),
    **dict.fromkeys(("cost_labor", "cost_outsourced"), GROUPS),
    "cost_bot": BOTS,
    **dict.fromkeys(("cost_assist", "cost_other", "cost_total"), TOTAL),
    **dict.fromkeys(("cost_per_contact", "cost_per_resolved_need"), TOTAL),
}


def center() -> Scenario:
    """Everything that some measure speaks of: a busy morning with bot, transfers, lines and an experience model."""
    return felt().changed({"experience.customer_value": 100})


@cache
def result() -> Result:
    return run(center(), Asked(seed=5, replications=2, by_interval=True))


@cache
def told() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for measure, scope, _ in result().figures():
        found.setdefault(measure, set()).add(scope)
    return found


@cache
def all_rows() -> tuple[Row, ...]:
    return tuple(result().rows(intervals=True))


@pytest.mark.parametrize("measure", [*BY_INTERVAL, *OVER_THE_HORIZON])
def test_a_measure_is_told_of_whom_the_format_promises(measure: str) -> None:
    assert told()[measure] == set({**BY_INTERVAL, **OVER_THE_HORIZON}[measure])


@pytest.mark.parametrize("measure", [*BY_INTERVAL, *OVER_THE_HORIZON])
def test_and_by_interval(measure: str) -> None:
    assert result().kept_by_interval(measure) == (measure in BY_INTERVAL)


@pytest.mark.parametrize("measure", BY_INTERVAL)
def test_intervals_of_a_measure_are_told_in_each_scope(measure: str) -> None:
    """A row for each interval of each name."""
    rows = [row for row in all_rows() if row["measure"] == measure]
    for scope in BY_INTERVAL[measure]:
        of_scope = [row["interval"] for row in rows if row["scope"] == scope]
        names = result().names(scope)
        assert of_scope == [None, *range(result().world.n_intervals)] * len(names)


@pytest.mark.parametrize("measure", [*BY_INTERVAL, *OVER_THE_HORIZON])
def test_every_measure_has_a_value_here(measure: str) -> None:
    """Else it would not be known whether it is told at all."""
    assert result().estimate(measure).value is not None


def test_a_channel_is_its_contact_types() -> None:
    """Both types are calls: what the channel tells is what all tell."""
    for measure, scopes in {**BY_INTERVAL, **OVER_THE_HORIZON}.items():
        if "channel" in scopes:
            assert result().estimate(measure, "channel", "voice") == result().estimate(measure), measure


def test_needs_of_intervals_add_up() -> None:
    """First contacts of the morning: each in its own interval, and none outside the opening hours."""
    n = result().world.n_intervals
    for measure in ("needs", "needs_met", "wanted_a_person", "delighted"):
        parts = [result().value(measure, interval=i) for i in range(n)]
        assert sum(parts) == pytest.approx(result().value(measure))
    fresh = [result().value("fresh", interval=i) for i in range(n)]
    assert sum(x > 0 for x in fresh) > 4


# --- Chats, deferred work and callbacks -----------------------------------------------------------------------------

CHANNELS_BY_INTERVAL: dict[str, tuple[Scope, ...]] = {
    **dict.fromkeys(("deferred", "tickets", "chases", "callbacks", "unreached", "due_rate"), TYPES),
    **dict.fromkeys(("slot_occupancy", "mean_concurrency"), GROUPS),
}
CHANNELS_OVER_THE_HORIZON = dict.fromkeys(("backlog", "backlog_age_p95_h"), TYPES)
OF_CHANNELS = {**CHANNELS_BY_INTERVAL, **CHANNELS_OVER_THE_HORIZON}


@cache
def of_channels() -> Result:
    return run(morning(), Asked(seed=5, replications=2, by_interval=True))


@pytest.mark.parametrize("measure", OF_CHANNELS)
def test_a_measure_of_channels_is_told_where_it_is_asked_for(measure: str) -> None:
    scopes = {scope for name, scope, _ in of_channels().figures() if name == measure}
    assert (scopes, measure in told()) == (set(OF_CHANNELS[measure]), False)
    assert of_channels().kept_by_interval(measure) == (measure in CHANNELS_BY_INTERVAL)
    assert of_channels().estimate(measure).value is not None
