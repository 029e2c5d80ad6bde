"""The kernel's machine code: kept whole or not used, named by all that it depends on, asked for once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.kernel import machine_code
from sim.kernel.machine_code import SOURCES, kernel

KERNEL = Path(machine_code.__file__).parent
CODE = machine_code._Code(b"not a real object file", ("live", "end"))


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    return tmp_path / "cache"


def test_every_module_that_the_kernel_reads_is_in_its_name():
    imports = re.compile(r"^from sim\.([\w.]+) import (\w+)", re.MULTILINE)
    used = {
        f"{module}.{name}" if module == "chance" else module
        for source in KERNEL.glob("*.py")
        for module, name in imports.findall(source.read_text(encoding="utf-8"))
    }
    assert {name for name in used if not name.startswith("kernel")} == {
        name.removesuffix(".py").replace("/", ".") for name in SOURCES
    }


def test_what_was_kept_comes_back(own_cache: Path):
    assert machine_code._kept() is None
    machine_code._keep(CODE)
    assert machine_code._kept() == CODE
    assert machine_code.is_at_hand()
    assert [file.suffix for file in (own_cache / "ccplan").iterdir()] == [".o"]


@pytest.mark.parametrize("damage", [lambda b: b[:-5], lambda _: b"", lambda b: b.replace(b"real", b"fake")])
def test_a_damaged_file_is_not_used(own_cache: Path, damage):
    machine_code._keep(CODE)
    (file,) = (own_cache / "ccplan").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert machine_code._kept() is None
    assert not machine_code.is_at_hand()


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("a file stands where the folder should", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    machine_code._keep(CODE)
    assert machine_code._kept() is None


def test_a_small_simulation_loads_nothing_heavy_once_the_kernel_is_kept():
    kernel()
    if machine_code._kept() is None:
        pytest.skip("nothing is kept: the user's cache folder cannot be written, or the compiler is off")
    program = """
import sys
from scenarios import load
from sim.replicate import Asked, run
print(run(load("n-design"), Asked(replications=1)).contacts > 1000)
print(*(name for name in ("numba", "scipy", "simpy", "pyomo", "matplotlib") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]
