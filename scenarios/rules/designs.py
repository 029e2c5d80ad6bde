"""Options of a design must make scenarios that can be used; guardrails speak of measures that there are."""

from collections.abc import Iterator

from scenarios.choosing import options_of, with_options
from scenarios.designs import DesignOption
from scenarios.faults import Fault, FaultyInput, Finding, Path, got, nearest, sentence, unknown
from scenarios.guardrails import BY_CONTACT_TYPE, FELT, MEASURES, Guardrail, usual_sense
from scenarios.scenario import Scenario
from scenarios.sources import is_under

_PRICES = ("per_month", "one_off", "label")
_OPTIONS: Path = ("plan", "design", "options")


def a_design_has_options(scenario: Scenario) -> Iterator[Finding]:
    """There is something to choose from."""
    design = scenario.plan.design
    if design is not None and not options_of(scenario):
        found = "has no options"
        if design.operating_points:
            found = "has no options: no bot has operating_points"
        yield Finding(("plan", "design"), found, "options, or operating_points = true beside those of a bot")


def options_name_keys(scenario: Scenario) -> Iterator[Finding]:
    """What an option changes is a table of the file or stands inside one; an option changes something."""
    tables = list(Scenario.model_fields)
    for n, option in enumerate(scenario.plan.design.options if scenario.plan.design else ()):
        if not option.changes:
            yield Finding(
                (*_OPTIONS, n), "changes nothing", 'a dotted key in quotes, such as "assist.groups"'
            )
        for key in option.changes:
            if key.partition(".")[0] not in tables:
                hint = nearest(key, [*_PRICES, *tables])
                expected = "" if hint else f"a key of the file in quotes, or {', '.join(_PRICES)}"
                yield Finding((*_OPTIONS, n, key), "unknown key", expected, hint)


def options_make_sound_scenarios(scenario: Scenario) -> Iterator[Finding]:
    """Each option alone makes a scenario without faults."""
    options = scenario.plan.design.options if scenario.plan.design else ()
    own = {_said(fault) for fault in _faults_with(scenario, [])} if options else set()
    known = list(Scenario.model_fields)
    for n, option in enumerate(options):
        if all(key.partition(".")[0] in known for key in option.changes):
            faults = [fault for fault in _faults_with(scenario, [option]) if _said(fault) not in own]
            yield from (_of_option(n, list(option.changes), fault) for fault in faults)


def _faults_with(scenario: Scenario, options: list[DesignOption]) -> tuple[Fault, ...]:
    """What is wrong with the scenario that these options make."""
    try:
        with_options(scenario, options)
    except FaultyInput as faulty:
        return faulty.faults
    return ()


def _said(fault: Fault) -> tuple[str, str]:
    return fault.key, fault.found


def _of_option(n: int, keys: list[str], fault: Fault) -> Finding:
    """A fault of the scenario that an option makes, at the key of the option that it comes from."""
    for key in keys:
        if is_under(fault.key, key) or fault.key.startswith(f"{key}["):
            inside = fault.key.removeprefix(key).removeprefix(".")
            found = f"{inside}: {fault.found}" if inside else fault.found
            return Finding((*_OPTIONS, n, key), found, fault.expected, fault.hint)
    said = sentence(fault.found, fault.expected, fault.hint)
    return Finding((*_OPTIONS, n), f"{fault.key}: {said}" if fault.key else said)


def guardrails_name_measures(scenario: Scenario) -> Iterator[Finding]:
    """A guardrail is of a measure, and one that the scenario can tell."""
    for measure in scenario.plan.guardrail:
        path: Path = ("plan", "guardrail", measure)
        if measure not in MEASURES:
            found = unknown(path, "measure", measure, MEASURES)
            yield (
                found if found.hint else Finding(path, found.found, "a measure, such as need_resolution_rate")
            )
        elif measure in FELT and scenario.experience is None:
            yield Finding(path, "is not told by this scenario", "a table [experience]")


def guardrails_look_one_way(scenario: Scenario) -> Iterator[Finding]:
    """A bare number needs a measure that is good or bad; a limit is said once, and limits leave room."""
    for measure, guardrail in scenario.plan.guardrail.items():
        path: Path = ("plan", "guardrail", measure)
        if measure not in MEASURES:
            continue
        if guardrail.usual is not None and usual_sense(measure) is None:
            example = f"{{ min = {guardrail.usual:g} }} or {{ max = {guardrail.usual:g} }}"
            yield Finding(path, f"{got(guardrail.usual)}, which may mean at least or at most", example)
        if guardrail.usual is not None and not (guardrail.min is None and guardrail.max is None):
            yield Finding(path, "has `usual` beside min or max", "one of them")
        if guardrail.usual is guardrail.min is guardrail.max is None:
            yield Finding(path, "has no limit", "min or max")
        if guardrail.min is not None and guardrail.max is not None and guardrail.min > guardrail.max:
            yield Finding((*path, "min"), got(guardrail.min), f"at most max ({guardrail.max:g})")


def guardrails_name_contact_types(scenario: Scenario) -> Iterator[Finding]:
    """A guardrail of some contact types names them, and its measure is told of contact types."""
    for measure, guardrail in scenario.plan.guardrail.items():
        path: Path = ("plan", "guardrail", measure, "contact_types")
        yield from _names(scenario, path, guardrail)
        if guardrail.contact_types is not None and measure in MEASURES and measure not in BY_CONTACT_TYPE:
            yield Finding(path, f"{measure} is told of the whole center alone", "none")


def _names(scenario: Scenario, path: Path, guardrail: Guardrail) -> Iterator[Finding]:
    for n, name in enumerate(guardrail.contact_types or ()):
        if name not in scenario.contact_type:
            yield unknown((*path, n), "contact type", name, list(scenario.contact_type))
