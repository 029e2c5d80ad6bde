"""A faulty table made sound enough to go on asking, so that one look finds every fault.

Whatever is wrong is taken out, and what must be there but is not gets a stand-in. The result is never handed
out: it only lets the rules across keys be asked of all that is not concerned.
"""

from copy import deepcopy
from typing import Any

from scenarios.faults import Finding, Path
from scenarios.not_built import matches
from scenarios.scenario import Scenario
from scenarios.translating import findings_in

MISSING = "missing"
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


def without(data: Any, paths: set[Path]) -> Any:
    """A copy of the data without what stands at those paths; of a list with a faulty entry, without the list."""
    data = deepcopy(data)
    for path in paths:
        _remove(data, _up_to_list(path))
    return data


def mended(data: Any, faulty: set[Path]) -> tuple[Scenario | None, list[Finding]]:
    """A scenario from what is sound, and every finding that is not merely about what was taken out before."""
    findings: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        found = findings_in(Scenario, data)
        if not found:
            return Scenario.model_validate(data), findings
        findings += [finding for finding in found if not is_hidden(finding, faulty)]
        faulty = faulty | {finding.path for finding in found}
        data = _repaired(data, found)
    return None, findings


def is_hidden(finding: Finding, faulty: set[Path]) -> bool:
    """Whether a finding only follows from a fault that is known: at, around or inside its place."""
    path = finding.path
    if any(path[: len(known)] == known for known in faulty):
        return True
    is_named_table = len(path) <= 2 or path[-2] == "contact_type"
    return not is_named_table and any(known[: len(path)] == path for known in faulty)


def _repaired(data: Any, found: list[Finding]) -> Any:
    data = without(data, {finding.path for finding in found if finding.found != MISSING})
    for finding in found:
        if finding.found == MISSING:
            _fill(data, finding.path)
    return data


def _fill(data: Any, path: Path) -> None:
    """Put a stand-in where something must be; where there is none, the table around it goes."""
    for pattern, stand_in in STAND_INS.items():
        if matches(path, pattern):
            _set(data, path, deepcopy(stand_in))
            return
    _remove(data, _up_to_list(path[:-1]))


def _up_to_list(path: Path) -> Path:
    """The path cut off at the first list that it enters."""
    return next((path[:n] for n, step in enumerate(path) if isinstance(step, int)), path)


def _set(data: Any, path: Path, value: Any) -> None:
    table = _table_around(data, path)
    if table is not None:
        table[path[-1]] = value


def _remove(data: Any, path: Path) -> None:
    table = _table_around(data, path)
    if table is not None:
        table.pop(path[-1], None)


def _table_around(data: Any, path: Path) -> dict[Any, Any] | None:
    for step in path[:-1]:
        data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, dict) and path else None
