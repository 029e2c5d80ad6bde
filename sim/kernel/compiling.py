"""How the kernel's functions are compiled.

Nobody calls them from Python but through `sim.kernel.machine_code`, so they get no Python wrappers: those took half
of the compile time. `_nrt=False` leaves out the counting of references to arrays, of which there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

# Some of these options are not in numba's type hints.
_njit: Any = numba.njit
_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "boundscheck": False,
    "_nrt": False,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}


SELDOM: set[str] = set()  # names of functions that stay apart


def compiled(function: Function) -> Function:
    """Compile a function of the kernel."""
    return cast("Function", _njit(**_OPTIONS)(function))


def seldom(function: Function) -> Function:
    """Compile a function that few contacts meet. It is not dissolved into its callers: the way of most stays short."""
    SELDOM.add(function.__name__)
    return compiled(function)
