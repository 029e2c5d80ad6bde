"""What the scenario bank-1999 says in words: its head, the assumptions nobody measured, and where figures come from."""

from calibration.bank_calls import TYPES
from calibration.bank_figures import BankFigures
from calibration.toml_text import number, share

ATTRIBUTION = (
    'Call-center data of "Anonymous Bank" 1999, collected by Ilan Guedj and Avi Mandelbaum, Technion; '
    "customers and agents re-pseudonymized."
)

LABELS = {
    "PS": "Regular customer",
    "PE": "Customer, in English",
    "IN": "Internet support",
    "NE": "Stock exchange",
    "NW": "Prospective customer",
    "TT": "Call-back by the bank",
}

RECORD = "the bank's record, January to May 1999"


def head() -> str:
    """Name, what it is, how the file is made, and the week."""
    return f"""#:schema ../scenario.schema.json
# Written by `python -m calibration.bank_1999` from the bank's own record: change the calibration, not this file.
# {ATTRIBUTION}
#
# The record holds the calls that asked for a person. 65 of 100 callers never did: the voice menu answered them.
# So arrivals here are all callers: first calls that asked for a person, divided by 0.35. Callers who gave up or
# were cut off and call again are taken off first, because redial and reconnect bring them back; they are counted
# as wanting a person at once (skip_bot).
# Not in the model: regular customers' 1.5 minutes head start by priority (longest wait first for all instead);
# call-backs that wait until somebody is free; that only some of the people served internet support and the stock
# exchange; holidays, surges, and Saturday openings that follow the sun (the week is one of mid-March); talk that is
# longest from 9:00 to 16:00, and a fifth shorter early and late.
# results/published/bank-1999-history.md holds the model against what happened.
name = "bank-1999"
label = "People and a voice menu"
summary = "A small bank's call center, January to May 1999: a voice menu first, one team for everybody else."

[calendar]
start = 1999-03-14
days = 7
interval_min = 30
hours = {{ sun-thu = "07:00-24:00", fri = "07:00-14:00", sat = "20:00-24:00" }}
"""


def settings() -> str:
    """Currency and the rules of a plan; assumptions all."""
    return """[money]
currency = "USD"

[plan]
shift_lengths_h = [4, 6, 8]
starts = { from = "07:00", to = "20:00", every_min = 30 }
breaks = [{ min = 30, window_h = [1.5, 3] }]
days_per_week = 5
consecutive_days_off = true
min_present = 1
under_coverage = "priced"
"""


def sources(found: BankFigures) -> str:
    """The table [sources]: for each figure what it rests on."""
    lines = ["[sources]"]
    for key, (says, grade) in _says(found).items():
        graded = f', grade = "{grade}"' if grade else ""
        lines.append(f'"{key}" = {{ says = "{says}"{graded} }}')
    return "\n".join(lines) + "\n"


def _says(found: BankFigures) -> dict[str, tuple[str, str]]:
    says = {
        "calendar.hours": (f"{RECORD}; Saturdays open after sunset, around 20:00 in March", "A"),
        "busyness": (_busy_days(found), "A"),
        "bot.self_service": (
            "assumed: the menu runs in opening hours, and whoever it answered needed no more",
            "",
        ),
        **_of_types(found),
        **_of_group(found),
        "money": ("assumed", ""),
        "plan": ("assumed", ""),
    }
    for name in _bot_types():
        key = f"bot.self_service.contact_type.{name.lower()}"
        says[f"{key}.of_100"] = (
            "65 % of calls end in the voice menu, Brown et al. 2005; not known by type",
            "A",
        )
        says[f"{key}.session_s"] = (f"{RECORD}: calls that went on to a person; assumed for the others", "A")
    return says


def _bot_types() -> tuple[str, ...]:
    return TYPES[:-1]


def _busy_days(found: BankFigures) -> str:
    return (
        f"{RECORD}: daily totals of {sum(len(days) for days in found.usual.values())} days without holes or surges, "
        "around their weekday's mean, chance of the counts taken off; the months' trend is in it"
    )


