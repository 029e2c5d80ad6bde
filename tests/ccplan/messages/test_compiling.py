"""The first use of the compiled engine on a machine says what it is waiting for."""

from __future__ import annotations

import pytest

from ccplan.running import compile_engine


@pytest.mark.parametrize(
    ("at_hand", "told"),
    [
        (False, "compiling the simulation engine for this machine, once: about half a minute\n"),
        (True, ""),
    ],
)
def test_compiling_is_told_once(
    at_hand: bool, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    asked: list[str] = []
    monkeypatch.setattr("sim.kernel.machine_code.is_at_hand", lambda: at_hand)
    monkeypatch.setattr("sim.kernel.machine_code.kernel", lambda: asked.append("kernel"))
    compile_engine()
    assert capsys.readouterr().err == told
    assert asked == ["kernel"]
