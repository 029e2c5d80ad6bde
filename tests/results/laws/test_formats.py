"""Laws: numbers are rounded to what their interval supports, and what is missing is a dash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.formats import (
    COUNT,
    MISSING,
    MONEY,
    PERCENT,
    RATIO,
    SECONDS,
    Unit,
    figure_text,
    range_text,
    value_text,
)
from sim.measures.estimates import Estimate

UNITS = st.sampled_from([COUNT, MONEY, PERCENT, RATIO, SECONDS])
NUMBERS = st.floats(-1e7, 1e7, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "half_width", "unit", "text"),
    [
        (0.84321, 0.0031, PERCENT, "84.32 ± 0.31"),
        (0.84321, 0.031, PERCENT, "84.3 ± 3.1"),
        (0.84321, 0.31, PERCENT, "84 ± 31"),
        (0.84321, 0.0000031, PERCENT, "84.3 ± 0"),
        (12345.6, 1234.0, MONEY, "12,300 ± 1,200"),
        (-12345.6, 12.0, MONEY, "−12,346 ± 12"),
        (12345.6, 0.0, MONEY, "12,346 ± 0"),
        (-0.001, 0.2, SECONDS, "0.00 ± 0.20"),
        (3.0, None, SECONDS, "3.0 ± —"),
        (None, None, SECONDS, "—"),
        (99.96, 0.096, COUNT, "100.0 ± 0.1"),
    ],
)
def test_examples(value: float | None, half_width: float | None, unit: Unit, text: str) -> None:
    assert figure_text(Estimate(value, half_width), unit) == text


@given(NUMBERS, st.floats(0, 1e6), UNITS)
def test_what_is_written_lies_within_a_tenth_of_the_half_width(
    value: float, half_width: float, unit: Unit
) -> None:
    """Two digits of the half-width: rounding moves the value by at most a twentieth of it, or its last decimal."""
    text = figure_text(Estimate(value, half_width), unit).split(" ± ")[0]
    read = float(text.replace("−", "-").replace(",", "")) / unit.factor
    last_decimal = 0.5 * 10.0**-unit.decimals / unit.factor
    assert abs(read - value) <= max(0.05 * half_width, last_decimal) * 1.000001


@given(NUMBERS, UNITS)
def test_zero_has_no_sign(value: float, unit: Unit) -> None:
    text = value_text(value, unit, signed=True)
    is_zero = not any(digit in text for digit in "123456789")
    assert (text[0] in "+−") is not is_zero


def test_missing() -> None:
    assert value_text(None, MONEY) == MISSING
    assert value_text(float("nan"), MONEY) == MISSING
    assert range_text(None, 3.0, MONEY) == MISSING
    assert figure_text(None, MONEY) == MISSING


def test_ranges_share_their_places() -> None:
    assert range_text(-1234.5, 4321.0, MONEY) == "−1,200 to 4,300"
