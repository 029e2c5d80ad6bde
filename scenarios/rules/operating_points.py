"""Operating points of a bot: in order, within 100, and one of them is where it stands; what it closes at peak."""

from collections.abc import Iterator
from itertools import pairwise

from scenarios.bots import AtPeak, BotContactType, OperatingPoint
from scenarios.faults import Finding, Path, as_written, got
from scenarios.scenario import Scenario

_ROUNDING = 1e-6


def _parts(scenario: Scenario) -> Iterator[tuple[Path, BotContactType]]:
    for bot_name, bot in scenario.bot.items():
        for name, part in bot.contact_type.items():
            yield ("bot", bot_name, "contact_type", name), part


def operating_points_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """Each point solves more than the one before it, and is wrong at least as often."""
    for path, part in _parts(scenario):
        if len(part.operating_points) == 1:
            yield Finding((*path, "operating_points"), "has one point", "two or more, or of_100 alone")
        for n, (before, point) in enumerate(pairwise(part.operating_points), start=1):
            inner: Path = (*path, "operating_points", n)
            if point.solved <= before.solved:
                expected = f"more than the point before ({as_written(before.solved)})"
                yield Finding((*inner, "solved"), got(point.solved), expected)
            if point.wrongly_closed < before.wrongly_closed:
                expected = f"at least as many as at the point before ({as_written(before.wrongly_closed)})"
                yield Finding((*inner, "wrongly_closed"), got(point.wrongly_closed), expected)


def what_is_closed_is_at_most_all(scenario: Scenario) -> Iterator[Finding]:
    """At every point and at peak: solved, wrongly closed and left are not more than 100."""
    for path, part in _parts(scenario):
        closing: list[tuple[Path, OperatingPoint | AtPeak]] = [
            ((*path, "operating_points", n), point) for n, point in enumerate(part.operating_points)
        ]
        closing += [((*path, "at_peak"), part.at_peak)] if part.at_peak else []
        for inner, point in closing:
            total = point.solved + point.wrongly_closed + part.of_100.left
            if total > 100.0 + _ROUNDING:
                found = f"adds up to {total:.10g} with those who leave ({as_written(part.of_100.left)})"
                yield Finding(inner, found, "at most 100")


def a_bot_stands_somewhere(scenario: Scenario) -> Iterator[Finding]:
    """Points are settings, and one is chosen: by a position along them, or by of_100."""
    for path, part in _parts(scenario):
        if part.operating_point is not None and not part.operating_points:
            yield Finding(
                (*path, "operating_point"), "stands without operating_points", "both, or of_100 alone"
            )
        if part.operating_points and part.operating_point is None and "of_100" not in part.model_fields_set:
            found = "do not say where the bot stands"
            yield Finding(
                (*path, "operating_points"), found, "operating_point (from 0 to 1) or of_100 beside them"
            )


def of_100_is_an_operating_point(scenario: Scenario) -> Iterator[Finding]:
    """Where both stand, of_100 is one of the points or between two neighbors, in what is solved and what is wrong."""
    for path, part in _parts(scenario):
        chosen = part.operating_point is None and "of_100" in part.model_fields_set
        if len(part.operating_points) > 1 and chosen and not _is_between(part):
            at, points = part.of_100, part.operating_points
            found = f"solves {as_written(at.solved)} with {as_written(at.wrongly_closed)} wrongly closed"
            spans = [_span(before, after) for before, after in pairwise(points)]
            yield Finding((*path, "of_100"), found, f"between operating points: {' or '.join(spans)}")


def _is_between(part: BotContactType) -> bool:
    at = part.of_100
    return any(
        before.solved - _ROUNDING <= at.solved <= after.solved + _ROUNDING
        and before.wrongly_closed - _ROUNDING <= at.wrongly_closed <= after.wrongly_closed + _ROUNDING
        for before, after in pairwise(part.operating_points)
    )


def _span(before: OperatingPoint, after: OperatingPoint) -> str:
    solved = f"{as_written(before.solved)} to {as_written(after.solved)} solved"
    return f"{solved} with {as_written(before.wrongly_closed)} to {as_written(after.wrongly_closed)}"
