"""An interrupted run leaves no run folder behind, ends with code 3, and goes on from its finished blocks."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ccplan.exits import EXIT_INTERRUPTED

LONG = [sys.executable, "-m", "ccplan", "simulate", "erlang-a", "--replications", "400", "--workers", "2"]
DEADLINE_S = 120


def heeds_interrupts() -> None:
    """A shell's background jobs ignore the interrupt, and so would a child that inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    with subprocess.Popen(
        LONG,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heeds_interrupts,  # noqa: PLW1509 - this test starts no threads
    ) as process:
        until_s = time.monotonic() + DEADLINE_S
        while not list(tmp_path.glob("runs/.kept/*/*.pickle")) and time.monotonic() < until_s:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, said = process.communicate(timeout=DEADLINE_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode == EXIT_INTERRUPTED, said
    assert "what was finished is kept" in said
    assert "Traceback" not in said
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [".kept"]


def test_a_run_goes_on_from_kept_blocks(tmp_path: Path) -> None:
    from results.store import kept_blocks
    from scenarios import load
    from sim.replicate import Asked, run

    scenario = load("erlang-a").changed({"calendar.warm_up_h": 0})
    kept = kept_blocks(tmp_path / "runs" / "x-1", scenario, 1)
    whole = run(scenario, Asked(replications=10), kept=kept)
    counts: list[int] = []
    kept._file(5).unlink()
    again = run(scenario, Asked(replications=10), kept=kept, progress=lambda done, _: counts.append(done))
    assert list(again.rows()) == list(whole.rows())
    assert counts == [10]  # one block was run, the other was there
    kept.discard()
    assert not (tmp_path / "runs" / ".kept").exists()
