"""Small exports written for a test: text in every packing, and workbooks."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
}
Cell = str | float | None

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="{_SHEET}">
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="22" applyNumberFormat="1"/>
<xf numFmtId="46" applyNumberFormat="1"/></cellXfs></styleSheet>"""
DATE_STYLE, SPAN_STYLE = 1, 2


def write(path: Path, text: str | bytes, packing: str = "") -> Path:
    """A file of this text, packed; the packing's suffix is added."""
    raw = text.encode() if isinstance(text, str) else text
    file = path.with_name(path.name + packing)
    file.write_bytes(PACKINGS[packing](raw))
    return file


def write_book(path: Path, rows: Sequence[Sequence[Cell]], styles: dict[int, int] | None = None) -> Path:
    """A workbook of one sheet; styles: column → number of a style, for dates and spans written as numbers."""
    styles = styles or {}
    lines = [
        "".join(_cell(number, at, value, styles.get(at, 0)) for at, value in enumerate(row))
        for number, row in enumerate(rows, start=1)
    ]
    body = [f'<row r="{number}">{line}</row>' for number, line in enumerate(lines, start=1)]
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(body)}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="records" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relation("r0", "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        both = _relation("r1", "worksheet", "worksheets/sheet1.xml", ("r2", "styles", "styles.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", both)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/styles.xml", _STYLES)
    return path


def _relation(name: str, kind: str, target: str, *more: tuple[str, str, str]) -> str:
    all_of = [(name, kind, target), *more]
    return _RELATIONS.format(
        "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/{k}" Target="{t}"/>' for n, k, t in all_of)
    )


def _cell(row: int, column: int, value: Cell, style: int) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
