"""Snapshot: the shipped sample is what its scenario gives; `make sample` remakes it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from calibration.sample_records import CALLS, CATALOG, STAFFING, main


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    main(folder)
    return folder


@pytest.mark.parametrize("name", [CALLS, STAFFING])
def test_the_shipped_sample_is_what_the_scenario_gives(name: str, remade: Path) -> None:
    assert gzip.decompress((CATALOG / name).read_bytes()) == gzip.decompress((remade / name).read_bytes())


def test_the_sample_is_small() -> None:
    assert sum((CATALOG / name).stat().st_size for name in (CALLS, STAFFING)) < 200_000
