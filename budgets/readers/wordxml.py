"""Reads a .docx from standard input into JSON; run as a process of its own, with little memory and time.

The XML is read as a stream. A document type declaration, and with it every entity, is refused.
"""

import io
import json
import re
import resource
import sys
import zipfile
from typing import Any
from xml.parsers import expat

MEMORY = 600 * 1024 * 1024
SECONDS = 10
LARGEST_PART = 64 * 1024 * 1024
MOST_CELLS = 200_000
DEEPEST = 400
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
REPEATED = {"http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback", "moveFrom"}
"""What says once more what stands elsewhere."""


class RefusedError(Exception):
    """The file holds what no honest document holds."""


def refuse(*_declaration: Any) -> None:
    """Refuse a document type declaration."""
    raise RefusedError


class Part:
    """A part of the package; subclasses say what ``start`` and ``end`` do with an element of WordprocessingML."""

    def __init__(self) -> None:
        self.depth = 0

    def read(self, data: bytes) -> None:
        """Walk through the XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = self.opened
        parser.EndElementHandler = self.closed
        parser.CharacterDataHandler = getattr(self, "text", None)
        parser.Parse(data, True)  # noqa: FBT003 expat takes it by position

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Count depth, then hand on the local name."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RefusedError
        space, _, local = name.rpartition(" ")
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.start(local if space in WORD else name, own)

    def closed(self, name: str) -> None:
        """Count depth, then hand on the local name."""
        self.depth -= 1
        space, _, local = name.rpartition(" ")
        self.end(local if space in WORD else name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet an opening element."""

    def end(self, name: str) -> None:
        """Meet a closing element."""


class Relations(Part):
    """Where the main part stands."""

    target = "word/document.xml"

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the relationship to the office document."""
        if name.endswith(" Relationship") and attributes.get("Type", "").endswith("/officeDocument"):
            self.target = attributes.get("Target", "").lstrip("/")


class Styles(Part):
    """Heading levels by style: from the outline level, or the built-in name “heading N”."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: dict[str, int] = {}
        self.style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a style's level."""
        value = attributes.get("val", "")
        if name == "style":
            self.style = attributes.get("styleId", "")
        elif name == "outlineLvl" and value.isdecimal() and int(value) < 9:  # noqa: PLR2004 9 means body text
            self.levels[self.style] = int(value) + 1
        elif name == "name" and (heading := re.fullmatch(r"heading ([1-9])", value, re.IGNORECASE)):
            self.levels.setdefault(self.style, int(heading[1]))


class TableState:
    """A table under way: its rows, the cell being read, and what is merged downwards in each column."""

    def __init__(self) -> None:
        self.rows: list[list[list[Any]]] = []
        self.paragraphs: list[str] = []
        self.column, self.span, self.merge = 0, 1, ""
        self.above: dict[int, str] = {}

    def close_cell(self) -> None:
        """Place a cell; one that continues a merge repeats the text above."""
        text = "\n".join(self.paragraphs).strip()
        if self.merge == "continue":
            text = self.above.get(self.column, "") or text
        elif self.merge == "restart":
            self.above[self.column] = text
        self.rows[-1].append([text, self.column, self.span])
        self.column += self.span


class Body(Part):
    """The main part: paragraphs and tables in their order."""

    def __init__(self, levels: dict[str, int]) -> None:
        super().__init__()
        self.levels = levels
        self.blocks: list[Any] = []
        self.tables: list[TableState] = []
        self.paragraphs: list[tuple[list[str], list[int]]] = []
        self.in_text = False
        self.runs = self.skipped = self.cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin what has a beginning."""
        if name in REPEATED:
            self.skipped += 1
        elif name == "p":
            self.paragraphs.append(([], [0]))
        elif self.tables and name in {"tr", "tc", "gridSpan", "gridBefore", "vMerge"}:
            self.in_table(name, attributes)
        elif name == "tbl":
            self.tables.append(TableState())
        elif self.paragraphs:
            self.in_paragraph(name, attributes.get("val", ""))

    def in_paragraph(self, name: str, value: str) -> None:
        """Meet an element inside a paragraph."""
        if name == "r":
            self.runs += 1
        elif name == "t":
            self.in_text = True
        elif name == "pStyle":
            self.paragraphs[-1][1][0] = self.levels.get(value, 0)
        elif name in BREAKS and self.runs and not self.skipped:
            self.paragraphs[-1][0].append(BREAKS[name])

    def in_table(self, name: str, attributes: dict[str, str]) -> None:
        """Meet an element that shapes the innermost table."""
        table, value = self.tables[-1], attributes.get("val", "")
        if name == "tr":
            table.rows.append([])
            table.column = 0
        elif name == "tc":
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise RefusedError
            table.paragraphs, table.span, table.merge = [], 1, ""
        elif name == "gridBefore":
            table.column = _small(value, 0)
        elif name == "gridSpan":
            table.span = _small(value, 1)
        else:
            table.merge = value or "continue"

    def text(self, data: str) -> None:
        """Keep printed text only: deleted text and field codes stand in elements of other names."""
        if self.in_text and not self.skipped:
            self.paragraphs[-1][0].append(data)

    def end(self, name: str) -> None:
        """Finish what ends."""
        if name in REPEATED:
            self.skipped -= 1
        elif name == "r":
            self.runs -= 1
        elif name == "t":
            self.in_text = False
        elif name == "p":
            self.close_paragraph()
        elif self.tables and name in {"tc", "tbl"}:
            self.tables[-1].close_cell() if name == "tc" else self.close_table()

    def close_paragraph(self) -> None:
        """Place a paragraph in its cell or in the document; its line breaks part paragraphs there."""
        parts, level = self.paragraphs.pop()
        text = "".join(parts).strip()
        if self.tables:
            self.tables[-1].paragraphs += [text] if text else []
        else:
            self.blocks += [["p", line.strip(), level[0]] for line in text.split("\n") if line.strip()]

    def close_table(self) -> None:
        """Place a table; one inside a cell becomes the cell's text."""
        rows = self.tables.pop().rows
        if self.tables:
            self.tables[-1].paragraphs += [cell[0] for row in rows for cell in row if cell[0]]
        else:
            self.blocks.append(["t", rows])


def _small(value: str, otherwise: int) -> int:
    return min(int(value), 1000) if value.isdecimal() and len(value) < 5 else otherwise  # noqa: PLR2004 digits enough


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes, bounded whatever its header claims; none for one that is not there."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        data = member.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise RefusedError
    return data


def blocks(data: bytes) -> list[Any]:
    """Return ``[["p", text, level] | ["t", [[[text, column, span], …], …]], …]`` of a file's bytes."""
    archive, relations, styles = zipfile.ZipFile(io.BytesIO(data)), Relations(), Styles()
    relations.read(part(archive, "_rels/.rels"))
    if found := part(archive, relations.target.rpartition("/")[0] + "/styles.xml"):
        styles.read(found)
    body = Body(styles.levels)
    body.read(part(archive, relations.target))
    return body.blocks


def main() -> None:
    """Print the blocks of standard input under limits; whatever goes wrong ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(blocks(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
