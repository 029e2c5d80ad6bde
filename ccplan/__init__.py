"""The front door: the command line, and the same from Python.

It takes what people type or write in a notebook. It gives tables, JSON, run folders and reports; all the work is
done in the rooms behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccplan.api import compare, load, plan, simulate

__all__ = ["compare", "load", "plan", "simulate"]


def __getattr__(name: str) -> Any:
    """Load the Python interface when it is first used: the command line does without it."""
    if name in __all__:
        from ccplan import api

        return getattr(api, name)
    raise AttributeError(f"module 'ccplan' has no attribute '{name}'")
