"""The progress line of long work: how much is done, at what rate, and how long it still takes.

Of a search it shows what is being done, and of a solve under way the best cost, the bound, the gap and the time left.
"""

from __future__ import annotations

import sys
import time
from shutil import get_terminal_size
from typing import TextIO

from optimizer.standing import SO_FAR, Standing

_EVERY_S = 0.2
_NOT_YET = -1  # counted


class ProgressLine:
    """One line on standard error that is written over; silent where standard error is no terminal."""

    def __init__(self, what: str, unit: str = "replications", stream: TextIO | None = None) -> None:
        self.what = what
        self.unit = unit
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._doing = self._so_far = ""
        self._last_s = 0.0
        self._width = 0
        self._began_s, self._first = time.monotonic(), _NOT_YET

    def __call__(self, done: int, of: int | None) -> None:
        """Show `done`, of so many where that is known. What was done before this run (kept) is not in the rate."""
        now_s = time.monotonic()
        if self._first == _NOT_YET:
            self._first = 0 if now_s - self._began_s > _EVERY_S else done
        if self._shown and (now_s - self._last_s >= _EVERY_S or done == of):
            done_now, elapsed_s = done - self._first, now_s - self._began_s
            self._write(self._line(f": {progress_text(self.unit, done, of, done_now, elapsed_s)}"))

    def note(self, text: str) -> None:
        """Show what is being done; what is counted from now on is counted for it."""
        self._doing, self._so_far = _parted(text)
        self._began_s, self._first = time.monotonic(), _NOT_YET
        if self._shown:
            self._write(self._line())

    def hear(self, standing: Standing) -> None:
        """Show how far the solve under way is."""
        if self._shown and time.monotonic() - self._last_s >= _EVERY_S:
            self._write(self._line(f" | {standing}"))

    def close(self) -> None:
        """Clear the line."""
        if self._shown and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def _line(self, how_far: str = "") -> str:
        """What is being done and how far that is, before what was found so far: a narrow terminal cuts the end."""
        doing = f"{self.what}: {self._doing}" if self._doing else self.what
        return doing + how_far + self._so_far

    def _write(self, text: str) -> None:
        """Over the line before; what the terminal is too narrow for is left out, as a second line would stay."""
        self._last_s = time.monotonic()
        shown = text[: get_terminal_size().columns - 1]
        self._stream.write("\r" + shown.ljust(self._width))
        self._stream.flush()
        self._width = len(shown)


def _parted(note: str) -> tuple[str, str]:
    """What is being done, and what was found so far."""
    doing, mark, so_far = note.partition(SO_FAR)
    return doing, mark + so_far


def progress_text(unit: str, done: int, of: int | None, done_now: int, elapsed_s: float) -> str:
    """How much is done: count, rate, and time left where the end is known."""
    rate = done_now / elapsed_s if elapsed_s > 0.0 else 0.0
    text = f"{done}" + (f" of {of}" if of else "") + f" {unit}"
    if rate > 0.0:
        text += f"  {rate:.1f} a second" if rate >= 0.1 else f"  {1.0 / rate:.0f} s each"
        if of:
            text += f"  {_clock((of - done) / rate)} left"
    return text


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
