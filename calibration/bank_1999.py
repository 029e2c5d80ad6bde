"""Writes the scenario bank-1999 from the bank's record: python -m calibration.bank_1999 [DATA_DIR].

Every measured figure of scenarios/catalog/bank-1999.toml comes from here; the file is what this module writes.
"""

import sys
from pathlib import Path

import numpy as np

from calibration.bank_calls import TYPES
from calibration.bank_figures import BankFigures, Lognormal, read_figures
from calibration.bank_prose import ATTRIBUTION, LABELS, head, settings, sources
from calibration.bank_returns import CALL_BACK
from calibration.people.heads import whole_heads
from calibration.toml_text import by_class, lognormal_law, number, patience_law, share, talk_law

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "bank-1999"
SCENARIO = ROOT / "scenarios" / "catalog" / "bank-1999.toml"

MENU_SHARE = 0.65
"""Of all calls, those that ended in the voice menu; Brown et al. (2005)."""
ENOUGH_FOR_A_DAY = 500.0
"""Calls a week from which a type's target holds day by day."""


def main(folder: Path, file: Path) -> None:
    """Measures the record in the folder and writes the scenario."""
    file.write_text(scenario_text(read_figures(folder)), encoding="utf-8")
    print(f"{file} written from {folder}. {ATTRIBUTION}")


def scenario_text(found: BankFigures) -> str:
    """The whole file."""
    parts = [
        head(),
        _busyness(found),
        *(_contact_type(found, name) for name in TYPES),
        _group(found),
        _menu(found),
        settings(),
        sources(found),
    ]
    return "\n".join(parts)


def _busyness(found: BankFigures) -> str:
    return (
        "[busyness]                             # each type has its own day_cv below\n"
        f"day_cv = {number(found.busy_days.cv)}\n"
        f"correlation = {number(found.busy_days.correlation, 2)}\n"
    )


def _contact_type(found: BankFigures, name: str) -> str:
    column = TYPES.index(name)
    key = f"contact_type.{name.lower()}"
    callers = 1.0 if name == CALL_BACK else 1.0 - MENU_SHARE
    arrivals = {day_class: table[:, column] / callers for day_class, table in found.fresh.items()}
    return "\n".join(
        [
            f"[{key}]",
            f'label = "{LABELS[name]}"',
            'channel = "voice"',
            f"talk_s = {talk_law(found.talk[name])}",
            f"wrap_up_s = {lognormal_law(found.wrap_up_s)}",
            f"patience_s = {patience_law(found.patience[name])}",
            f"day_cv = {number(found.busy_days.cv_by_type[column], 2)}",
            *_returns(found, name),
            _target(found, name),
            "short_abandon_s = 5",
            "",
            f"[{key}.arrivals.per_interval]",
            by_class(arrivals),
            "",
        ]
    )


def _target(found: BankFigures, name: str) -> str:
    """80/20 over the day; over the week where a day has only a few calls, and a share of them says little."""
    over = "day" if found.offered_per_week[TYPES.index(name)] >= ENOUGH_FOR_A_DAY else "week"
    return f'service_target = {{ share = 0.80, awt_s = 20, over = "{over}" }}'


def _returns(found: BankFigures, name: str) -> list[str]:
    """Who gives up and who is cut off calls again; the bank's own call-backs do not."""
    if name == CALL_BACK:
        return []
    again, soon = found.redial[name], found.reconnect
    spread = float(np.sqrt((soon.mean_delay_s / soon.median_delay_s) ** 2 - 1.0))
    delay_h = lognormal_law(Lognormal(soon.mean_delay_s / 3600.0, spread))
    delay_s = f'{{ law = "exponential", mean = {number(again.mean_delay_s)} }}'
    return [
        f"redial = {{ share = {number(again.share, 2)}, delay_s = {delay_s}, skip_bot = true }}",
        f"resolution_rate = {share(1.0 - found.talk[name].hang_up_share)}",
        f"reconnect = {{ share = {number(soon.share, 2)}, delay_h = {delay_h}, skip_bot = true }}",
    ]


def _group(found: BankFigures) -> str:
    skills = ", ".join(f'"{name.lower()}"' for name in TYPES)
    heads = {day_class: whole_heads(people).astype(np.float64) for day_class, people in found.present.items()}
    return "\n".join(
        [
            "[agent_group.team]",
            'label = "The bank\'s agents"',
            f"skills = [{skills}]",
            'policy = "longest_wait"',
            "shrinkage = { planned = 0.10, absent = 0.05, adherence = 0.95 }",
            "cost_per_h = 25.0",
            "",
            "[agent_group.team.agents.present_per_interval]",
            by_class(heads),
            "",
        ]
    )


def _menu(found: BankFigures) -> str:
    solved = round(100 * MENU_SHARE)
    tables = [
        "[bot.self_service]",
        'label = "Voice menu of 1999"',
        "always_on = false",
        "selectivity = 0.0",
        "",
    ]
    for name in TYPES:
        if name != CALL_BACK:
            tables += [
                f"[bot.self_service.contact_type.{name.lower()}]",
                f"of_100 = {{ solved = {solved}, handed_over = {100 - solved} }}",
                f"session_s = {lognormal_law(found.menu_s)}",
                "",
            ]
    return "\n".join(tables)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA, SCENARIO)
