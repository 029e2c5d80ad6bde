"""Laws of the pages on single features: their pieces are valid on the shipped scenario that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios import check, shipped_names
from tests.docs.pages import blocks_of, page_text

FEATURES = ("events",)


@pytest.mark.parametrize("feature", FEATURES)
def test_pieces_are_valid_on_the_shipped_scenario(feature: str, tmp_path: Path) -> None:
    text = page_text(f"docs/features/{feature}.md")
    named = re.search(r"^Shipped scenario: `([\w-]+)`", text, flags=re.MULTILINE)
    assert named is not None
    assert named[1] in shipped_names()
    pieces = [block.text for block in blocks_of(text) if block.language == "toml"]
    assert pieces
    for i, piece in enumerate(pieces):
        file = tmp_path / f"piece-{i}.toml"
        file.write_text(f'name = "piece-{i}"\nextends = "{named[1]}"\n{piece}', encoding="utf-8")
        assert [str(fault) for fault in check(file)] == []
