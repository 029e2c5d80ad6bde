"""Twelve faulty files, as a planner might write them, each with all its sentences beside it."""

from pathlib import Path

import pytest

from scenarios import FaultyInput, check, load

FILES = sorted((Path(__file__).parent / "faulty").glob("*.toml"))


def test_there_are_twelve() -> None:
    assert len(FILES) == 12


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_faulty_file_gets_its_sentences(file: Path) -> None:
    expected = file.with_suffix(".txt").read_text("utf-8").splitlines()
    assert expected
    assert [str(fault) for fault in check(file)] == expected
    with pytest.raises(FaultyInput) as raised:
        load(file)
    assert str(raised.value).splitlines() == expected
