"""Every measurement in a process of its own: started here, its line of JSON read here."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.peers import c_program
from bench.peers.measured import Measured, UnableError
from bench.roster import Peer
from bench.systems import System

ROOT = Path(__file__).resolve().parent.parent
REFUSED = 3  # exit status of a peer that says why it cannot


class Runner:
    """Runs peers one after the other; the C program is compiled once into `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program: Path | None = None

    def measured(self, peer: Peer, system: System, contacts: int, seed: int) -> Measured:
        """One run of a peer. Raises UnableError where it is not installed or cannot state the system."""
        if peer.module is None:
            self.program = self.program or c_program.compiled(self.folder)
            return finished([str(self.program), *c_program.arguments(system, contacts, seed)])
        if peer.package and find_spec(peer.package) is None:
            raise UnableError(f"{peer.package} is not installed")
        return module(peer.module, system.name, contacts, seed, *peer.words)


def module(name: str, *words: object) -> Measured:
    """One run of a module of ours."""
    return finished([sys.executable, "-m", name, *map(str, words)])


def finished(command: list[str]) -> Measured:
    """The measurements that a command prints in its last line."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode == REFUSED and lines:
        raise UnableError(json.loads(lines[-1])["unable"])
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return measured_of(json.loads(lines[-1]))


def measured_of(data: dict[str, Any]) -> Measured:
    """From JSON, which has lists."""
    return Measured(**{**data, "offered": tuple(data["offered"]), "abandoned": tuple(data["abandoned"])})
