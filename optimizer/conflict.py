"""Which named rules of a model cannot hold together.

A rule is a constraint of the model under its name, or a variable under its upper bound. HiGHS is asked for an
irreducible set of them: without any one of them the rest could hold (Gleeson and Ryan 1990, ORSA Journal on
Computing 2(1); Chinneck and Dravnieks 1991, ORSA Journal on Computing 3(2)). The set is one of perhaps many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optimizer.highs import Highs


@dataclass(frozen=True)
class Part:
    """Places at which one rule takes part in a conflict.

    group: index of the block that the rule stands in, "" in a model without blocks
    rule: name of a constraint or variable; indices: its own
    """

    group: str
    rule: str
    indices: tuple[Any, ...]


def conflict(model: Any, time_limit_s: float) -> tuple[Part, ...]:
    """An irreducible set of rules that fractions of people cannot keep together; empty where they can."""
    rows, columns = Highs().irreducible(model, time_limit_s)
    return _parts([*rows, *columns])


def _parts(found: Iterable[Any]) -> tuple[Part, ...]:
    """By rule, in the order in which they are met; indices in their own order."""
    by_rule: dict[tuple[str, str], list[Any]] = {}
    for data in found:
        block = data.parent_block().index()
        group = "" if block is None else str(block)
        by_rule.setdefault((group, data.parent_component().local_name), []).append(data.index())
    return tuple(Part(*names, tuple(sorted(indices))) for names, indices in by_rule.items())
