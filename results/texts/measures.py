"""The measures by name: what people call them, their unit, and their denominator in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from results.formats import (
    COUNT,
    HOURS,
    MONEY,
    PEOPLE,
    PERCENT,
    RATIO,
    SCORE,
    SECONDS,
    SMALL_MONEY,
    SMALL_PERCENT,
    Unit,
)


@dataclass(frozen=True)
class MeasureWords:
    """A measure as readers meet it."""

    label: str
    unit: Unit
    definition: str
    short: str = ""

    @property
    def column(self) -> str:
        """A short heading for narrow tables."""
        return self.short or self.label


MEASURES: dict[str, MeasureWords] = {
    "offered": MeasureWords(
        "Contacts offered to people", COUNT, "reached the agents' queue; not blocked, not lost", "offered"
    ),
    "answered": MeasureWords("Contacts answered by people", COUNT, "a person answered", "answered"),
    "service_level": MeasureWords(
        "Service level",
        PERCENT,
        "answered within the type's acceptable wait ÷ offered, of types that have a target",
        "in time",
    ),
    "abandonment_rate": MeasureWords(
        "Abandonment", PERCENT, "gave up waiting ÷ offered; those who balk count, with wait 0", "gave up"
    ),
    "mean_wait_s": MeasureWords(
        "Mean wait", SECONDS, "seconds in the queue, of all offered; those who gave up are in", "mean wait"
    ),
    "wait_p90_s": MeasureWords(
        "Wait of the unluckiest tenth", SECONDS, "nine of ten offered contacts wait less", "90 % wait"
    ),
    "need_resolution_rate": MeasureWords(
        "Needs met", PERCENT, "needs truly met, whoever met them ÷ needs (not contacts)", "needs met"
    ),
    "first_contact_resolution": MeasureWords(
        "Needs met by the first contact", PERCENT, "needs met by their first contact ÷ needs", "at first"
    ),
    "contacts_per_need": MeasureWords(
        "Contacts per need",
        RATIO,
        "fresh contacts, redials and returns ÷ needs; a transfer is no new contact",
    ),
    "reached_a_person_rate": MeasureWords(
        "Reached a person",
        PERCENT,
        "needs that a person answered ÷ needs that asked for a person, were sent to one, or found lines or doors "
        "closed; who left inside the bot without asking is not among them",
    ),
    "unmet_needs": MeasureWords(
        "Needs left unmet", COUNT, "needs − needs met; still open at the end counts as unmet"
    ),
    "effort": MeasureWords(
        "Effort",
        RATIO,
        "waits, contacts, transfers and bot loops of a need, by the stated coefficients ÷ needs",
    ),
    "satisfaction": MeasureWords(
        "Satisfaction, from 0 to 1",
        SCORE,
        "of needs: experience above and below the customer's expectation, by the stated coefficients ÷ needs",
    ),
    "churn_risk": MeasureWords(
        "Churn risk",
        SMALL_PERCENT,
        "chance that the customer of a need leaves for good, by the stated coefficients",
    ),
    "containment_rate": MeasureWords(
        "Closed by the bot",
        PERCENT,
        "closed by the bot, rightly or wrongly ÷ contacts that entered it (containment); not a success rate",
    ),
    "due_rate": MeasureWords(
        "Deferred work done in time", PERCENT, "done in time ÷ work that is due within some time", "in time"
    ),
    "backlog": MeasureWords(
        "Backlog at the end", COUNT, "deferred work that waits or is in hand when the horizon ends", "backlog"
    ),
    "backlog_age_p95_h": MeasureWords(
        "Age of the backlog",
        HOURS,
        "nineteen of twenty of the backlog came later than so long before the end",
    ),
    "callbacks": MeasureWords("Callbacks", COUNT, "customers who took a call back instead of waiting"),
    "chases": MeasureWords("Contacts asking after late work", COUNT, "customers ask where their work is"),
    "tickets": MeasureWords(
        "Tickets left after closing", COUNT, "contacts after closing, gone on as tickets"
    ),
    "notices_reached": MeasureWords(
        "Customers told before they ask", COUNT, "proactive notices whose customer was reached"
    ),
    "after_notice": MeasureWords(
        "Contacts after a notice", COUNT, "customers who contact the center because of a proactive notice"
    ),
    "mean_concurrency": MeasureWords(
        "Contacts at a time", RATIO, "seconds of contacts in hand, each counted ÷ seconds with any, of agents"
    ),
    "slot_occupancy": MeasureWords("Slots in use", PERCENT, "busy slots ÷ slots of the agents present"),
    "occupancy": MeasureWords("Occupancy", PERCENT, "work ÷ time present of the agents"),
    "paid_h": MeasureWords(
        "Paid hours",
        HOURS,
        "scheduled hours; for people given as present, present ÷ ((1 − planned)(1 − absent) · adherence)",
    ),
    "peak_people": MeasureWords(
        "People present at the peak",
        PEOPLE,
        "mean number present in the fullest interval of the horizon, all groups; overtime is in",
    ),
    "cost_labor": MeasureWords(
        "Cost of people", MONEY, "cost of a paid hour × paid hours; shifts with a cost of their own at that"
    ),
    "cost_outsourced": MeasureWords(
        "Price of outsourcers", MONEY, "price × paid hours + price × answered contacts, at least the minimum"
    ),
    "cost_bot": MeasureWords(
        "Price of the bot", MONEY, "running price by month, session, closed contact; one-off price is not in"
    ),
    "cost_assist": MeasureWords(
        "Price of agent assist", MONEY, "price of a seat × seats of the fullest hour"
    ),
    "cost_other": MeasureWords(
        "Other running costs",
        MONEY,
        "wrong answers and unwelcome notices (in expectation), prevention, delight",
    ),
    "cost_total": MeasureWords(
        "Cost in all", MONEY, "people, outsourcers, bot, assist and other; one-off price is not in"
    ),
    "value": MeasureWords(
        "Margin won or lost",
        MONEY,
        "margin × (share × answered by people + share × solved by the bot), or − churn risk × the margin lost with a "
        "customer; no cost in it",
    ),
    "cost_per_resolved_need": MeasureWords("Cost per need met", SMALL_MONEY, "cost in all ÷ needs met"),
    "mean_handle_s": MeasureWords(
        "Handle time", SECONDS, "talk and wrap-up seconds of the answered", "handle time"
    ),
    "work_h": MeasureWords("Work", HOURS, "hours of talk and wrap-up"),
}


# The unit of a measure that the tables have no words for, by its name.
_UNITS = {
    "^(fresh|prevented|entered|contained$|wrongly|abandoned|short|offered|blocked|lost|escalated|transferred)": COUNT,
    "^(redials|reconnects|needs|wanted|pending)": COUNT,
    "rate|level|resolution$|observed|vendors_count|occupancy|utilization": PERCENT,
    "_s$": SECONDS,
    "_h$": HOURS,
    "^cost": MONEY,
}


def words_of(measure: str) -> MeasureWords:
    """What people call a measure; its own name where the tables have no words for it."""
    if measure in MEASURES:
        return MEASURES[measure]
    unit = next((unit for pattern, unit in _UNITS.items() if re.search(pattern, measure)), RATIO)
    plain = re.sub("_(s|h)$", "", measure).replace("_", " ")
    return MeasureWords(plain[0].upper() + plain[1:], unit, "")


@dataclass(frozen=True)
class Line:
    """A line of the side-by-side table: a measure, and over what time it is told (horizon figures: "")."""

    measure: str
    per: str = ""


CUSTOMER_LINES = (
    Line("service_level"),
    Line("abandonment_rate"),
    Line("mean_wait_s"),
    Line("wait_p90_s"),
    Line("need_resolution_rate"),
    Line("first_contact_resolution"),
    Line("contacts_per_need"),
    Line("reached_a_person_rate"),
    Line("unmet_needs", "year"),
    Line("effort"),
    Line("satisfaction"),
    Line("churn_risk"),
)
BOT_LINES = (Line("containment_rate"),)
LATER_LINES = (
    Line("due_rate"),
    Line("backlog"),
    Line("backlog_age_p95_h"),
    Line("callbacks", "week"),
    Line("chases", "week"),
    Line("tickets", "week"),
)
PEOPLE_LINES = (
    Line("occupancy"),
    Line("mean_concurrency"),
    Line("slot_occupancy"),
    Line("notices_reached", "week"),
    Line("after_notice", "week"),
    Line("paid_h", "week"),
    Line("peak_people"),
)
_MONEY = ("cost_labor", "cost_outsourced", "cost_bot", "cost_assist", "cost_other", "cost_total", "value")
MONEY_LINES = (
    *(Line(m, "week") for m in _MONEY),
    *(Line(m, "year") for m in _MONEY),
    Line("cost_per_resolved_need"),
)
GROUPS_OF_LINES = (
    ("Customers", CUSTOMER_LINES),
    ("Bot", BOT_LINES),
    ("Deferred work and callbacks", LATER_LINES),
    ("People", PEOPLE_LINES),
    ("Money", MONEY_LINES),
)
BY_TYPE = (
    "offered",
    "service_level",
    "abandonment_rate",
    "mean_wait_s",
    "wait_p90_s",
    "need_resolution_rate",
)


def label_of(line: Line, currency: str) -> str:
    """A line's heading with its unit: "Cost in all, USD a year"."""
    words = MEASURES[line.measure]
    sign = currency if words.unit.sign == "money" else words.unit.sign
    unit = "" if sign == "people" else sign
    per = f"a {line.per}" if line.per else ""
    after = " ".join(part for part in (unit, per) if part)
    return f"{words.label}, {after}" if after else words.label
