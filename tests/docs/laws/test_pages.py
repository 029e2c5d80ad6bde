"""Laws of the pages: every file and piece of a file is valid, every link leads somewhere, every name is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calibration.records.maps import load_map
from ccplan import api
from ccplan.cli import COMMANDS
from scenarios import check, shipped_names
from tests.ccplan.small import small_center
from tests.docs.pages import (
    FEATURES,
    PAGES,
    ROOT,
    Block,
    blocks_of,
    commands_of,
    fits,
    page_text,
    write_files,
)


def test_shown_output_may_leave_lines_out_only_where_it_says_so() -> None:
    assert fits("a\n…\nd\n", "a\nb\nc\nd\n")
    assert fits("a\nb\n", "a\nb\n")
    assert not fits("a\nd\n", "a\nb\nd\n")
    assert not fits("a\n…\nd\n", "a\nb\n")


def test_commands_have_the_exit_code_that_follows() -> None:
    block = Block("console", "$ ccplan list\none\n$ ccplan check x\nbad\n$ echo $?\n2\n", 0, 0)
    found = [(command.line, command.printed, command.exit_code) for command in commands_of(block)]
    assert found == [("ccplan list", "one\n", 0), ("ccplan check x", "bad\n", 2)]


@pytest.mark.parametrize("page", PAGES)
def test_files_and_pieces_are_valid(page: str, tmp_path: Path) -> None:
    """But for the file that the page shows to be faulty. Without a file, pieces change the shipped one it names."""
    text = page_text(page)
    names = write_files(text, tmp_path)
    base = names[0].removesuffix(".toml") if names else shipped_in(text)
    pieces = [b for b in blocks_of(text) if b.language == "toml" and b.file_name is None and not b.is_mapping]
    for i, piece in enumerate(pieces):
        file = tmp_path / f"piece-{i}.toml"
        file.write_text(f'name = "piece-{i}"\nextends = "{base}"\n{piece.text}', encoding="utf-8")
        names.append(file.name)
    faults = [fault for name in names if "faulty" not in name for fault in check(tmp_path / name)]
    assert [str(fault) for fault in faults] == []
    assert all(check(tmp_path / name) for name in names if "faulty" in name)


@pytest.mark.parametrize("page", PAGES)
def test_mappings_are_valid(page: str, tmp_path: Path) -> None:
    text = page_text(page)
    write_files(text, tmp_path)
    for block in blocks_of(text):
        if block.is_mapping:
            file = tmp_path / (block.file_name or "piece.toml")
            file.write_text(block.text, encoding="utf-8")
            assert load_map(file).kind in block.text


def shipped_in(text: str) -> str:
    return next(name for name in re.findall(r"`([\w-]+)`", text) if name in shipped_names())


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page_text(page))
    assert links or page in FEATURES
    missing = []
    for file, anchor in links:
        target = (ROOT / page).parent / file if file else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            missing.append(f"{file}#{anchor}")
    assert missing == []


def anchors_of(page: Path) -> list[str]:
    """The anchors that a heading gets: lower case, no punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_the_readme_has_every_command_once() -> None:
    rows = re.findall(r"^\| `ccplan (\w+)", page_text("README.md"), flags=re.MULTILINE)
    assert rows == list(COMMANDS)


def test_the_guide_explains_every_measure() -> None:
    told = {row["measure"] for row in api.simulate(small_center(), replications=2).rows()}
    explained = set(re.findall(r"`(\w+)`", page_text("docs/guide.md")))
    assert told - explained == set()


INDEX = "docs/features/README.md"


def test_the_index_has_every_feature_once() -> None:
    pages = re.findall(r"^\|[^|]*\| \[[^]]*\]\(([\w-]+\.md)\) \|", page_text(INDEX), flags=re.MULTILINE)
    assert sorted(pages) == sorted(Path(page).name for page in FEATURES if page != INDEX)


def test_the_index_names_what_is_shipped() -> None:
    rows = re.findall(r"^\| [^|]+ \| \[[^|]+\| ([^|]+) \|", page_text(INDEX), flags=re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert named
    assert named <= set(shipped_names())
