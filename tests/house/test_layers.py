"""Rooms know only the rooms before them, and heavy libraries load only where a command needs them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_import_layers() -> None:
    lint_imports = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import ccplan.cli", ("numpy", "pydantic", "pyomo", "matplotlib", "simpy")),
        ("import scenarios", ("numpy", "pyomo", "matplotlib", "simpy")),
        ("import ccplan.command_simulate, sim.replicate, results.tables", ("scipy", "pyomo", "matplotlib")),
        ("import optimizer.plan", ("matplotlib",)),
    ],
)
def test_heavy_libraries_stay_out(statement: str, forbidden: tuple[str, ...]) -> None:
    program = f"{statement}\nimport sys\nprint(*(name for name in {forbidden!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
