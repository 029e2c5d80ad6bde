"""The machine and the versions that a measurement was made with."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "numba", "simpy", "ciw", "cimba")


def facts() -> dict[str, str]:
    """What to write above the tables."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": platform.platform(),
        "Python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
        "gcc": _gcc(),
    }


def load_average() -> float:
    """Runnable processes over the last minute: what else the machine was doing."""
    return os.getloadavg()[0]


def _processor() -> str:
    """The model's name; where Linux does not tell it, what Python knows."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    name = facts.get("model name") or platform.processor() or platform.machine()
    if "cpu family" not in facts:
        return name
    return f"{name} (family {facts['cpu family']}, model {facts['model']})"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _gcc() -> str:
    gcc = shutil.which("gcc")
    if gcc is None:
        return "not installed"
    return subprocess.run([gcc, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[
        0
    ]
