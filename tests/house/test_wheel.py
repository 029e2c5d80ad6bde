"""The wheel holds every room, every shipped file and every template; `.gitignore` cannot drop one unnoticed."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("scenarios", "sim", "calibration", "optimizer", "results", "ccplan")
DATA_SUFFIXES = {".py", ".toml", ".csv", ".json", ".j2", ".css"}
NOT_SHIPPED = {"published"}  # artifacts for the README


def test_wheel_is_complete(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in DATA_SUFFIXES and not NOT_SHIPPED & set(path.parts)
    }
    assert len(wanted) > 50
    assert wanted <= packed, sorted(wanted - packed)
