"""One line on the terminal that says what is being measured."""

from __future__ import annotations

import sys
from collections.abc import Callable

Progress = Callable[[str], None]


def on_terminal(text: str) -> None:
    """Overwrite the line; where standard error is a file, write one line each."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
    else:
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def end_of_line() -> None:
    """Leave the line as it is."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def silent(_text: str) -> None:
    """Say nothing."""
