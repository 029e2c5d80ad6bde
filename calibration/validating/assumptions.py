"""What the model assumes, each with another way to have it: the data's own law, or so much more or less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.demand.found import OddDay
from calibration.validating import own_laws
from calibration.validating.heads import FEW_NAMED, Heads, from_records, named_share
from calibration.validating.history import History
from calibration.validating.replaying import laws_changed, replayed
from calibration.validating.surge_callers import apart, folded, of_surge
from scenarios import Scenario

FloatArray = npt.NDArray[np.float64]

PEOPLE_BY = 0.05
"""People present are varied by this share up and down: what a careful estimate of them may miss."""
OF_SURGES = "customers of surges"
WRAP_UP_BY = 0.25
"""Wrap-up that nobody recorded is varied by this share."""


@dataclass(frozen=True)
class Assumption:
    """One assumption held otherwise.

    name: of what; change: how, in a planner's words; own: the data's own in place of the scenario's
    folds: sums by the replay's types to sums by the history's, where the replay has types of its own
    """

    name: str
    change: str
    own: bool
    scenario: Callable[[], Scenario]
    folds: Callable[[FloatArray], FloatArray] = lambda sums: sums


@dataclass(frozen=True)
class Model:
    """What is replayed: the scenario, the history with its surges, and the people present."""

    scenario: Scenario
    history: History
    heads: Heads
    seed: int
    surges: tuple[OddDay, ...] = ()

    def replayed(self) -> Scenario:
        """As it stands."""
        return replayed(self.scenario, self.history, self.heads)

    def with_laws(self, changes: own_laws.Changes) -> Scenario:
        """With other laws of contact types."""
        return replayed(self.scenario, self.history, self.heads, laws_changed(changes))

    def with_people(self, heads: Heads) -> Scenario:
        """With other people."""
        return replayed(self.scenario, self.history, heads)


def assumptions(model: Model) -> Iterator[Assumption]:
    """Every assumption of this model that can be held otherwise."""
    yield from _talk(model)
    yield from _patience(model)
    yield from _wrap_up(model)
    yield from _people(model)
    yield from _routing(model)
    yield from _surges(model)


def _talk(model: Model) -> Iterator[Assumption]:
    own = own_laws.talk(model.history)
    if own:
        yield Assumption("talk", "talk times as recorded", True, lambda: model.with_laws(own))
        by_hour = own_laws.talk_by_hour(model.history)
        change = "talk times as recorded, by hour of the day"
        yield Assumption("talk by hour", change, True, lambda: model.with_laws(by_hour))


def _patience(model: Model) -> Iterator[Assumption]:
    own = own_laws.patience(model.history)
    if own:
        yield Assumption("patience", "patience as these records have it", True, lambda: model.with_laws(own))


def _wrap_up(model: Model) -> Iterator[Assumption]:
    own = own_laws.wrap_up(model.history)
    if own:
        yield Assumption("wrap-up", "wrap-up as recorded", True, lambda: model.with_laws(own))
        return
    if any(declared.wrap_up_s is not None for declared in model.scenario.contact_type.values()):
        for sign, word in ((1, "longer"), (-1, "shorter")):
            factor = 1.0 + sign * WRAP_UP_BY
            yield Assumption(
                "wrap-up",
                f"wrap-up {100 * WRAP_UP_BY:.0f} % {word}",
                False,
                lambda factor=factor: replayed(  # type: ignore[misc]
                    model.scenario, model.history, model.heads, _wrap_up_times(factor)
                ),
            )


def _wrap_up_times(factor: float) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for table in data["contact_type"].values():
            if "wrap_up_s" in table:
                table["wrap_up_s"] = stretched(table["wrap_up_s"], factor)

    return change


def stretched(law: Any, factor: float) -> Any:
    """The law of factor times the time."""
    if isinstance(law, int | float):
        return law * factor
    changed = dict(law)
    for key in ("mean", "value", "low", "high"):
        if key in changed:
            changed[key] = changed[key] * factor
    for key in ("means", "values"):
        if key in changed:
            changed[key] = [one * factor for one in changed[key]]
    for key in ("of", "by"):
        if key in changed:
            changed[key] = [part | {"law": stretched(part["law"], factor)} for part in changed[key]]
    return changed


def _people(model: Model) -> Iterator[Assumption]:
    for sign, word in ((1, "more"), (-1, "fewer")):
        heads = model.heads.times(1.0 + sign * PEOPLE_BY)
        change = f"{100 * PEOPLE_BY:.0f} % {word} people present"
        yield Assumption("people present", change, False, lambda heads=heads: model.with_people(heads))  # type: ignore[misc]
    if not model.heads.inferred and named_share(model.history.contacts) >= FEW_NAMED:
        yield Assumption(
            "people present", "people present as the records tell", True, lambda: _inferred(model)
        )


def _inferred(model: Model) -> Scenario:
    return model.with_people(from_records(model.scenario, model.history, model.seed))


def _surges(model: Model) -> Iterator[Assumption]:
    """Customers of surges with the laws that they had."""
    laws = of_surge(model.history, model.surges) if model.surges else {}
    if laws:
        yield Assumption(
            OF_SURGES,
            "customers of surges as these records have them",
            True,
            lambda: replayed(
                model.scenario, model.history, model.heads, apart(model.history, model.surges, laws)
            ),
            lambda sums: folded(sums, model.history.types, laws),
        )


def _routing(model: Model) -> Iterator[Assumption]:
    """Where there is any: everybody takes everything, longest wait first."""
    groups, types = model.scenario.agent_group.values(), model.scenario.contact_type
    apart = any(len(group.skills) < len(types) for group in groups)
    ordered = len(types) > 1 and (
        any(group.policy != "longest_wait" for group in groups)
        or len({declared.priority for declared in types.values()}) > 1
    )
    if apart or ordered:
        yield Assumption(
            "routing",
            "everybody takes everything, longest wait first",
            False,
            lambda: replayed(model.scenario, model.history, model.heads, _pooled),
        )


def _pooled(data: dict[str, Any]) -> None:
    types = list(data["contact_type"])
    for table in data["contact_type"].values():
        for key in ("priority", "routed_to", "ahead"):
            table.pop(key, None)
    for group in data["agent_group"].values():
        own = {skill if isinstance(skill, str) else skill["contact_type"]: skill for skill in group["skills"]}
        group["skills"] = [own.get(name, name) for name in types]
        group["policy"] = "longest_wait"
        group.pop("takes_only_if_free_above", None)
