"""The same from Python: load, simulate, compare, plan.

A thin layer over the rooms; scenarios are immutable values, answers carry scenario, seed and versions. Nothing heavy
is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from numbers import Integral
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ccplan.progress import ProgressLine
from scenarios import Scenario, Study, load_study
from scenarios import load as load_scenario
from scenarios.study import study_of

if TYPE_CHECKING:
    from ccplan.answers import Comparison, Simulation
    from ccplan.confirmed_plan import ConfirmedPlan
    from ccplan.studying import StudyRunner
    from sim.center.own_routing import Routing
    from sim.engines import EngineName
    from sim.replicate import Asked

Source = Scenario | str | Path


def load(name_or_file: str | Path) -> Scenario:
    """The scenario of a file, or the shipped one of that name; raises FaultyInput with every fault."""
    return load_scenario(name_or_file)


def simulate(
    scenario: Source,
    replications: int = 20,
    precision: float | None = None,
    seed: int = 1,
    workers: int | None = None,
    intervals: bool = False,
    engine: EngineName = "compiled",
    routing: Routing | None = None,
) -> Simulation:
    """What customers get from a scenario.

    With `precision` the run goes on until the half-width of the service level is at most that, whatever
    `replications` says. `workers`: how many at once; None works here and now. The figures are the same for any
    number of them, and for the readable `engine`, "simpy". `intervals` keeps the figures of single intervals
    too, for pictures of the day. `routing`: a planner's own in Python (`ccplan.routing`), with engine="simpy".
    """
    _require_size(replications, precision, seed, workers)
    _require_routing(routing)
    from ccplan.answers import Simulation
    from ccplan.running import pool_of
    from sim.engines import require_readable
    from sim.replicate import Asked, run

    require_readable(engine, routing)
    center = _scenario(scenario)
    asked = Asked(seed, replications, precision, intervals, engine=engine)
    with pool_of(workers or 1, engine) as pool, _progress(f"simulating {center.name}") as line:
        result = run(center, asked, executor=pool, progress=line, routing=routing)
    return Simulation(result)


def compare(
    scenarios: str | Path | Study | Sequence[Source],
    replications: int | None = None,
    precision: float | None = None,
    seed: int = 1,
    workers: int | None = None,
    engine: EngineName = "compiled",
) -> Comparison:
    """Designs against a baseline on the same customers: a study, or scenarios of which the first is the baseline.

    Without `replications` the run goes on until the half-width of each service-level difference is at most
    `precision` (the study's own, 0.005 where there is none). Scenarios of the same name are numbered.
    """
    if replications is not None and precision is not None:
        raise ValueError("replications and precision: got both, expected one of them")
    _require_size(replications, precision, seed, workers)
    from ccplan.answers import Comparison
    from results.cases import cases_of
    from sim.replicate import Asked, require_people

    study = _study(scenarios)
    for scenario in study.scenarios:
        require_people(scenario)
    with _runner(study, Asked(seed, engine=engine), workers) as runner:
        runs = runner.run_cases(cases_of(study), replications, precision or study.precision)
    return Comparison(study, runs)


def plan(
    scenario: Source,
    seed: int = 1,
    gap: float = 0.005,
    time_limit_s: float = 60.0,
    replications: int | None = None,
    workers: int | None = None,
) -> ConfirmedPlan:
    """How many people on which shifts: of the groups with agents = "plan", or of all where there is none.

    Where the scenario says what may be done on the day, that is planned as well: `on_the_day` of the answer.
    `gap`: stop when the cost is proven to be within this share of the least; `time_limit_s`: of one solve;
    `replications`: fresh ones that confirm the plan; usually 40, of a share of days 400. Raises
    `optimizer.staffing.NoPlan` with the reason where no people can meet the targets.
    """
    _require_size(replications, None, seed, workers)
    from ccplan.confirmed_plan import ConfirmedPlan
    from ccplan.planning import plan_and_days
    from optimizer.options import PlanOptions
    from sim.replicate import Asked

    center = _scenario(scenario)
    options = PlanOptions(seed=seed, gap=gap, time_limit_s=time_limit_s, replications=replications)
    with _runner(Study(center.name, center.label, center, ()), Asked(seed), workers) as runner:
        return ConfirmedPlan(*plan_and_days(center, options, runner))


def _scenario(source: Source) -> Scenario:
    return source if isinstance(source, Scenario) else load_scenario(source)


def _study(scenarios: str | Path | Study | Sequence[Source]) -> Study:
    if isinstance(scenarios, Study):
        return scenarios
    if isinstance(scenarios, str | Path):
        return load_study(scenarios)
    return study_of(_named_apart([_scenario(source) for source in scenarios]))


def _named_apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios that share a name numbered: NAME, NAME-2, NAME-3; a changed scenario keeps the name it came with."""
    taken: set[str] = {scenario.name for scenario in scenarios}
    seen: set[str] = set()
    apart = []
    for scenario in scenarios:
        if scenario.name in seen:
            n = next(n for n in range(2, len(taken) + 3) if f"{scenario.name}-{n}" not in taken)
            name, label = f"{scenario.name}-{n}", f"{scenario.label} ({n})"
            scenario = scenario.changed({"name": name, "label": label})  # noqa: PLW2901 - the same, renamed
            taken.add(scenario.name)
        seen.add(scenario.name)
        apart.append(scenario)
    return apart


@contextmanager
def _runner(study: Study, alike: Asked, workers: int | None) -> Iterator[StudyRunner]:
    """Runs on the study's own customers; finished blocks are kept in a temporary folder, not in the current one."""
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner

    with TemporaryDirectory(prefix="ccplan-") as folder, pool_of(workers or 1, alike.engine) as pool:
        yield StudyRunner(study, alike, Path(folder) / "run", pool)


@contextmanager
def _progress(what: str) -> Iterator[ProgressLine]:
    line = ProgressLine(what)
    try:
        yield line
    finally:
        line.close()


def _require_size(replications: int | None, precision: float | None, seed: int, workers: int | None) -> None:
    """Refuse sizes that mean nothing, with the sentence that says what would."""
    for name, value, least in (("replications", replications, 1), ("seed", seed, 0), ("workers", workers, 1)):
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, Integral) or value < least
        ):
            raise ValueError(f"{name}: got {value!r}, expected a whole number of at least {least}")
    if precision is not None and not 0.0 < precision < 1.0:
        raise ValueError(f"precision: got {precision!r}, expected a number between 0 and 1, such as 0.005")


def _require_routing(routing: object) -> None:
    """Refuse what cannot route."""
    if routing is None:
        return
    for method in ("select_agent", "select_contact"):
        if isinstance(routing, type) or not callable(getattr(routing, method, None)):
            expected = "an object with select_agent and select_contact, such as one of a class from Routing"
            raise ValueError(f"routing: got {routing!r}, expected {expected}")
