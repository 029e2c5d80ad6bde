"""How Hypothesis is used here: the same examples every time, whatever the clock says."""

from __future__ import annotations

from hypothesis import settings


def steady(n_examples: int) -> settings:
    """Settings for a property that is to hold on so many examples."""
    return settings(max_examples=n_examples, derandomize=True, database=None, deadline=None)
