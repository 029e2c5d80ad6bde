"""How the kernel's functions are compiled, and where the machine code is kept.

Only the entry points get a Python wrapper and a place in the cache: the wrappers of inner functions, which nobody
calls from Python, took half of the compile time. `_nrt=False` leaves out the counting of references to arrays, which
the caller holds anyway: a tenth of the run time, and threads would fight over the counters.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])

# Its settings and some of its options are not in its type hints.
_njit: Any = numba.njit
_settings: Any = numba.config

_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "boundscheck": False,
    "_nrt": False,
    "no_cfunc_wrapper": True,
}


def compiled(function: Function) -> Function:
    """Compile a function that other compiled functions call."""
    return cast("Function", _njit(**_OPTIONS, no_cpython_wrapper=True)(function))


def entry_point(function: Function) -> Function:
    """Compile a function that Python calls; its machine code, with all that it calls, is kept for the next start."""
    folder = cache_folder()
    before, _settings.CACHE_DIR = _settings.CACHE_DIR, str(folder or "")
    try:
        return cast("Function", _njit(**_OPTIONS, cache=folder is not None)(function))
    finally:
        _settings.CACHE_DIR = before


def is_kept() -> bool:
    """Whether machine code of this very source is at hand, or none is needed."""
    folder = cache_folder()
    return bool(_settings.DISABLE_JIT) or (folder is not None and any(folder.rglob("*.nbc")))


def cache_folder() -> Path | None:
    """The folder for machine code of this very source, in the user's cache; None where nothing can be written.

    Named by a digest of all the kernel's files, as numba itself looks only at the file of the entry point.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    folder = _user_cache() / "ccplan" / f"kernel-{digest}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _user_cache() -> Path:
    if "NUMBA_CACHE_DIR" in os.environ:
        return Path(os.environ["NUMBA_CACHE_DIR"])
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home()))
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))


def record(*fields: tuple[str, str]) -> np.dtype[Any]:
    """A C struct whose fields are read as attributes, with and without the compiler."""
    aligned = np.dtype(list(fields), align=True)
    return np.dtype((np.record, aligned))
