"""Arithmetic of spans: a value with how far it may lie off below and above."""

from __future__ import annotations

from results.study import Span
from sim.measures.estimates import Estimate


def span_of(found: Estimate) -> Span:
    """An estimate with its 95 % interval as a span."""
    value, half_width = found.value or 0.0, found.half_width
    if half_width is None:
        return Span(value)
    return Span(value, value - half_width, value + half_width)


def scaled(span: Span, factor: float) -> Span:
    """The span times a factor; a negative one swaps its ends."""
    value = span.value * factor
    if span.low is None or span.high is None:
        return Span(value)
    ends = sorted((span.low * factor, span.high * factor))
    return Span(value, ends[0], ends[1])


def added(one: Span, other: Span) -> Span:
    """Ends add up: a bound, whatever the two have to do with each other."""
    value = one.value + other.value
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Span(value)
    return Span(value, one.low + other.low, one.high + other.high)
