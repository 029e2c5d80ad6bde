"""Sums as they leave a replication: by name and interval, for one measure in one scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Scope = Literal["total", "contact_type", "agent_group", "channel", "bot"]
Key = tuple[str, Scope]  # measure, and what the rows of its cells stand for


@dataclass(frozen=True)
class Cells:
    """Sums by name (rows) and interval (columns). Without a denominator the value is a mean per replication."""

    numerator: npt.NDArray[np.float64]
    denominator: npt.NDArray[np.float64] | None = None
