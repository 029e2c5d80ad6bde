"""Snapshots: the commands in README.md and the guide run, and print what the pages show.

Remade by `python -m tests.docs.remake`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.kernel.machine_code import kernel
from tests.docs.pages import (
    FEATURES,
    PAGES,
    blocks_of,
    commands_of,
    fits,
    page_text,
    run_command,
    write_files,
)


@pytest.fixture(scope="module", autouse=True)
def engine_at_hand() -> None:
    """What a first run on a machine says of compiling stands on no page."""
    kernel()


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_the_page_shows(page: str, tmp_path: Path) -> None:
    text = page_text(page)
    write_files(text, tmp_path)
    commands = [
        command for block in blocks_of(text) if block.language == "console" for command in commands_of(block)
    ]
    assert commands or page in FEATURES
    for command in commands:
        printed, code = run_command(command.line, tmp_path)
        assert code == command.exit_code, f"{command.line}\n{printed}"
        assert fits(command.printed, printed), f"{page}: {command.line}\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_python_runs(page: str, tmp_path: Path) -> None:
    text = page_text(page)
    write_files(text, tmp_path)
    programs = [block.text for block in blocks_of(text) if block.language == "python"]
    assert programs or page != "README.md"
    for program in programs:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program],
            cwd=tmp_path,
            env={**os.environ, "MPLBACKEND": "agg"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
