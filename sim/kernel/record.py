"""Records: C structs whose fields are read as attributes, and columns of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[Any]

NOBODY = -1


def record(*fields: tuple[str, str]) -> np.dtype[Any]:
    """A C struct whose fields are read as attributes, with and without the compiler."""
    aligned = np.dtype(list(fields), align=True)
    return np.dtype((np.record, aligned))
