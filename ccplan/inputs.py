"""What commands are given: a study's name, or scenarios that make one."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios import Fault, FaultyInput, Scenario, Study, load_any
from scenarios.study import study_of


def study_from_files(names: Sequence[str]) -> Study:
    """One study, or a baseline and its designs; raises FaultyInput with the faults of all files."""
    loaded: list[Scenario | Study] = []
    faults: list[Fault] = []
    for name in names:
        try:
            loaded.append(load_any(name))
        except FaultyInput as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyInput(dict.fromkeys(faults))
    if len(loaded) == 1 and isinstance(loaded[0], Study):
        return loaded[0]
    studies = [one.name for one in loaded if isinstance(one, Study)]
    if studies:
        found = f"got the study '{studies[0]}' among {len(loaded)} files"
        raise FaultyInput([Fault("ccplan compare", "", found, "one study alone, or scenarios")])
    return study_of([one for one in loaded if isinstance(one, Scenario)])
