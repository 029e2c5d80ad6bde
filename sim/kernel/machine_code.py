"""The kernel's machine code: compiled once by numba, kept as an object file, and loaded without numba ever after.

Importing numba and reviving a function from its own cache takes 0.7 s, loading an object file 0.05 s. The entry
points take an address and numbers and call nothing but the C library's mathematics, so nothing of numba is needed
to run them. Calls through ctypes let go of Python's lock.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import llvmlite.binding as llvm

# What the kernel is made of, beside its own folder: a change in any of them makes another kernel.
_SIM = Path(__file__).parent.parent
SOURCES = (
    "chance/draws.py", "chance/normal.py", "chance/piecewise.py", "chance/quantile_table.py", "chance/sample.py",
    "codes.py", "records/totals.py", "records/wait_histogram.py", "world/arrivals.py", "world/experience.py",
    "world/hours.py",
)  # fmt: skip
_LIVE, _END = "live_through_day", "end_run"


_ONE_AT_A_TIME = threading.Lock()


class Kernel(NamedTuple):
    """The entry points of `sim.kernel.day`."""

    live_through_day: Callable[[int, float, int], int]
    end_run: Callable[[int], None]


class _Code(NamedTuple):
    """An object file, and the names of the entry points in it."""

    object_file: bytes
    names: tuple[str, str]


def kernel() -> Kernel:
    """The entry points: of the object file that was kept; else compiled, which takes some ten seconds."""
    with _ONE_AT_A_TIME:
        return _kernel()


@lru_cache(maxsize=1)
def _kernel() -> Kernel:
    if is_interpreted():
        from sim.kernel import day

        return Kernel(day.live_through_day, day.end_run)
    code = _kept()
    if code is None:
        code = _compile()
        _keep(code)
    return _load(code)


def is_at_hand() -> bool:
    """Whether the kernel is there without compiling it."""
    return is_interpreted() or _kept() is not None


def is_interpreted() -> bool:
    """Whether numba's compiler is switched off, as for measuring what tests cover."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


# --- Kept ----------------------------------------------------------------------------------------------------------


def _file() -> Path:
    """Named by everything that the code depends on."""
    found = hashlib.sha256()
    for source in sorted([*Path(__file__).parent.glob("*.py"), *(_SIM / name for name in SOURCES)]):
        found.update(source.read_bytes())
    for word in (platform.platform(), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()):
        found.update(word.encode())
    found.update(".".join(map(str, llvm.llvm_version_info)).encode())
    return _user_cache() / "ccplan" / f"kernel-{found.hexdigest()[:16]}.o"


def _user_cache() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home()))
    return Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")


def _kept() -> _Code | None:
    """What was kept: a line with the names, then the object file, then its digest, lest half a file be run."""
    try:
        names, _, rest = _file().read_bytes().partition(b"\n")
    except OSError:
        return None
    object_file, digest = rest[:-32], rest[-32:]
    if hashlib.sha256(object_file).digest() != digest or len(names.split()) != len(_Code._fields):
        return None
    live, end = names.decode().split()
    return _Code(object_file, (live, end))


def _keep(code: _Code) -> None:
    """Into the user's cache folder, whole or not at all; where nothing can be written, it is compiled every time."""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as whole:
            whole.write(" ".join(code.names).encode() + b"\n" + code.object_file)
            whole.write(hashlib.sha256(code.object_file).digest())
        os.replace(whole.name, file)
    except OSError:
        return


# --- Compiled and loaded --------------------------------------------------------------------------------------------


def _compile() -> _Code:
    """Both entry points, by numba, in one object file. Numba leaves them as they come; all is optimized at the end."""
    import numba
    from numba.core.config import _OptLevel

    settings: Any = numba.config
    level: Any = _OptLevel
    before, settings.OPT = settings.OPT, level(0)  # heard where numba has not been used before
    try:
        from sim.kernel import day

        live, live_module = _lowered(day.live_through_day, (numba.uint64, numba.float64, numba.int64))
        end, end_module = _lowered(day.end_run, (numba.uint64,))
    finally:
        settings.OPT = before
    live_module.link_in(end_module)
    machine = _machine()
    _optimize_as_a_whole(live_module, (live, end), machine)
    return _Code(machine.emit_object(live_module), (live, end))


def _lowered(entry: Any, signature: tuple[Any, ...]) -> tuple[str, llvm.ModuleRef]:
    """An entry point's name, and a module with it and all that it calls."""
    entry.compile(signature)
    found = entry.overloads[signature]
    return found.fndesc.llvm_func_name, llvm.parse_bitcode(found.library._final_module.as_bitcode())


def _machine() -> llvm.TargetMachine:
    """The processor at hand."""
    return llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        codemodel="jitdefault",
        jit=True,
    )


def _optimize_as_a_whole(module: llvm.ModuleRef, names: tuple[str, str], machine: llvm.TargetMachine) -> None:
    """Knowing that nobody else calls the functions inside: they dissolve into their callers, the seldom ones do not."""
    from sim.kernel.compiling import SELDOM

    apart = tuple(f"{len(name)}{name}B" for name in SELDOM)  # as numba writes a name
    for function in module.functions:
        if not function.is_declaration and function.name not in names:
            function.linkage = "internal"
            if any(name in function.name for name in apart):
                function.add_function_attribute("noinline")
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)


def _load(code: _Code) -> Kernel:
    """The entry points at their addresses. The engine owns the code and lives as long as the program."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code.object_file))
    engine.finalize_object()
    live, end = (engine.get_function_address(name) for name in code.names)
    return Kernel(_returning_word(live, engine), _returning_nothing(end, engine))


# A compiled function returns a status and takes, before its arguments, where to put its result and its exception.
_LIVE_TYPE = ctypes.CFUNCTYPE(
    ctypes.c_int32,
    ctypes.POINTER(ctypes.c_int64),
    ctypes.c_void_p,
    ctypes.c_uint64,
    ctypes.c_double,
    ctypes.c_int64,
)
_END_TYPE = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint64)


def _returning_word(at: int, engine: Any) -> Callable[[int, float, int], int]:
    function = _LIVE_TYPE(at)

    def call(address: int, ends_s: float, begins: int, _owner: Any = engine) -> int:
        result, exception = ctypes.c_int64(), ctypes.c_void_p()
        function(ctypes.byref(result), ctypes.byref(exception), address, ends_s, begins)
        return result.value

    return call


def _returning_nothing(at: int, engine: Any) -> Callable[[int], None]:
    function = _END_TYPE(at)

    def call(address: int, _owner: Any = engine) -> None:
        result, exception = ctypes.c_void_p(), ctypes.c_void_p()
        function(ctypes.byref(result), ctypes.byref(exception), address)

    return call
