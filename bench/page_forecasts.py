"""The page of forecasts: errors of every method, and whether our limits hold."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from bench.markdown import markdown_table
from calibration.forecast import Forecast
from calibration.forecast.accuracy import Accuracy, value_of

ATTRIBUTION = (
    'Call-center data of "Anonymous Bank" 1999, collected by Ilan Guedj and Avi Mandelbaum, Technion; customers and '
    "agents re-pseudonymized."
)
LIMITS_FROM = (
    "Limits of January to April come from how far the forecasts from the other origins missed, those of May from how "
    "far all of them did."
)
WIDTH = 118
Found = tuple[Accuracy, ...]


@dataclass(frozen=True)
class Told:
    """A method's figures: of the history by rolling origins, and of May."""

    name: str
    tested: Found
    may: Found


def page(told: list[Told], made: Forecast, may: Found) -> str:
    """From every method's figures, our forecast of May, and how far it missed."""
    parts = [
        "# Forecasts of a bank's calls",
        _wrapped(f"Remade by `python -m bench.forecasts`. {ATTRIBUTION}"),
        _wrapped(_what(made)),
        "## Error, all types of calls together: WAPE",
        _errors(told),
        _wrapped(_chance(may)),
        "## Do the 90 % limits of `ccplan forecast` hold?",
        _limits(made.accuracy, may),
        _wrapped(LIMITS_FROM),
    ]
    return "\n\n".join(parts) + "\n"


def _what(made: Forecast) -> str:
    history, n_usual = made.history, int(made.days.usual.sum())
    return (
        f"January to April 1999 ({int(history.counted.sum()):,} calls offered to people on {history.n_days} days, of "
        f"which {n_usual} were usual) forecast the four weeks from 1 May, which no method has seen, and before that "
        f"themselves: four weeks at a time, from the days before ({made.n_tested} days, of which {made.n_usual} were "
        "usual). WAPE is the sum of misses ÷ the calls that came. Usual days leave out those with a hole in the "
        "record, a surge, or other hours than the weekday's, which nobody can tell beforehand from counts. The "
        "library takes no gaps: on such days it is given the mean of their weekday."
    )


def _errors(told: list[Told]) -> str:
    spans = [f"{when}, {by}" for when in ("January to April", "May") for by in ("half hours", "days")]
    head = ["method", *spans, "May with unusual days, half hours", "days"]
    return "\n".join(markdown_table(head, ([one.name, *_row(one)] for one in told)))


def _row(one: Told) -> list[str]:
    usual = [value_of(found, "wape", by) for found in (one.tested, one.may) for by in ("interval", "day")]
    every = [value_of(one.may, "wape", by, "all") for by in ("interval", "day")]
    return [_percent(value) for value in (*usual, *every)]


def _chance(may: Found) -> str:
    by_interval, by_day = (_percent(value_of(may, "wape_of_chance", by)) for by in ("interval", "day"))
    return (
        f"Were the true expectations of May known, chance alone would leave {by_interval} by half hour and {by_day} "
        "by day: some forty calls in a half hour are few. A large bank, with hundreds of them, is known to see some "
        "7 % by half hour with the same method."
    )


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, break_on_hyphens=False))


def _limits(tested: Found, may: Found) -> str:
    head = ["within limits", "January to April, usual days", "May, usual days", "May, all days"]
    columns: list[tuple[Found, str]] = [(tested, "usual"), (may, "usual"), (may, "all")]
    rows = (
        [said, *(_percent(value_of(found, "within_limits", by, days)) for found, days in columns)]
        for said, by in (("half hours", "interval"), ("days", "day"))
    )
    return "\n".join(markdown_table(head, rows))


def _percent(value: float) -> str:
    return f"{100.0 * value:.1f} %"
