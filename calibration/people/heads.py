"""From average people present to whole people, as the model takes them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def whole_heads(present: FloatArray) -> IntArray:
    """Whole people by interval of a day; what rounding leaves is carried on, so that the day's hours stay.

    nᵢ = round(pᵢ + cᵢ),  cᵢ₊₁ = pᵢ + cᵢ − nᵢ, from the first interval with anybody. At least one person from
    0.5 on: what that adds is not taken off again beyond half a person.
    """
    heads = np.zeros(len(present), dtype=np.int64)
    carried = 0.0
    for i, people in enumerate(present):
        wanted = people + carried
        heads[i] = max(int(np.floor(wanted + 0.5)), int(people >= 0.5)) if people > 0.0 else 0
        carried = max(wanted - heads[i], -0.5) if people > 0.0 else 0.0
    return heads


def whole_heads_by_group(present: FloatArray) -> IntArray:
    """Whole people of each group on a day: shape (groups, intervals), as `present`.

    Their sum is `whole_heads` of the sum. Each interval's heads go one by one to the group that is furthest
    behind what it should have had up to then, so that each group keeps its hours too.
    """
    heads = np.zeros(present.shape, dtype=np.int64)
    behind = np.zeros(len(present))
    for i, total in enumerate(whole_heads(present.sum(axis=0))):
        behind = np.where(present[:, i] > 0.0, behind + present[:, i], 0.0)
        for _ in range(total):
            group = int(np.argmax(np.where(present[:, i] > 0.0, behind, -np.inf)))
            heads[group, i] += 1
            behind[group] -= 1.0
    return heads
