"""Laws of random times: their parameters go together."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import fsum, isclose
from typing import Any

from scenarios.calendar_days import clock_s
from scenarios.faults import Finding, Path, as_written, got
from scenarios.laws import ByTime, Empirical, Hyperexponential, Law, Mixture, Uniform
from scenarios.scenario import Scenario
from scenarios.table import Table

MIDNIGHT = "24:00"


def laws_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Law]]:
    """Every law of a scenario with its path, those inside mixtures too."""
    if isinstance(value, Law):
        yield path, value
    if isinstance(value, Table):
        for name, field in type(value).model_fields.items():
            yield from laws_in(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from laws_in(inner, (*path, key))
    elif isinstance(value, tuple) and value and isinstance(value[0], Table):
        for n, inner in enumerate(value):
            yield from laws_in(inner, (*path, n))


def uniform_is_in_order(scenario: Scenario) -> Iterator[Finding]:
    """Low is below high."""
    for path, law in laws_in(scenario):
        if isinstance(law, Uniform) and law.low >= law.high:
            yield Finding((*path, "high"), got(law.high), f"more than low ({as_written(law.low)})")


def shares_of_a_law_add_up(scenario: Scenario) -> Iterator[Finding]:
    """Shares of a mixture or a hyperexponential add up to 1."""
    for path, law in laws_in(scenario):
        if isinstance(law, Mixture):
            yield from _adds_up((*path, "of"), [part.share for part in law.of])
        if isinstance(law, Hyperexponential):
            yield from _adds_up((*path, "shares"), law.shares)


def _adds_up(path: Path, shares: Any) -> Iterator[Finding]:
    total = fsum(shares)
    if not isclose(total, 1.0, abs_tol=1e-9):
        yield Finding(path, f"shares add up to {total:.10g}", "1")


def a_mean_for_each_share(scenario: Scenario) -> Iterator[Finding]:
    """A hyperexponential has as many means as shares."""
    for path, law in laws_in(scenario):
        if isinstance(law, Hyperexponential) and len(law.means) != len(law.shares):
            yield Finding(
                (*path, "means"), f"got {len(law.means)} means", f"{len(law.shares)}, one for each share"
            )


def only_patience_balks(scenario: Scenario) -> Iterator[Finding]:
    """A balking share belongs to patience, and there to the whole law."""
    for path, law in laws_in(scenario):
        if law.balk_share and path[-1] != "patience_s":
            yield Finding(
                (*path, "balk_share"),
                "stands in a law that is not patience_s",
                "patience_s alone to have one",
            )


def times_of_a_law_cover_the_day(scenario: Scenario) -> Iterator[Finding]:
    """A law that varies with the clock goes on until midnight, each part ending later than the one before."""
    for path, law in laws_in(scenario):
        if not isinstance(law, ByTime):
            continue
        if not law.by or law.by[-1].until != MIDNIGHT:
            found = f"ends at {law.by[-1].until}" if law.by else "says nothing"
            yield Finding((*path, "by"), found, f'the last "until" to be "{MIDNIGHT}"')
        ends = ("00:00", *(part.until for part in law.by))
        for n, (before, until) in enumerate(pairwise(ends)):
            if clock_s(until) <= clock_s(before):
                yield Finding((*path, "by", n, "until"), got(until), f"later than {before}")


def only_a_whole_law_varies(scenario: Scenario) -> Iterator[Finding]:
    """A law that varies with the clock stands inside no other."""
    whole = {path for path, _ in laws_in(scenario)}
    for path, law in laws_in(scenario):
        if isinstance(law, ByTime) and any(path[:n] in whole for n in range(len(path))):
            expected = "a law that is the same all day, as it is part of another"
            yield Finding((*path, "by"), "varies by time of day", expected)


def a_sample_has_values(scenario: Scenario) -> Iterator[Finding]:
    """An empirical law has values, of its own or from a file."""
    for path, law in laws_in(scenario):
        if isinstance(law, Empirical) and not law.values:
            yield Finding(path, "says no values", "file and column, or values")
        elif isinstance(law, Empirical) and law.file is not None:
            yield Finding(path, "has file and values", "one of them")


def a_sample_is_no_part_of_a_mixture(scenario: Scenario) -> Iterator[Finding]:
    """A sample stands alone, or in a law that varies with the clock."""
    for path, law in laws_in(scenario):
        for n, part in enumerate(law.of if isinstance(law, Mixture) else ()):
            if isinstance(part.law, Empirical):
                yield Finding(
                    (*path, "of", n, "law"),
                    "is a sample",
                    "a law with parameters, as it is part of a mixture",
                )
