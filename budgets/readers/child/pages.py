"""Takes a PDF with text apart: its pages' characters and ruling lines, from standard input into JSON.

Run as a process of its own, with little memory and time, because PDFium is a parser in another language.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

MEMORY = 1200 * 1024 * 1024
SECONDS = 40
MOST_PAGES = 400
MOST_CHARACTERS = 600_000
MOST_LINES = 20_000
STRAIGHT = 1.0


class Glyph(NamedTuple):
    """A character with its box, in points from the page's lower left corner."""

    text: str
    left: Any
    bottom: Any
    right: Any
    top: Any


class Rule(NamedTuple):
    """A straight line across or down: where it lies, and from where to where it goes."""

    at: Any
    start: Any
    end: Any


class Page(NamedTuple):
    """What is printed on a page."""

    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]


def main() -> None:
    """Read standard input under limits; whatever happens is an answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(answer(sys.stdin.buffer.read()), ensure_ascii=False))  # noqa: T201 the answer


def answer(data: bytes) -> dict[str, Any]:
    """Return ``{"blocks": […]}`` or ``{"refused": reason}``."""
    import pypdfium2

    from budgets.readers.child.lattice import blocks_of

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"refused": "password" if "password" in str(error).lower() else "damaged"}
    if len(document) > MOST_PAGES:
        return {"refused": "limits"}
    try:
        pages = list(_pages(document))
    except (pypdfium2.PdfiumError, ValueError, OverflowError):
        return {"refused": "damaged"}
    if sum(len(page.glyphs) for page in pages) > MOST_CHARACTERS:
        return {"refused": "limits"}
    return {"blocks": blocks_of(pages)} if any(page.glyphs for page in pages) else {"refused": "scanned"}


def _pages(document: Any) -> Iterator[Page]:
    for page in document:
        across: list[Rule] = []
        down: list[Rule] = []
        for start, end in _strokes(page):
            if abs(start[1] - end[1]) <= STRAIGHT < abs(start[0] - end[0]):
                across.append(Rule(start[1], *sorted((start[0], end[0]))))
            elif abs(start[0] - end[0]) <= STRAIGHT < abs(start[1] - end[1]):
                down.append(Rule(start[0], *sorted((start[1], end[1]))))
        yield Page(_glyphs(page), across[:MOST_LINES], down[:MOST_LINES])


def _glyphs(page: Any) -> list[Glyph]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    found = []
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        printable = code > 32 and code & 0xF800 != 0xD800 and code not in (0x3000, 0xA0, 0xFFFE, 0xFFFF)  # noqa: PLR2004 blanks
        if printable and pdfium.FPDFText_GetLooseCharBox(text.raw, index, box):
            found.append(Glyph(chr(code), box.left, box.bottom, box.right, box.top))
    return found


def _strokes(page: Any) -> Iterator[tuple[tuple[Any, Any], tuple[Any, Any]]]:
    """Yield the straight strokes of every path; a curve is skipped."""
    import pypdfium2.raw as pdfium

    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = shape.get_matrix()
        first = last = None
        for number in range(min(pdfium.FPDFPath_CountSegments(shape.raw), MOST_LINES)):
            segment = pdfium.FPDFPath_GetPathSegment(shape.raw, number)
            point = _point(segment, matrix)
            sort = pdfium.FPDFPathSegment_GetType(segment)
            if sort == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif sort == pdfium.FPDF_SEGMENT_LINETO and last:
                yield last, point
            last = point
            if first and pdfium.FPDFPathSegment_GetClose(segment):
                yield point, first
                last = first


def _point(segment: Any, matrix: Any) -> tuple[Any, Any]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return matrix.on_point(x.value, y.value)


if __name__ == "__main__":
    main()
