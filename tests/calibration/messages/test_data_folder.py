"""What someone reads who points the calibration at the wrong folder."""

from pathlib import Path

import pytest

from calibration.bank_calls import read_calls


def test_a_folder_without_the_record_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError) as told:
        read_calls(tmp_path)
    assert str(told.value) == f"{tmp_path}: no calls_*.csv.xz here"
