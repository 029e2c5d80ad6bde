"""Files of records: found by path, folder or pattern, unpacked, and decoded to UTF-8 text."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scenarios.faults import Fault, FaultyInput, nearest

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".log", ".psv")
PACKED_SUFFIXES = (".gz", ".xz", ".bz2", ".zst", ".zip")
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_MAGIC = {b"\x1f\x8b": "gz", b"\xfd7zXZ\x00": "xz", b"BZh": "bz2", b"\x28\xb5\x2f\xfd": "zst"}
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "xz": lzma.decompress,
    "bz2": bz2.decompress,
}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SAMPLE = 65_536
_FALLBACK = "windows-1252"
_AGAIN = "copy or export it again"


@dataclass(frozen=True)
class Source:
    """A file's content: text in UTF-8, or a workbook's bytes; and what was noticed on the way."""

    file: Path
    data: bytes
    is_book: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        """Name of the file, without its folder."""
        return self.file.name


def found_files(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Files of all paths, in the order of the paths and of the names in each; folders and patterns are looked into."""
    asked = [paths] if isinstance(paths, str | Path) else list(paths)
    files: dict[Path, None] = {}
    faults = []
    for path in asked:
        found = _files_of(Path(path))
        files |= dict.fromkeys(found)
        if not found:
            faults.append(_none_at(Path(path)))
    if not asked:
        faults.append(Fault("records", "", "no file named", "at least one file, folder or pattern"))
    if faults:
        raise FaultyInput(faults)
    return list(files)


def _files_of(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and is_record(file))
    return sorted(Path(file) for file in glob.glob(str(path)) if Path(file).is_file())


def is_record(file: Path) -> bool:
    """Whether a file of a folder is looked into, by its name."""
    name = file.name.lower()
    for suffix in PACKED_SUFFIXES:
        name = name.removesuffix(suffix)
    return not name.startswith((".", "~$")) and name.endswith((*TEXT_SUFFIXES, *BOOK_SUFFIXES, "queue_log"))


def _none_at(path: Path) -> Fault:
    if path.is_dir():
        suffixes = ", ".join((*TEXT_SUFFIXES, *BOOK_SUFFIXES[:1]))
        return Fault(
            str(path), "", "no records in this folder", f"{suffixes}, or packed as .gz, .xz, .bz2, .zst, .zip"
        )
    if any(mark in path.name for mark in "*?["):
        return Fault(str(path), "", "no file fits this pattern")
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    return Fault(str(path), "", "no such file", "", nearest(path.name, beside))


def opened(file: Path, encoding: str | None = None) -> Source:
    """The file's content; raises FaultyInput where it is empty, damaged, or neither text nor a workbook."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _faulty(file, f"cannot be read: {error.strerror}") from None
    data = _out_of_archive(file, _unpacked(file, raw))
    if not data.strip():
        raise _faulty(file, "is empty", "a line of column names and lines of records")
    if data.startswith(_BOOKS):
        return Source(file, data, is_book=True)
    return _decoded(file, data, encoding)


def _unpacked(file: Path, raw: bytes) -> bytes:
    kind = next((kind for magic, kind in _MAGIC.items() if raw.startswith(magic)), None)
    if kind is None:
        return raw
    try:
        return _unpacked_zst(file) if kind == "zst" else _UNPACK[kind](raw)
    except (EOFError, OSError, lzma.LZMAError, ValueError, zlib.error):
        raise _faulty(file, f"its {kind} packing is damaged or cut off", "a whole file", _AGAIN) from None


def _out_of_archive(file: Path, data: bytes) -> bytes:
    """The one file of records in a .zip; workbooks, which are archives too, stay as they are."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names or "mimetype" in names:
                return data
            records = [name for name in names if is_record(Path(name))]
            if len(records) == 1:
                return _unpacked(file, archive.read(records[0]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        raise _faulty(file, "its zip packing is damaged or cut off", "a whole file", _AGAIN) from None
    raise _faulty(file, f"holds {len(records)} files of records", "one, or all of them unpacked in a folder")


def _unpacked_zst(file: Path) -> bytes:
    """Polars unpacks zstd, which this Python's library does not: as one column of whole lines."""
    import polars as pl

    try:
        lines = pl.read_csv(
            file,
            has_header=False,
            separator="\x01",
            quote_char=None,
            infer_schema=False,
            encoding="utf8-lossy",
        )
    except pl.exceptions.NoDataError:
        return b""
    except pl.exceptions.PolarsError as error:
        raise ValueError from error
    return "\n".join(lines.to_series().fill_null("")).encode()


def _decoded(file: Path, data: bytes, encoding: str | None) -> Source:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked == "utf-8-sig":
        return _utf8(file, data[3:])
    if marked is None and b"\x00" in data[:_SAMPLE]:
        raise _faulty(file, "is not text: it holds bytes that no text has", "CSV text or an .xlsx workbook")
    if (marked or encoding or "utf-8") == "utf-8":
        return _utf8(file, data)
    try:
        text = data.decode(marked or encoding or "")
    except (UnicodeDecodeError, LookupError):
        raise _faulty(
            file, f"is not text in {encoding or marked}", "the right encoding in the mapping"
        ) from None
    return Source(file, _with_line_ends(text.encode()))


def _utf8(file: Path, data: bytes) -> Source:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode(_FALLBACK, errors="replace")
        note = f"{file.name}: not UTF-8 (line {line}), read as {_FALLBACK}: names may be damaged"
        return Source(file, _with_line_ends(text.encode()), note=note)
    return Source(file, _with_line_ends(data))


def _with_line_ends(data: bytes) -> bytes:
    """Lines that end in CR alone, as on old systems, end in LF."""
    return data.replace(b"\r", b"\n") if b"\r" in data and b"\n" not in data else data


def _faulty(file: Path, found: str, expected: str = "", hint: str = "") -> FaultyInput:
    return FaultyInput([Fault(file.name, "", found, expected, hint)])
