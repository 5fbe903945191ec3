"""The parts a Word document is built of: elements, paragraphs, fields, page settings."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from disclosure.render.archives import legible

A4 = (Mm(210), Mm(297))
UPRIGHT = {"top": Mm(37), "right": Mm(26), "bottom": Mm(35), "left": Mm(28)}
LANDSCAPE = {"top": Mm(28), "right": Mm(25), "bottom": Mm(26), "left": Mm(25)}
TWIP = 635
"""How many of python-docx's units one twip is."""


def el(tag: str, *children: Any, **attributes: object) -> Any:
    """Return an element of the main vocabulary; attributes and children are of it too."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def run(text: str) -> Any:
    """Return text as it is, its line breaks among it."""
    whole = el("r")
    for number, line in enumerate(legible(text).split("\n")):
        if number:
            whole.append(el("br"))
        words = el("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        whole.append(words)
    return whole


def paragraph(text: str, style: str, *properties: Any) -> Any:
    """Return a paragraph in a style, by the style's id."""
    return el("p", el("pPr", el("pStyle", val=style), *properties), *([run(text)] if text else []))


def marked(block: Any, name: str, number: int) -> Any:
    """Put a bookmark around the text of a paragraph."""
    block.insert(1, el("bookmarkStart", id=number, name=name))
    block.append(el("bookmarkEnd", id=number))
    return block


def field(instruction: str, *shown: Any, dirty: bool = False) -> list[Any]:
    """Return the runs of a field with what it shows until it is worked out."""
    words = el("instrText")
    words.text = f" {instruction} "
    begin = el("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    return [
        el("r", begin),
        el("r", words),
        el("r", el("fldChar", fldCharType="separate")),
        *shown,
        el("r", el("fldChar", fldCharType="end")),
    ]


def text_width(*, landscape: bool) -> int:
    """Return how many twips wide the text is."""
    margins = LANDSCAPE if landscape else UPRIGHT
    return (A4[1 if landscape else 0] - margins["left"] - margins["right"]) // TWIP


def page(section: Any, *, landscape: bool) -> Any:
    """Set the size and margins of the pages of a section's properties, and return them."""
    for tag in ("pgSz", "pgMar"):
        for old in section.findall(qn(f"w:{tag}")):
            section.remove(old)
    width, height = (A4[1], A4[0]) if landscape else A4
    size = {"w": width // TWIP, "h": height // TWIP, **({"orient": "landscape"} if landscape else {})}
    margins = {side: length // TWIP for side, length in (LANDSCAPE if landscape else UPRIGHT).items()}
    at = len(section.findall(qn("w:headerReference"))) + len(section.findall(qn("w:footerReference")))
    section.insert(at, el("type", val="nextPage"))
    section.insert(at + 1, el("pgSz", **size))
    section.insert(at + 2, el("pgMar", **margins, header=Mm(20) // TWIP, footer=Mm(22) // TWIP, gutter=0))
    return section
