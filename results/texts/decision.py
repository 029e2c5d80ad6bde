"""The decision in two lines, and what stands beside it. Each combination of signs has its own sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from results.decision import is_clear
from results.formats import (
    COUNT,
    MONEY,
    RATIO,
    SMALL_MONEY,
    Unit,
    figure_parts,
    figure_text,
    range_text,
    value_text,
)
from results.study import Decision, Span
from sim.measures.estimates import Estimate

Sign = Literal["+", "−", "?"]
_A_UNIT_OF_MONEY = 1.0  # gaps below it are rounding

_VERDICTS: dict[tuple[Sign, Sign], str] = {
    ("+", "+"): "It loses if one unmet need costs more than {price}.",
    ("+", "−"): "It gains on both counts, whatever an unmet need costs.",
    ("+", "?"): "No price of an unmet need can be told: the interval of the unmet needs holds zero.",
    ("−", "+"): "It saves nothing and loses on both counts, whatever an unmet need costs.",
    ("−", "−"): "It saves nothing; it pays only if one need met is worth more than {price}.",
    ("−", "?"): "It saves nothing, and no gain in needs met can be told from chance that would pay for it.",
    (
        "?",
        "+",
    ): "It saves nothing that can be told from chance and leaves more undone: nothing speaks for it.",
    (
        "?",
        "−",
    ): "It costs nothing that can be told from chance and meets more needs: neither speaks against it.",
    ("?", "?"): "Neither a saving nor a price of an unmet need can be told: run more replications.",
}


def decision_lines(decision: Decision, currency: str) -> tuple[str, str]:
    """What the design saves and leaves undone; and the price of an unmet need at which it loses."""
    money, needs = sign_of(decision.saving), sign_of(decision.more_unmet)
    first = f"“{decision.label}” {_money_text(decision, money, currency)} and {_needs_text(decision, needs)}."
    return first, _verdict(decision, money, needs, currency)


def beside_lines(decision: Decision, currency: str) -> Iterator[str]:
    """The one-off cost, the plans' gaps, and what else the reader must know before signing."""
    if decision.one_off != 0.0:
        yield _one_off_text(decision, currency)
    if decision.planned and _gaps_matter(decision):
        yield _gaps_text(decision, currency)
    if sign_of(decision.in_time) == "−":
        yield f"Against it: {_late_text(decision.in_time)}."
    if not decision.planned:
        yield "Both run with the people of their files: no shifts were planned, so no saved people are in this figure."
    if decision.missed_by:
        plans, miss = ("plan", "misses its") if len(decision.missed_by) == 1 else ("plans", "miss their")
        names = " and ".join(f"“{label}”" for label in decision.missed_by)
        yield f"Not between equals yet: the {plans} of {names} {miss} target in places (see the plans)."


def sign_of(found: Estimate) -> Sign:
    """+ or − where the interval leaves zero out; ? where it does not."""
    if found.value is None or not is_clear(found):
        return "?"
    return "+" if found.value > 0.0 else "−"


def sign_of_span(span: Span) -> Sign:
    """+ or − where the whole span lies on that side of zero."""
    if span.low is None or span.high is None or span.low <= 0.0 <= span.high:
        return "?"
    return "+" if span.low > 0.0 else "−"


def _verdict(decision: Decision, money: Sign, needs: Sign, currency: str) -> str:
    price = "" if decision.price is None else _with_interval(decision.price, SMALL_MONEY, f"{currency} ")
    return _VERDICTS[money, needs].format(price=price)


def _money_text(decision: Decision, sign: Sign, currency: str) -> str:
    saving = decision.saving
    if sign == "?":
        return f"saves nothing that can be told from chance ({currency} {figure_text(saving, MONEY)} a year)"
    size = Estimate(abs(saving.value or 0.0), saving.half_width)
    amount = _with_interval(size, MONEY, f"{currency} ")
    return f"saves {amount} a year" if sign == "+" else f"costs {amount} a year more"


def _needs_text(decision: Decision, sign: Sign) -> str:
    more = decision.more_unmet
    if sign == "?":
        return f"leaves no more or fewer needs unmet than chance would ({figure_text(more, COUNT)} a year)"
    size = _with_interval(Estimate(abs(more.value or 0.0), more.half_width), COUNT)
    return f"leaves {size} more needs unmet" if sign == "+" else f"meets {size} more needs"


def _with_interval(found: Estimate, unit: Unit, before: str = "") -> str:
    value, half_width = figure_parts(found, unit)
    number = f"−{before}{value[1:]}" if value.startswith("−") else f"{before}{value}"
    return number if half_width is None else f"{number} (± {half_width})"


def _one_off_text(decision: Decision, currency: str) -> str:
    amount = f"{currency} {value_text(abs(decision.one_off), MONEY)}"
    if decision.one_off < 0.0:
        return f"Beside it: {amount} less to be paid once."
    saving = decision.saving.value or 0.0
    if saving <= 0.0 or sign_of(decision.saving) != "+":
        return f"Beside it: {amount} to be paid once, which no saving pays back."
    months = 12.0 * decision.one_off / saving
    return f"Beside it: {amount} to be paid once, as much as {months:,.1f} months of this saving."


def _late_text(in_time: Estimate) -> str:
    """Points of the share of deferred work that is done in time."""
    points = Estimate(-100.0 * (in_time.value or 0.0), 100.0 * (in_time.half_width or 0.0))
    value, half_width = figure_parts(points, RATIO)
    return f"of 100 pieces of deferred work, {value} (± {half_width}) fewer are done in time"


def _gaps_text(decision: Decision, currency: str) -> str:
    """How far the saving may lie off because no plan is exactly the cheapest that keeps the promise."""
    span = decision.saving_span
    if sign_of_span(span) != sign_of(decision.saving):
        within = range_text(span.low, span.high, MONEY)
        return (
            "What the plans may cost too much, by their gaps and by service above the promise, could turn this "
            f"around: with it the saving lies within {currency} {within} a year."
        )
    ends, what = (span.low, span.high), "the saving lies"
    if sign_of_span(span) == "−":
        ends, what = (-(span.high or 0.0), -(span.low or 0.0)), "the added cost lies"
    within = f"{currency} {range_text(*ends, MONEY)}"
    too_much = "what the plans may cost too much, by their gaps and by service above the promise"
    return f"With {too_much}, {what} within {within} a year."


def _gaps_matter(decision: Decision) -> bool:
    """Whether the plans' gaps add anything that the chance does not already say."""
    span, half_width = decision.saving_span, decision.saving.half_width or 0.0
    if span.low is None or span.high is None:
        return False
    return (span.high - span.low) / 2.0 > 1.01 * half_width + _A_UNIT_OF_MONEY
