"""A study: a baseline and the designs to hold against it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import Field

from scenarios.faults import Fault, FaultyInput, as_written, key_text
from scenarios.quantities import ShareAboveZero
from scenarios.reading import find_named, no_such
from scenarios.scenario import Scenario
from scenarios.table import Labeled, Labels
from scenarios.translating import findings_in, without_misspelled

Load = Callable[[FilePath], Scenario]


class StudyFile(Labeled):
    """What a study's file says."""

    study: str = Field(description="the question, as a title")
    baseline: str = Field(description="a file beside this one, or a shipped name")
    designs: tuple[str, ...] = Field(description="files beside this one, or shipped names")
    precision: ShareAboveZero = Field(default=0.005, description="half-width of the service-level difference")
    summary: str = ""


@dataclass(frozen=True)
class Study:
    """A question, the scenarios that answer it, and how precise the answer must be."""

    name: str
    study: str
    baseline: Scenario
    designs: tuple[Scenario, ...]
    precision: float = 0.005
    labels: Labels | None = None
    summary: str = ""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The baseline first, then the designs."""
        return (self.baseline, *self.designs)

    @property
    def label(self) -> str:
        """The English label, else the study's title."""
        return self.label_in("en")

    def label_in(self, language: str) -> str:
        """The label in that language, else the English one, else the study's title."""
        labels = self.labels or Labels()
        return getattr(labels, language, None) or labels.en or self.study

    @property
    def streams(self) -> dict[str, int]:
        """Number of each contact type's stream of customers: the baseline's types first, then those of designs."""
        names = dict.fromkeys(name for scenario in self.scenarios for name in scenario.contact_type)
        return {name: n for n, name in enumerate(names)}


def is_study(data: dict[str, Any]) -> bool:
    """Whether a file is a study: it has a title or designs."""
    return "study" in data or "designs" in data


def study_from(path: FilePath, data: dict[str, Any], load: Load) -> Study:
    """The study of a file's data with its scenarios loaded; raises FaultyInput with every fault of all of them."""
    file = path.name
    if not is_study(data):
        raise FaultyInput([Fault(file, "", "is a scenario", "a study")])
    findings = without_misspelled(findings_in(StudyFile, data))
    faults = [Fault(file, key_text(f.path, data), f.found, f.expected, f.hint) for f in findings]
    names = _names(data)
    parts = {key: _part(path, key, name, load, faults) for key, name in names.items()}
    if not faults:
        faults += _across(file, {key: part for key, part in parts.items() if part is not None})
    if faults:
        raise FaultyInput(dict.fromkeys(faults))
    said = StudyFile.model_validate(data)
    baseline, *designs = [part for part in parts.values() if part is not None]
    return Study(path.stem, said.study, baseline, tuple(designs), said.precision, said.labels, said.summary)


def study_of(scenarios: Sequence[Scenario]) -> Study:
    """A study made on the spot: the first scenario is the baseline; raises FaultyInput where they do not compare."""
    named = {"baseline" if n == 0 else f"designs[{n}]": scenario for n, scenario in enumerate(scenarios)}
    faults = list(_across("ccplan compare", named))
    if faults:
        raise FaultyInput(faults)
    baseline, *designs = scenarios
    title = f"{baseline.label}, against " + ", ".join(design.label for design in designs)
    return Study("-or-".join(scenario.name for scenario in scenarios), title, baseline, tuple(designs))


def _names(data: dict[str, Any]) -> dict[str, str]:
    """The scenarios that a study names, by the key under which it does, as far as they are names."""
    designs = data.get("designs")
    listed = designs if isinstance(designs, list) else []
    named = {"baseline": data.get("baseline"), **{f"designs[{n + 1}]": name for n, name in enumerate(listed)}}
    return {key: name for key, name in named.items() if isinstance(name, str)}


def _part(path: FilePath, key: str, name: str, load: Load, faults: list[Fault]) -> Scenario | None:
    """One scenario of the study; its faults are added to those of the study."""
    found = find_named(name, path.parent, path)
    if found is None:
        faults.append(no_such(path.name, key, name, path.parent))
        return None
    try:
        return load(found)
    except FaultyInput as faulty:
        faults += faulty.faults
        return None


def _across(file: str, parts: dict[str, Scenario]) -> Iterator[Fault]:
    """A study compares several scenarios, each once, over the same days."""
    if len(parts) < 2:
        yield Fault(file, "designs", "is empty", "at least one design")
    baseline = parts["baseline"]
    seen: dict[str, str] = {}
    for key, part in parts.items():
        if part.name in seen:
            yield Fault(file, key, f"has the name '{part.name}', as {seen[part.name]} has", "another name")
        seen.setdefault(part.name, key)
        for days in ("start", "days", "interval_min"):
            found, expected = getattr(part.calendar, days), getattr(baseline.calendar, days)
            if found != expected:
                found_words, expected_words = (_said(value) for value in (found, expected))
                yield Fault(
                    file, key, f"calendar.{days} is {found_words}", f"{expected_words} as in the baseline"
                )


def _said(value: object) -> str:
    return "absent" if value is None else as_written(value)
