"""Every measure by name, and the scope whose names its sums are kept by, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scenarios import Scenario
from sim.measures import channels, proactive
from sim.measures import experience as felt
from sim.measures import measures as m
from sim.measures.costs.bots import confirmed, cost_bot
from sim.measures.costs.other import cost_other
from sim.measures.costs.people import cost_assist, cost_labor, cost_outsourced
from sim.measures.costs.total import cost_per_contact, cost_per_resolved_need, cost_total
from sim.measures.measures import COUNTS, HOUR_S, NEED_COUNTS, Of
from sim.measures.per_customer import contacts_per_customer_year, has_customers
from sim.measures.scopes import Key, Scope
from sim.measures.stack import Stack
from sim.measures.value import value
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum, NeedSum

Ratio = tuple[FloatArray, FloatArray | None]  # without a denominator: a mean per replication
Measure = Callable[[Stack], Ratio]

_SERVICE_LEVELS = (
    m.service_level,
    m.service_level_less_short_abandons,
    m.service_level_less_early_abandons,
    m.service_level_or_abandoned,
)
_BOT_RATES = (m.containment_rate, m.containment_as_vendors_count, m.bot_block_rate)
_HANDLING = (m.mean_answer_s, m.time_to_person_s, m.mean_talk_s, m.mean_wrap_up_s, m.mean_handle_s)
_OF_ATTEMPTS = (
    m.answer_rate,
    m.abandonment_rate,
    m.abandonment_rate_less_short,
    m.block_rate,
    m.delay_rate,
    m.mean_wait_s,
    m.mean_answer_s,
    m.time_to_person_s,
    m.mean_talk_s,
    m.mean_wrap_up_s,
    m.mean_handle_s,
    *_BOT_RATES,
)
_OF_NEEDS = (
    m.need_resolution_rate,
    m.first_contact_resolution,
    m.first_contact_resolution_observed,
    m.time_to_resolution_h,
    m.contacts_per_need,
    m.reached_a_person_rate,
)
_FELT = (felt.effort, felt.satisfaction, felt.churn_risk)
_NOTICES = (proactive.notices, proactive.notices_reached, proactive.notices_dropped)
_COUNTS_OF_BOTS = ("entered_bot", "contained", "wrongly_closed", "abandoned_in_bot", "escalated")


def _by_type(measure: Callable[[Of], Ratio]) -> Measure:
    return lambda s: measure(s.of_types)


def _by_bot(measure: Callable[[Of], Ratio]) -> Measure:
    return lambda s: measure(s.of_bots)


def _by_group(measure: Callable[[Of], Ratio]) -> Measure:
    return lambda s: measure(s.of_groups)


def _count(kind: AttemptSum) -> Callable[[Of], Ratio]:
    return lambda of: (of(kind), None)


def _need_count(kind: NeedSum) -> Measure:
    return lambda s: (s.of_needs(kind), None)


def _plain(amount: Callable[[Stack], FloatArray]) -> Measure:
    return lambda s: (amount(s), None)


MEASURES: Mapping[Key, Measure] = {
    **{(name, "contact_type"): _by_type(_count(kind)) for name, kind in COUNTS.items()},
    **{(measure.__name__, "contact_type"): measure for measure in _SERVICE_LEVELS},
    **{(measure.__name__, "contact_type"): _by_type(measure) for measure in _OF_ATTEMPTS},
    ("answered", "agent_group"): _by_group(_count(AttemptSum.ANSWERED)),
    **{(measure.__name__, "agent_group"): _by_group(measure) for measure in _HANDLING},
    **{(name, "bot"): _by_bot(_count(COUNTS[name])) for name in _COUNTS_OF_BOTS},
    ("confirmed", "contact_type"): _plain(lambda s: confirmed(s.of_types)),
    ("confirmed", "bot"): _plain(lambda s: confirmed(s.of_bots)),
    **{(measure.__name__, "bot"): _by_bot(measure) for measure in _BOT_RATES},
    **{(name, "contact_type"): _need_count(kind) for name, kind in NEED_COUNTS.items()},
    **{(measure.__name__, "contact_type"): measure for measure in _OF_NEEDS},
    **{(measure.__name__, "contact_type"): measure for measure in _FELT},
    ("contacts_per_customer_year", "contact_type"): contacts_per_customer_year,
    ("delighted", "contact_type"): _plain(felt.delighted),
    ("mean_queue_length", "contact_type"): m.mean_queue_length,
    ("mean_bot_sessions", "bot"): m.mean_bot_sessions,
    ("occupancy", "agent_group"): m.occupancy,
    ("live_occupancy", "agent_group"): channels.live_occupancy,
    ("slot_occupancy", "agent_group"): channels.slot_occupancy,
    ("mean_concurrency", "agent_group"): channels.mean_concurrency,
    **{(measure.__name__, "agent_group"): _plain(measure) for measure in _NOTICES},
    ("due_rate", "contact_type"): _by_type(channels.due_rate),
    ("backlog", "contact_type"): _plain(channels.backlog),
    ("utilization", "agent_group"): m.utilization,
    ("work_h", "agent_group"): _plain(lambda s: s.on_clock("work_s") / HOUR_S),
    ("present_h", "agent_group"): _plain(lambda s: s.present_s / HOUR_S),
    ("overtime_h", "agent_group"): _plain(lambda s: s.on_clock("overtime_s") / HOUR_S),
    ("paid_h", "agent_group"): _plain(lambda s: s.paid_s / HOUR_S),
    ("cost_labor", "agent_group"): _plain(cost_labor),
    ("cost_outsourced", "agent_group"): _plain(cost_outsourced),
    ("cost_bot", "bot"): _plain(cost_bot),
    ("cost_assist", "total"): _plain(cost_assist),
    ("cost_other", "total"): _plain(cost_other),
    ("cost_total", "total"): _plain(cost_total),
    ("cost_per_contact", "total"): cost_per_contact,
    ("cost_per_resolved_need", "total"): cost_per_resolved_need,
    ("value", "contact_type"): _plain(value),
}

# The scopes that each measure is kept by; a total adds up the first.
KEPT_BY: Mapping[str, list[Scope]] = {
    measure: [scope for name, scope in MEASURES if name == measure] for measure, _ in MEASURES
}

# Measures that only some scenarios can tell.
ASKED_FOR: Mapping[str, Callable[[Scenario], bool]] = {
    **{measure.__name__: felt.has_experience for measure in (*_FELT, felt.delighted)},
    "contacts_per_customer_year": has_customers,
    **dict.fromkeys(("deferred", "backlog", "backlog_age_p95_h"), channels.has_deferred),
    **dict.fromkeys(("slot_occupancy", "mean_concurrency"), channels.has_chats),
    **dict.fromkeys(("callbacks", "unreached"), channels.has_callbacks),
    **dict.fromkeys(("after_notice", *(measure.__name__ for measure in _NOTICES)), proactive.has_notices),
    "due_rate": channels.has_due_work,
    "tickets": channels.has_tickets,
    "chases": channels.has_chases,
}

# What is said of waiting for a person: in a total, of live types alone, as deferred work waits for hours.
OF_LIVE_TYPES = frozenset(
    (
        *(measure.__name__ for measure in _SERVICE_LEVELS),
        *("answer_rate", "abandonment_rate", "abandonment_rate_less_short", "block_rate", "delay_rate"),
        *("mean_wait_s", "mean_answer_s", "time_to_person_s", "mean_queue_length"),
    )
)


def is_told(measure: str, scenario: Scenario) -> bool:
    """Whether a scenario states what the measure speaks of."""
    return measure not in ASKED_FOR or ASKED_FOR[measure](scenario)
