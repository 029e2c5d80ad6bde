"""The C program `center.c`, compiled by gcc -O3 and told the system by its arguments."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.peers.measured import UnableError
from bench.systems import AWT_S, System

SOURCE = Path(__file__).with_name("center.c")
FLAGS = ("-O3", "-std=c11")


def compiled(folder: Path) -> Path:
    """The program, compiled into a folder."""
    gcc = shutil.which("gcc")
    if gcc is None:
        raise UnableError("gcc is not installed")
    program = folder / "center"
    subprocess.run([gcc, *FLAGS, str(SOURCE), "-o", str(program), "-lm"], check=True)
    return program


def arguments(system: System, contacts: int, seed: int) -> list[str]:
    """The system in the program's words."""
    words: list[float] = [contacts, seed, AWT_S, len(system.types), len(system.groups)]
    for kind in system.types:
        words += [
            kind.arrivals_per_s,
            kind.mean_handle_s,
            kind.mean_patience_s,
            len(kind.groups),
            *kind.groups,
        ]
    for group in system.groups:
        words += [group.n_agents, len(group.skills), *group.skills]
    return [repr(word) for word in words]
