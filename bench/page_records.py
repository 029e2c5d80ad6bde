"""The section on reading records."""

from __future__ import annotations

from statistics import median

from bench.markdown import markdown_table
from bench.records import Read, beyond_mb, by_way, read_of
from bench.store import Section

_TITLES = {
    "ours": "`calibration.records.reading.read`",
    "polars": "polars {version}, a few lines",
    "pandas": "pandas {version}, a few lines",
}
_ABOUT = (
    "The bank's calls of January to May 1999, repeated with later dates, in its own layout. The few lines read the",
    "same columns as text, make numbers, dates and codes of them, and sort: they check and count nothing. Our reader",
    "also finds separators and ragged lines, cleans every field, reads it by the mapping, and counts each row and",
    "why it is left out. All give the same contacts, answered calls and seconds of talk. Each reading is a process of",
    "its own; seconds are those of the fastest and the slowest run, imports aside; memory is the most beyond what was",
    "resident before, median of the runs.",
)


def records(section: Section) -> list[str]:
    """Seconds and memory by way of reading."""
    data = section.data
    title = "## Reading records"
    if "unable" in data:
        return [title, "", f"Not measured: {data['unable']}."]
    found = by_way([read_of(read) for read in data["reads"]])
    head = ("read by", "wall s", "CPU s", "rows/s", "memory MB")
    cells = [_cells(way, reads, data) for way, reads in found.items()]
    size = f"{data['rows']:,} rows, {data['file_mb']:.0f} MB of text."
    return [title, "", size, *_ABOUT, "", *markdown_table(head, cells)]


def _cells(way: str, reads: list[Read], data: dict[str, object]) -> list[str]:
    versions = data["versions"]
    version = versions.get(way, "") if isinstance(versions, dict) else ""
    wall = [read.wall_s for read in reads]
    cpu = [read.cpu_s for read in reads]
    return [
        _TITLES[way].format(version=version),
        f"{min(wall):.2f} to {max(wall):.2f}",
        f"{min(cpu):.2f} to {max(cpu):.2f}",
        f"{round(reads[0].totals[0] / median(wall), -3):,.0f}",
        f"{beyond_mb(reads):.0f}",
    ]
