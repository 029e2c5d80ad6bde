"""Whether a simulated figure is as near to an exact one as its standard error allows.

Four standard errors, by Student's t over replications: with 30 replications a right engine is further away once in
2,500 figures, with 60 once in 5,600. Each test says how many figures it looks at. Seeds are fixed, so the chance is
taken once, when a test is written.
"""

from __future__ import annotations

from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.measures.scopes import Scope
from sim.measures.student import t_factor

ALLOWED_ERRORS = 4.0


def standard_error(result: Result, measure: str, scope: Scope = "total", name: str = "") -> float:
    """Of a figure of the whole run."""
    return standard_error_of(result, result.estimate(measure, scope, name))


def standard_error_of(result: Result, found: Estimate) -> float:
    """The half-width without Student's factor."""
    assert found.half_width is not None
    return found.half_width / t_factor(result.replications - 1)


def assert_near(
    result: Result,
    measure: str,
    exact: float,
    scope: Scope = "total",
    name: str = "",
    *,
    largest_error: float | None = None,
) -> None:
    """Within four standard errors, which are at most 3 % of the exact value unless told otherwise."""
    found, error = result.value(measure, scope, name), standard_error(result, measure, scope, name)
    assert error <= (0.03 * exact if largest_error is None else largest_error), (measure, name, exact, error)
    assert abs(found - exact) <= ALLOWED_ERRORS * error, (measure, name, exact, found, error)
