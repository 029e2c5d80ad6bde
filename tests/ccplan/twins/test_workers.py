"""The same command with 1 and with 2 workers says the same, byte for byte but for the seconds it took."""

import json
import re
import subprocess
import sys
from pathlib import Path


def simulate(folder: Path, workers: int) -> str:
    """Standard output of a small run."""
    command = [sys.executable, "-m", "ccplan", "simulate", "n-design", "--replications", "12", "--json", "-"]
    done = subprocess.run(
        [*command, "--workers", str(workers), "--out", str(folder / f"w{workers}")],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return done.stdout


def test_one_and_two_workers_agree(tmp_path: Path) -> None:
    one, two = (re.sub(r'"seconds": [\d.]+', "", simulate(tmp_path, n)) for n in (1, 2))
    assert one == two


def test_json_names_its_measures_once(tmp_path: Path) -> None:
    rows = json.loads(simulate(tmp_path, 1))["measures"]
    figures = [(row["measure"], row["scope"], row["name"], row["interval"]) for row in rows]
    assert len(figures) == len(set(figures)) > 50
