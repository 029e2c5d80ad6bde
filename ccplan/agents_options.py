"""The options of `ccplan agents`, from texts to one question; all faults at once.

Nothing heavy is imported here, so help and refusals are instant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from ccplan.option_values import Refused, duration_s, is_number, number, people, service_level_target, share

LARGEST_LOAD_ERL = 200_000.0
USUAL_AWT_S = 20.0

# The options that limit service, and the names of their limits in the theory.
LIMITS = {
    "max_abandonment": "max_abandonment_rate",
    "max_mean_wait": "max_mean_wait_s",
    "max_delay_rate": "max_delay_rate",
    "max_occupancy": "max_occupancy",
    "min_answer_rate": "min_answer_rate",
}

READERS: Mapping[str, Callable[[str], float]] = {
    "calls": number,
    "per": duration_s,
    "aht": duration_s,
    "patience": duration_s,
    "agents": people,
    "target": lambda text: service_level_target(text)[0],
    "awt": duration_s,
    "max_abandonment": share,
    "max_mean_wait": duration_s,
    "max_delay_rate": share,
    "max_occupancy": share,
    "min_answer_rate": share,
    "cost_per_h": number,
}


@dataclass(frozen=True)
class Question:
    """What the planner gave; None: to be found, or not asked."""

    calls: float | None
    per_s: float
    mean_handle_s: float
    mean_patience_s: float | None
    n_agents: int | None
    limits: Mapping[str, float]
    awt_s: float
    cost_per_h: float | None

    @property
    def sought(self) -> str:
        """The side of the triangle to be found; with all three given, the service is held against the target."""
        if self.calls is None:
            return "load"
        return "people" if self.n_agents is None else "service"


def question_of(options: Mapping[str, str | None], unknown: Sequence[str]) -> Question:
    """Read all options; raise `scenarios.FaultyInput` with every fault."""
    given = {name: text for name, text in options.items() if text is not None}
    faults = _unknown_options(unknown, options)
    values: dict[str, float] = {}
    for name, text in given.items():
        try:
            values[name] = READERS[name](text)
        except Refused as refused:
            faults.append((_flag(name), f"got '{text}'", refused.expected, refused.hint))
    faults += _missing(given) + _contradictions(given) + _too_large(values)
    if faults:
        refuse(faults)
    limits = {limit: values[name] for name, limit in LIMITS.items() if name in values}
    if "target" in given:
        limits["share"], limits["awt_s"] = service_level_target(given["target"])
    agents = values.get("agents")
    return Question(
        calls=values.get("calls"),
        per_s=values["per"],
        mean_handle_s=values["aht"],
        mean_patience_s=values.get("patience"),
        n_agents=None if agents is None else int(agents),
        limits=limits,
        awt_s=limits.get("awt_s", values.get("awt", USUAL_AWT_S)),
        cost_per_h=values.get("cost_per_h"),
    )


Fault = tuple[str, str, str, str]


def refuse(faults: Sequence[Fault]) -> NoReturn:
    """Raise all faults as the scenarios room does."""
    from scenarios import Fault as FileFault
    from scenarios import FaultyInput

    raise FaultyInput(FileFault("ccplan agents", *fault) for fault in faults)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _unknown_options(unknown: Sequence[str], options: Mapping[str, object]) -> list[Fault]:
    """Options that do not exist, each with the nearest; a word after one is taken as its value."""
    flags = [_flag(name) for name in options]
    faults: list[Fault] = []
    follows_unknown = False
    for word in unknown:
        if word.startswith("-") and not is_number(word):
            near = get_close_matches(word.split("=")[0], flags, n=1)
            hint = f"did you mean '{near[0]}'?" if near else ""
            faults.append((word.split("=")[0], "unknown option", "", hint))
            follows_unknown = "=" not in word
        elif follows_unknown:
            follows_unknown = False
        else:
            faults.append((word, "a word without an option", "", "every value follows its option"))
    return faults


def _missing(given: Mapping[str, str]) -> list[Fault]:
    faults: list[Fault] = []
    if "aht" not in given:
        faults.append(
            ("--aht", "missing", "the mean handle time: talk, hold and wrap-up", "such as 360 or 6min")
        )
    service = any(name in given for name in ("target", *LIMITS))
    sides = {
        "load (--calls)": "calls" in given,
        "people (--agents)": "agents" in given,
        "service (--target)": service,
    }
    if sum(sides.values()) < 2:
        found = " and ".join(side for side, is_given in sides.items() if is_given)
        found = f"got only {found}" if found else "got none"
        expected = "two of load (--calls), people (--agents) and service (--target, or a limit such as --max-occupancy)"
        faults.append(("the triangle", found, expected, ""))
    return faults


def _contradictions(given: Mapping[str, str]) -> list[Fault]:
    needs_patience = [
        name for name in ("max_abandonment", "min_answer_rate") if name in given and "patience" not in given
    ]
    faults: list[Fault] = [
        (_flag(name), "needs --patience", "", "without it nobody abandons: Erlang C")
        for name in needs_patience
    ]
    if "awt" in given and "target" in given:
        faults.append(
            ("--awt", f"got '{given['awt']}' beside --target {given['target']}", "one of the two", "")
        )
    return faults


def _too_large(values: Mapping[str, float]) -> list[Fault]:
    if not {"calls", "per", "aht"} <= values.keys():
        return []
    load = values["calls"] / values["per"] * values["aht"]
    if load <= LARGEST_LOAD_ERL:
        return []
    found = f"calls ÷ per × aht is {load:,.0f} erlangs"
    return [
        (
            "--calls, --per, --aht",
            found,
            f"at most {LARGEST_LOAD_ERL:,.0f}",
            "is --per the time of these calls?",
        )
    ]
