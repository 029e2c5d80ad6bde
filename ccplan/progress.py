"""The progress line of long work: how much is done, at what rate, and how long it still takes."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_EVERY_S = 0.2


class ProgressLine:
    """One line on standard error that is written over; silent where standard error is no terminal."""

    def __init__(self, what: str, unit: str = "replications", stream: TextIO | None = None) -> None:
        self.what = what
        self.unit = unit
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._began_s = time.monotonic()
        self._first: int | None = None
        self._last_s = 0.0
        self._width = 0

    def __call__(self, done: int, of: int | None) -> None:
        """Show `done`, of so many where that is known. What was done before this run (kept) is not in the rate."""
        now_s = time.monotonic()
        if self._first is None:
            self._first = 0 if now_s - self._began_s > _EVERY_S else done
        if self._shown and (now_s - self._last_s >= _EVERY_S or done == of):
            self._last_s = now_s
            self._write(
                progress_text(self.what, self.unit, done, of, done - self._first, now_s - self._began_s)
            )

    def note(self, text: str) -> None:
        """Show what is being done, without a count."""
        if self._shown:
            self._write(f"{self.what}: {text}")

    def close(self) -> None:
        """Clear the line."""
        if self._shown and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def _write(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = len(text)


def progress_text(what: str, unit: str, done: int, of: int | None, done_now: int, elapsed_s: float) -> str:
    """The line's text: count, share, rate, and time left where the end is known."""
    rate = done_now / elapsed_s if elapsed_s > 0.0 else 0.0
    text = f"{what}: {done}" + (f" of {of}" if of else "") + f" {unit}"
    if rate > 0.0:
        text += f"  {rate:.1f} a second" if rate >= 0.1 else f"  {1.0 / rate:.0f} s each"
        if of:
            text += f"  {_clock((of - done) / rate)} left"
    return text


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
