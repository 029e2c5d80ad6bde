"""Tables as data: a heading, rows of texts; one writer for the terminal, one (the template) for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True)
class Cell:
    """A text, with a smaller one below it; `mark` is a class of the page: "bad", "assumed", "strong"."""

    text: str
    below: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table; a heading row spans all columns and has a label alone."""

    label: str
    cells: tuple[Cell, ...] = ()
    heading: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. `notes` stand below it; `left` columns hold words, the others numbers."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    corner: str = ""
    caption: str = ""
    notes: tuple[str, ...] = ()
    left: tuple[int, ...] = ()


def row(label: str, *texts: str, strong: bool = False) -> Row:
    """A line of plain texts."""
    return Row(label, tuple(Cell(text) for text in texts), strong=strong)


def transposed(grid: Grid) -> Grid:
    """Rows as columns; for tables of few rows with long labels."""
    columns = tuple(entry.label for entry in grid.rows)
    rows = tuple(
        Row(head, tuple(entry.cells[i] for entry in grid.rows)) for i, head in enumerate(grid.columns)
    )
    return Grid(columns, rows, corner=grid.corner, caption=grid.caption, notes=grid.notes)


def text_of(grid: Grid) -> str:
    """The table for a terminal: labels left, numbers right, columns as wide as they must be."""
    return _aligned([*_heads(grid), *(line for entry in grid.rows for line in _lines(entry))], grid.left)


def _heads(grid: Grid) -> list[list[str]]:
    """Heads of several lines stand on the same last line."""
    upwards = zip_longest(*(head.split("\n")[::-1] for head in (grid.corner, *grid.columns)), fillvalue="")
    return [list(line) for line in upwards][::-1]


def _lines(entry: Row) -> list[list[str]]:
    if entry.heading:
        return [[""], [entry.label]]
    lines = [[entry.label, *(cell.text for cell in entry.cells)]]
    if any(cell.below for cell in entry.cells):
        lines.append(["", *(cell.below for cell in entry.cells)])
    return lines


def _aligned(lines: Sequence[Sequence[str]], left: tuple[int, ...]) -> str:
    """A line with a label alone may be wider than the label's column."""
    n_columns = max(len(line) for line in lines)
    full = [[*line, *[""] * (n_columns - len(line))] for line in lines]
    widths = [max(len(line[i]) for line in full if any(line[1:])) for i in range(n_columns)]
    return "\n".join(_line(line, widths, left) for line in full)


def _line(texts: Sequence[str], widths: Sequence[int], left: tuple[int, ...]) -> str:
    cells = [
        text.ljust(width) if i == 0 or i - 1 in left else text.rjust(width)
        for i, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
