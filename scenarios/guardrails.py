"""Guardrails: what a design must not cost its customers and people, measure by measure, and which way each one looks.

A bare number means the way in which the measure is meant: a rate of needs met is to be at least so much, a wait at
most. Measures that are neither good nor bad in themselves (containment, counts) say `min` or `max`.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from scenarios.quantities import Real
from scenarios.table import Table

Sense = Literal["at least", "at most"]

# Told of the center and of each contact type; the more, the better.
_GOOD = (
    *("service_level", "service_level_less_short_abandons", "service_level_less_early_abandons"),
    *("service_level_or_abandoned", "answer_rate", "due_rate", "need_resolution_rate"),
    *("first_contact_resolution", "first_contact_resolution_observed", "reached_a_person_rate"),
    *("satisfaction", "value"),
)
# Likewise; the less, the better.
_BAD = (
    *("abandonment_rate", "abandonment_rate_less_short", "block_rate", "bot_block_rate", "delay_rate"),
    *("mean_wait_s", "mean_answer_s", "time_to_person_s", "wait_p50_s", "wait_p90_s", "wait_p95_s"),
    *("time_to_resolution_h", "contacts_per_need", "effort", "churn_risk", "mean_queue_length"),
    *(
        "wrongly_closed",
        "abandoned_in_bot",
        "abandoned",
        "blocked",
        "lost",
        "pending",
        "redials",
        "reconnects",
    ),
    *("chases", "backlog", "backlog_age_p95_h", "contacts_per_customer_year"),
)
# Likewise; neither good nor bad.
_NEITHER = (
    *("containment_rate", "containment_as_vendors_count", "fresh", "prevented", "entered_bot", "contained"),
    *("escalated", "offered", "answered", "short_abandoned", "transferred", "deferred", "tickets"),
    *("after_notice", "callbacks", "unreached", "confirmed", "needs", "needs_met", "wanted_a_person"),
    *("mean_talk_s", "mean_wrap_up_s", "mean_handle_s", "delighted"),
)
# Told of the center alone.
_LOAD = ("occupancy", "live_occupancy", "slot_occupancy", "overtime_h")
_COSTS = (
    *("cost_labor", "cost_outsourced", "cost_bot", "cost_assist", "cost_other", "cost_total"),
    *("cost_per_contact", "cost_per_resolved_need"),
)
_OF_PEOPLE = (
    *("utilization", "mean_bot_sessions", "mean_concurrency", "notices", "notices_reached"),
    *("notices_dropped", "work_h", "present_h", "paid_h"),
)

BY_CONTACT_TYPE = frozenset((*_GOOD, *_BAD, *_NEITHER))
MEASURES = (*_GOOD, *_BAD, *_NEITHER, *_LOAD, *_COSTS, *_OF_PEOPLE)
FELT = frozenset(("effort", "satisfaction", "churn_risk", "delighted"))
# What people and money are asked for: with more people than needed these get worse, or say nothing.
OF_THE_CENTER = frozenset((*_LOAD, *_COSTS, *_OF_PEOPLE))
_SENSES: dict[str, Sense] = {
    **dict.fromkeys(_GOOD, "at least"),
    **dict.fromkeys((*_BAD, *_LOAD, *_COSTS), "at most"),
}


def usual_sense(measure: str) -> Sense | None:
    """Which way a bare number is meant; None where a measure is neither good nor bad in itself."""
    return _SENSES.get(measure)


class Guardrail(Table):
    """Limits of one measure; a number alone is the limit in the measure's own sense."""

    example: ClassVar[str] = "a number, or a table such as { min = 0.75 }"

    usual: Real | None = Field(default=None, description="at least or at most, by the measure's own sense")
    min: Real | None = None
    max: Real | None = None
    contact_types: tuple[str, ...] | None = Field(
        default=None, description="holds for each of them; absent: for all together"
    )

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> Any:
        """The number alone, where nothing else is said."""
        table = handler(self)
        return self.usual if list(table) == ["usual"] else table

    def limits(self, measure: str) -> list[tuple[Sense, float]]:
        """Which way, and how far."""
        asked: list[tuple[Sense | None, float | None]] = [
            (usual_sense(measure), self.usual),
            ("at least", self.min),
            ("at most", self.max),
        ]
        return [(sense, limit) for sense, limit in asked if sense is not None and limit is not None]


def _guardrail(value: object) -> object:
    return {"usual": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


GuardrailField = Annotated[Guardrail, BeforeValidator(_guardrail, json_schema_input_type=float | Guardrail)]
