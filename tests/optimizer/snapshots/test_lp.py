"""Snapshot: small shift models as LP text, stored. Remake: `python -m tests.optimizer.snapshots.remake`."""

from __future__ import annotations

import pytest

from tests.optimizer.snapshots.remake import FOLDER, RULES, lp_text


@pytest.mark.parametrize("name", RULES)
def test_stored_model_is_current(name: str) -> None:
    stored = (FOLDER / name).read_text(encoding="utf-8")
    assert stored == lp_text(name), "remake it: python -m tests.optimizer.snapshots.remake"


def test_every_stored_model_is_compared() -> None:
    assert {path.name for path in FOLDER.glob("*.lp")} == set(RULES)
