"""XLSX: leaves out the blank cells far from the data, for which calamine would fill in the whole rectangle."""

import io
import re
import zipfile
from html import unescape

from budgets.readers.child.finds import RefusedError
from budgets.readers.child.spreadsheetml import column_number, sheet_parts
from budgets.readers.sheets import address

STRINGS = "xl/sharedStrings.xml"
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
STRING = re.compile(rb"<(?:\w+:)?si(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>.*?</(?:\w+:)?f>)", re.DOTALL)
PLACE = re.compile(rb"""(?<![\w:])r\s*=\s*["']([A-Za-z]+)(\d+)["']""")
SORT = re.compile(rb"""(?<![\w:])t\s*=\s*["'](\w+)["']""")
OPAQUE = (b"<!--", b"<![CDATA[", b"\0")
"""What no pattern sees through; a part with any of it stays as it is."""
MOST_CELLS = 12_000_000
"""How large a rectangle is still filled in within the memory there is."""


def trimmed(data: bytes) -> bytes:
    """Return the workbook without cells that hold nothing but blanks; refuse contents too far apart."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as written:
        parts = {part: name for name, part in sheet_parts(archive).items()}
        blanks = _blank_strings(archive.read(STRINGS)) if STRINGS in archive.namelist() else set()
        for member in archive.namelist():
            content = archive.read(member)
            written.writestr(member, _sheet(parts[member], content, blanks) if member in parts else content)
    return kept.getvalue()


def _blank_strings(content: bytes) -> set[bytes]:
    if _opaque(content):
        return set()
    return {str(at).encode() for at, one in enumerate(STRING.finditer(content)) if _blank(one[1] or b"")}


def _opaque(content: bytes) -> bool:
    return any(mark in content for mark in OPAQUE)


def _blank(content: bytes) -> bool:
    return not unescape(re.sub(rb"<[^>]*>", b"", content).decode("utf-8", "replace")).strip()


def _sheet(name: str, content: bytes, blanks: set[bytes]) -> bytes:
    """Leave out a sheet's blank cells, unless some cell's place is told only by the cells before it."""
    cells = [] if _opaque(content) else list(CELL.finditer(content))
    if not all(PLACE.search(cell[1]) for cell in cells):
        return content
    left = [cell for cell in cells if not _holds_nothing(cell, blanks)]
    _refuse_far(name, left)
    gone = {cell.start() for cell in cells} - {cell.start() for cell in left}
    return CELL.sub(lambda cell: b"" if cell.start() in gone else cell[0], content)


def _holds_nothing(cell: re.Match[bytes], blanks: set[bytes]) -> bool:
    sort, content = SORT.search(cell[1]), cell[2] or b""
    formula = FORMULA.search(content)
    if formula and not (sort and sort[1] == b"str"):
        return False  # a formula without a result is a hazard, not a blank
    value = FORMULA.sub(b"", content)
    return _blank(value) or bool(sort and sort[1] == b"s" and re.sub(rb"<[^>]*>|\s", b"", value) in blanks)


def _refuse_far(name: str, cells: list[re.Match[bytes]]) -> None:
    places = [
        (int(place[2]) - 1, column_number(place[1].decode())) for cell in cells if (place := PLACE.search(cell[1]))
    ]
    if not places:
        return
    (top, bottom), (left, right) = ((min(line), max(line)) for line in zip(*places, strict=True))
    if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
        raise RefusedError("far", name, address(*max(places)), address(*max(places, key=lambda place: place[1])))
