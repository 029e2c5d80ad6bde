"""A faulty table made sound enough to go on asking, so that one look finds every fault.

Whatever is wrong is taken out, and what must be there but is not gets a stand-in. The result is never handed
out: it only lets the rules across keys be asked of all that is not concerned.
"""

from copy import deepcopy
from datetime import datetime
from typing import Any, get_origin

from scenarios.faults import Finding, Path, step_into
from scenarios.laws import Law
from scenarios.not_built import matches
from scenarios.scenario import Scenario
from scenarios.translating import findings_in, without_misspelled
from scenarios.walking import field_at, kinds, limits_of

MISSING = "missing"
NAMED = ("contact_type", "agent_group", "bot")
MOST_ROUNDS = 30
STAND_INS: dict[str, Any] = {
    "name": "unnamed",
    "contact_type": {},
    "agent_group": {},
    "contact_type.*.channel": "voice",
    "contact_type.*.arrivals": {"per_h": 1},
    "contact_type.*.talk_s": 1,
    "agent_group.*.skills": [],
    "agent_group.*.agents": {"present": 1},
}
BY_KIND: dict[str, Any] = {"str": "unnamed", "tuple": [], "datetime": datetime(2000, 1, 1)}


def without(data: Any, paths: set[Path]) -> Any:
    """A copy of the data without what stands at those paths; of a list with a faulty entry, without the list."""
    data = deepcopy(data)
    for path in paths:
        _remove(data, path)
    return data


def mended(data: Any, faulty: set[Path]) -> tuple[Scenario | None, list[Finding]]:
    """A scenario from what is sound, and every finding that is not merely about what was taken out before."""
    findings: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        found = findings_in(Scenario, data)
        if not found:
            return Scenario.model_validate(data), without_misspelled(findings)
        findings += [finding for finding in found if not is_hidden(finding, faulty)]
        faulty = faulty | {finding.path for finding in found}
        data = _repaired(data, found)
    return None, without_misspelled(findings)


def is_hidden(finding: Finding, faulty: set[Path]) -> bool:
    """Whether a finding only follows from a fault that is known: at, around or inside its place."""
    path = finding.path
    if any(path[: len(known)] == known for known in faulty):
        return True
    is_named = len(path) <= 2 or path[-2] == "contact_type" or isinstance(path[-1], int)
    return not is_named and any(known[: len(path)] == path for known in faulty)


def _repaired(data: Any, found: list[Finding]) -> Any:
    wrong = {finding.path for finding in found if finding.found != MISSING}
    data = without(data, wrong)
    for path in wrong:
        if len(path) == 2 and path[0] in NAMED:
            data[path[0]][path[1]] = {}  # the name stays known, so that what refers to it is no fault
    for finding in found:
        if finding.found == MISSING:
            _fill(data, finding.path)
    return data


def _fill(data: Any, path: Path) -> None:
    """Put a stand-in where something must be; where there is none, the table around it goes."""
    stand_in = next((value for pattern, value in STAND_INS.items() if matches(path, pattern)), None)
    if stand_in is None:
        stand_in = _stand_in(data, path)
    table = _table_around(data, path)
    if table is None or stand_in is None:
        _remove(data, path[:-1])
    else:
        table[path[-1]] = deepcopy(stand_in)


def _stand_in(data: Any, path: Path) -> Any:
    """Something that the schema lets stand at a path."""
    field = field_at(Scenario, path, data)
    if field is None:
        return None
    limits = limits_of(field)
    if limits is not None:
        return limits.example
    kind = kinds(field.annotation)[0]
    return 1 if _is_law(kind) else BY_KIND.get(getattr(get_origin(kind) or kind, "__name__", ""))


def _is_law(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Law)


def _remove(data: Any, path: Path) -> None:
    """Take a key out of its table; an entry of a list goes with the whole list."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    table = _table_around(data, path)
    if table is not None:
        table.pop(path[-1], None)


def _table_around(data: Any, path: Path) -> dict[Any, Any] | None:
    for step in path[:-1]:
        data = step_into(data, step)
    return data if isinstance(data, dict) and path else None
