"""The progress line, word by word: what is done, how far, and what was found; nothing where nobody looks."""

from __future__ import annotations

from io import StringIO

import pytest

from ccplan import progress
from ccplan.progress import ProgressLine
from optimizer.standing import SO_FAR, Standing


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        """What stands in the terminal's last line."""
        return self.getvalue().rsplit("\r", 1)[-1].rstrip()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A wide terminal in which everything is shown at once."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(progress, "_EVERY_S", 0.0)
    return Terminal()


STANDING = Standing(5280.4, 5010.0, 58.2, "EUR")


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        (STANDING, "best 5,280 EUR, bound 5,010, gap 5.1 %, 58 s left"),
        (Standing(None, 5010.0, 58.2, "EUR"), "none yet, bound 5,010, 58 s left"),
        (Standing(None, None, 58.2, "EUR"), "none yet, 58 s left"),
        (Standing(12.5, 0.0, None, "h"), "best 12.5 h, bound 0, gap 100.0 %"),
        (Standing(0.0, -1.0), "best 0, bound -1"),
        (Standing(left_s=-0.3), "0 s left"),
    ],
)
def test_standing_in_words(standing: Standing, text: str) -> None:
    assert str(standing) == text


def test_what_is_done_then_how_far_then_what_was_found(shown: Terminal) -> None:
    line = ProgressLine("center: planning", stream=shown)
    line.note(f"round 2: shifts of team{SO_FAR}{Standing(5300.0, 5000.0, None, 'EUR')}")
    so_far = "so far: best 5,300 EUR, bound 5,000, gap 5.7 %"
    assert shown.line == f"center: planning: round 2: shifts of team | {so_far}"
    line.hear(STANDING)
    assert shown.line == f"center: planning: round 2: shifts of team | {STANDING} | {so_far}"
    line(40, 100)
    assert shown.line.startswith("center: planning: round 2: shifts of team: 40 of 100 replications")
    assert shown.line.endswith(so_far)
    line.note("confirming")
    assert shown.line == "center: planning: confirming"
    line.close()
    assert shown.line == ""


def test_a_narrow_terminal_cuts_the_end(shown: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    line = ProgressLine("center: planning", stream=shown)
    line.note("round 2: shifts of team")
    line.hear(STANDING)
    assert shown.line == f"center: planning: round 2: shifts of team | {STANDING}"[:39].rstrip()


def test_nothing_is_shown_where_nobody_looks() -> None:
    stream = StringIO()
    line = ProgressLine("center: planning", stream=stream)
    line.note("round 1")
    line.hear(STANDING)
    line(1, 2)
    line.close()
    assert stream.getvalue() == ""
