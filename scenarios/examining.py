"""All that is wrong with a scenario, at once; and the scenario, if nothing is."""

from collections.abc import Iterator
from typing import Any

from scenarios.faults import Fault, FaultyInput, Finding, Path, key_text, nearest, step_into, unknown
from scenarios.from_files import with_files_read
from scenarios.mending import MISSING, is_hidden, mended, without
from scenarios.not_built import not_built
from scenarios.reading import Chain, Data
from scenarios.resolving import Resolved, resolve
from scenarios.rules import broken_rules
from scenarios.scenario import Scenario
from scenarios.sources import figures

NEEDED = {
    "contact_type": ("contact type", ("channel", "arrivals", "talk_s")),
    "agent_group": ("agent group", ("skills", "agents")),
    "bot": ("bot", ("contact_type",)),
}


def examined(chain: Chain) -> Scenario:
    """The scenario of a file and those it extends; raises FaultyInput with every fault of all of them."""
    if not chain.layers:
        raise FaultyInput(chain.faults)
    resolved = with_files_read(resolve(chain.layers))
    scenario, findings = _examine(resolved, complete=not chain.faults)
    if findings or chain.faults or scenario is None:
        raise FaultyInput([*chain.faults, *_faults(resolved, findings)])
    return scenario


def _examine(resolved: Resolved, complete: bool) -> tuple[Scenario | None, list[Finding]]:
    """A scenario and what is wrong with it; incomplete data (a base that is not there) is not asked for more."""
    data = resolved.data
    findings = [*resolved.findings, *misspelled_tables(data), *not_built(data), *unquoted_sources(data)]
    faulty = {finding.path for finding in findings}
    scenario, more = mended(without(data, faulty), faulty)
    findings += [f for f in more if complete or f.found != MISSING]
    if scenario is not None and complete:
        faulty = {finding.path for finding in findings}
        across = [*broken_rules(scenario, faulty), *unknown_sources(data)]
        findings += [finding for finding in across if not is_hidden(finding, faulty)]
    own = [finding for finding in findings if not _follows_from_like(finding, resolved)]
    return scenario, [resolved.as_the_file_says(finding) for finding in own]


def _follows_from_like(finding: Finding, resolved: Resolved) -> bool:
    """Whether a key is missing because the type that should give it could not be found."""
    sources = [path[1] for path in [finding.path, *resolved.liked_paths(finding.path)] if len(path) > 1]
    return finding.found == MISSING and not resolved.lost.isdisjoint(sources)


def _faults(resolved: Resolved, findings: list[Finding]) -> Iterator[Fault]:
    """Findings with their files, in the order of the file's keys; what a type took from another is said once."""
    said = {(finding.path, finding.found) for finding in findings}
    for finding in sorted(dict.fromkeys(findings), key=lambda finding: _place(finding.path, resolved.data)):
        if any((path, finding.found) in said for path in resolved.liked_paths(finding.path)):
            continue
        key = key_text(finding.path, resolved.data)
        yield Fault(resolved.file_of(finding.path), key, finding.found, finding.expected, finding.hint)


def _place(path: Path, data: Any) -> list[int]:
    """Where a key stands among the keys of its tables; one that is missing comes last."""
    place = []
    for step in path:
        keys = list(data) if isinstance(data, dict) else []
        place.append(step if isinstance(step, int) else keys.index(step) if step in keys else len(keys))
        data = step_into(data, step)
    return place


def misspelled_tables(data: Data) -> Iterator[Finding]:
    """A table with none of the keys it needs, and nearly the name of another, was meant to be that other."""
    for kind, (what, needed) in NEEDED.items():
        tables = data.get(kind)
        if not isinstance(tables, dict):
            continue
        whole = [name for name, table in tables.items() if _has_any(table, needed)]
        for name in tables:
            if name not in whole and isinstance(tables[name], dict) and nearest(name, whole):
                yield unknown((kind, name), what, name, whole)


def _has_any(table: Any, keys: tuple[str, ...]) -> bool:
    return isinstance(table, dict) and any(key in table for key in keys)


def unquoted_sources(data: Data) -> Iterator[Finding]:
    """Without quotes TOML reads the dots of a source's key as tables in tables."""
    sources = data.get("sources")
    for key, source in sources.items() if isinstance(sources, dict) else ():
        if (
            isinstance(source, dict)
            and "says" not in source
            and any(_is_table(one) for one in source.values())
        ):
            inner_key = _whole_key(key, source)
            hint = f'write "{inner_key}" = ...'
            yield Finding(("sources", key), "a key with dots is not in quotes", "quotes around it", hint)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _whole_key(key: str, source: Any) -> str:
    """The key as it was meant: down the tables until one that says something."""
    while isinstance(source, dict) and "says" not in source and source:
        step, source = next(iter(source.items()))
        if isinstance(source, dict):
            key = f"{key}.{step}"
    return key


def unknown_sources(data: Data) -> Iterator[Finding]:
    """A source says something of a key that stands in the file."""
    sources = data.get("sources")
    known = _all_keys(data)
    for key in sources if isinstance(sources, dict) else ():
        if key not in known:
            path: Path = ("sources", key)
            hint = nearest(key, known)
            yield Finding(path, "no such key in this scenario", "" if hint else "a key that is set", hint)


def _all_keys(data: Data) -> list[str]:
    """Every dotted key of the scenario, tables and what stands inside laws included."""
    keys: dict[str, None] = {}
    for key, value in figures(data).items():
        keys |= dict.fromkeys(f"{key}.{inner}" for inner in value) if isinstance(value, dict) else {}
        steps = key.split(".")
        keys |= {".".join(steps[:n]): None for n in range(1, len(steps) + 1)}
    return list(keys)