def _of_types(found: BankFigures) -> dict[str, tuple[str, str]]:
    says: dict[str, tuple[str, str]] = {}
    for name in TYPES:
        key = f"contact_type.{name.lower()}"
        says |= {
            f"{key}.arrivals": (_arrivals(found, name), "A"),
            f"{key}.talk_s": (_talk(found, name), "A"),
            f"{key}.wrap_up_s": (_wrap_up(), "A"),
            f"{key}.patience_s": (_patience(found, name), "A"),
            f"{key}.day_cv": (_busy_days(found), "A"),
            f"{key}.service_target": ("assumed: the bank had no target", ""),
        }
        if name in _bot_types():
            says[f"{key}.redial"] = (_redial(found, name), "A")
            says[f"{key}.resolution_rate"] = (_resolution(), "A")
            says[f"{key}.reconnect"] = (_reconnect(found), "A")
    return says


def _arrivals(found: BankFigures, name: str) -> str:
    column = TYPES.index(name)
    offered, first = found.offered_per_week[column], found.fresh_per_week[column]
    if name not in _bot_types():
        return f"{RECORD}: {number(offered)} calls a week, which the bank made and nobody was free to take"
    return (
        f"{RECORD}: {number(offered)} calls a week asked for a person, {number(first)} of them first calls; "
        "divided by the 0.35 that the menu did not answer"
    )


def _talk(found: BankFigures, name: str) -> str:
    short = found.talk[name].hang_up_share
    if name in _bot_types():
        return f"{RECORD}; {number(100 * short, 2)} % under 10 s, when agents hung up"
    return f"{RECORD}; {number(100 * short, 2)} % under 10 s, when nobody was reached"


def _wrap_up() -> str:
    return f"{RECORD}: pause to an agent's next call while three or more callers wait, up to two minutes; all types"


def _patience(found: BankFigures, name: str) -> str:
    kinds = "two kinds of callers" if len(found.patience[name].means_s) > 1 else "one exponential"
    return (
        f"{RECORD}: maximum likelihood with censoring, {kinds}; over all types the Kaplan-Meier median is "
        f"{number(found.survival.median_s)} s, the mean wait of those who left "
        f"{number(found.mean_wait_of_those_who_left_s, 2)} s"
    )


def _redial(found: BankFigures, name: str) -> str:
    again = found.redial[name]
    own = "" if name in ("PS", "NE") else "; all types together, for want of known callers of this one"
    return (
        f"{RECORD}: known callers back within an hour, beyond those who call again after a service: "
        f"{share(again.seen_share)} seen, a lower bound, divided by the {number(again.known_share, 2)} of calls "
        f"then that had a known caller{own}"
    )


def _resolution() -> str:
    return (
        f"{RECORD}: all services but those under 10 s, when agents hung up; other failures do not show in it"
    )


def _reconnect(found: BankFigures) -> str:
    soon = found.reconnect
    return (
        f"{RECORD}: known callers back within an hour of an agent hanging up, beyond those who call again anyway: "
        f"{share(soon.seen_share)} seen, a lower bound, divided by the {number(soon.known_share, 2)} of calls then "
        "that had a known caller; all types; assumed to hold after any need that was not met"
    )


def _skills(found: BankFigures) -> str:
    n, serving = found.regulars.n, found.regulars.serving
    counted = ", ".join(f"{name.lower()} {serving[name]}" for name in TYPES)
    return (
        f"{RECORD}: of {n} people with 500 services or more, these gave a type at least 1 % of them: {counted}; "
        "one team is the simplest reading, kinder to pe, in and ne than the bank was"
    )


def _people() -> str:
    return (
        f"{RECORD}: estimated from spells of work, pauses up to ten minutes included, as no log-in data exist; "
        "mean of usual days, whole people, rounding carried on"
    )


def _shrinkage(found: BankFigures) -> str:
    away = number(100 * found.away_share, 2)
    return f"assumed; in the record {away} % of the time in spells of work callers wait for people who do not take them"


def _of_group(found: BankFigures) -> dict[str, tuple[str, str]]:
    return {
        "agent_group.team.skills": (_skills(found), "A"),
        "agent_group.team.policy": (
            "assumed: longest wait first, without the head start of priority customers",
            "",
        ),
        "agent_group.team.agents": (_people(), "B"),
        "agent_group.team.shrinkage": (_shrinkage(found), ""),
        "agent_group.team.cost_per_h": ("assumed: fully loaded, money of today", ""),
    }
