"""XLSX: what calamine passes over in a sheet's XML (formulas without a result, errors, hidden rows and columns)."""

import posixpath
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from budgets.readers.child.finds import RefusedError, Seen, attribute
from budgets.readers.hazards import Hazard

HINTS = (b"<f", b":f", b"hidden=", b't="e"', b"t='e'", b"t =", b"\xff\xfe", b"\xfe\xff")
"""A sheet without any of these holds nothing to see, and most large ones are without."""
SECONDS = 5
CHUNK = 1 << 20
TOO_LARGE = "工作表太大，没有检查其中的隐藏行、隐藏列、没有结果的公式和错误值；如有，请先改正。"
UNKNOWN = "没有看到这张工作表的隐藏行、隐藏列、公式和错误值；请用 Excel 或 WPS 另存后再上传。"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the archive member of every sheet by the sheet's name."""
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, Any]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = posixpath.join("/xl", attribute(attributes, "Target"))
            targets[attribute(attributes, "Id")] = posixpath.normpath(target).lstrip("/")

    def sheet(name: str, attributes: dict[str, Any]) -> None:
        if name.rpartition(":")[2] == "sheet":
            parts[attribute(attributes, "name")] = targets.get(attribute(attributes, "id"), "")

    parse(archive, "xl/_rels/workbook.xml.rels", relation)
    parse(archive, "xl/workbook.xml", sheet)
    return parts


def parse(archive: zipfile.ZipFile, member: str, start: Callable, characters: Callable | None = None) -> None:
    """Stream one member through a parser that refuses declared entities and gives up after some seconds."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _doctype
    deadline = time.process_time() + SECONDS
    with archive.open(member) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            parser.Parse(chunk, False)  # noqa: FBT003 expat takes it by position
            if time.process_time() > deadline:
                raise TimeoutError
    parser.Parse(b"", True)  # noqa: FBT003 expat takes it by position


def _doctype(*_declaration: Any) -> None:
    raise RefusedError("entities")


def see(archive: zipfile.ZipFile, member: str) -> Seen:
    """Return what one sheet's XML tells."""
    sight = _Sight()
    try:
        if _hinted(archive, member):
            parse(archive, member, sight.start, sight.characters)
            sight.close()
    except TimeoutError:
        sight.seen.finds.add(Hazard.UNSEEN, 0, 0, TOO_LARGE)
    except (KeyError, expat.ExpatError):
        sight.seen.finds.add(Hazard.UNSEEN, 0, 0, UNKNOWN)
    return sight.seen


def _hinted(archive: zipfile.ZipFile, member: str) -> bool:
    return any(hint in window for window in _windows(archive, member) for hint in HINTS)


def _windows(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    tail = b""
    with archive.open(member) as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            yield tail + chunk
            tail = chunk[-8:]


class _Sight:
    """Follows the elements of a sheet: rows, cells, formulas, values."""

    def __init__(self) -> None:
        self.seen = Seen.nothing()
        self.row = self.column = -1
        self.sort = self.formula = self.value = self.reading = ""
        self.has_formula = False

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """Take an element's beginning; unprefixed names, which nearly all are, need no cutting."""
        step = STEPS.get(name) or STEPS.get(name.rpartition(":")[2])
        self.reading = ""
        if step:
            step(self, attributes)

    def characters(self, text: str) -> None:
        """Collect a formula and its result."""
        if self.reading == "f":
            self.formula += text
        elif self.reading == "v":
            self.value += text

    def close(self) -> None:
        """Judge the cell that has gone by."""
        if self.sort == "e":
            self.seen.replace(Hazard.ERROR, self.row, self.column, self.value.strip() or "#N/A")
        elif self.has_formula and self.sort != "str" and not self.value.strip():
            self.seen.replace(Hazard.UNCALCULATED, self.row, self.column, f"={self.formula}")
        self.sort = self.formula = self.value = ""
        self.has_formula = False

    def on_row(self, attributes: dict[str, Any]) -> None:
        """Open a row; one without a number follows the last."""
        self.close()
        given = attributes.get("r", "")
        self.row, self.column = int(given) - 1 if given.isdecimal() else self.row + 1, -1
        if attributes.get("hidden") in {"1", "true"}:
            self.seen.hidden_rows.add(self.row)

    def on_cell(self, attributes: dict[str, Any]) -> None:
        """Open a cell; one without a place follows the last."""
        if self.sort or self.has_formula:
            self.close()
        letters = attributes.get("r", "").rstrip("0123456789")
        self.column = column_number(letters) if letters else self.column + 1
        self.sort = attributes.get("t", "")
        self.value = ""

    def on_formula(self, _attributes: dict[str, Any]) -> None:
        """Open a formula."""
        self.has_formula, self.reading = True, "f"

    def on_value(self, _attributes: dict[str, Any]) -> None:
        """Open a value; that of a plain cell is calamine's to read."""
        if self.has_formula or self.sort == "e":
            self.reading = "v"

    def on_columns(self, attributes: dict[str, Any]) -> None:
        """Take a run of columns."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in {"1", "true"} and first.isdecimal() and last.isdecimal():
            self.seen.hidden_columns.append((int(first) - 1, int(last) - 1))


STEPS: dict[str, Callable[[_Sight, dict[str, Any]], None]] = {
    "c": _Sight.on_cell,
    "v": _Sight.on_value,
    "f": _Sight.on_formula,
    "row": _Sight.on_row,
    "col": _Sight.on_columns,
}


def column_number(letters: str) -> int:
    """Return 0 for A, 26 for AA; −1 for what names no column."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        return -1
    total = 0
    for letter in letters.upper():
        total = total * 26 + ord(letter) - 64
    return total - 1
