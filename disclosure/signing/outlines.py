"""Words as drawn outlines: the mark of a signature is added after the PDF is written, and brings no font along."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from disclosure import fonts

FALLBACKS = ("Portal Rare", "Portal More")


class Line(NamedTuple):
    """A line of words: where it begins, how large at most, in which family, and how wide it may be (points)."""

    words: str
    family: str
    size: int
    left: int
    base: int
    room: int


class Outline(BasePen):  # type: ignore[misc]  # fontTools publishes no types
    """Writes the outline of a glyph as PDF operators."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, to: Any) -> None:  # noqa: N802 fontTools' name
        self.operators.append(f"{_points(to)} m")

    def _lineTo(self, to: Any) -> None:  # noqa: N802 fontTools' name
        self.operators.append(f"{_points(to)} l")

    def _curveToOne(self, one: Any, other: Any, to: Any) -> None:  # noqa: N802 fontTools' name
        self.operators.append(f"{_points(one, other, to)} c")

    def _closePath(self) -> None:  # noqa: N802 fontTools' name
        self.operators.append("h")


def drawn(line: Line) -> bytes:
    """Return the operators that draw a line, made smaller where the room is short; what no font has is left out."""
    faces = [_font(path) for path in _paths(line.family)]
    placed, along, unit = [], Decimal(0), Decimal(1000)
    for letter in line.words:
        font = next((one for one in faces if ord(letter) in one.getBestCmap()), None)
        if font is None:
            continue
        scale = unit / font["head"].unitsPerEm
        name = font.getBestCmap()[ord(letter)]
        placed.append((font, name, along, scale))
        along += font["hmtx"][name][0] * scale
    size = min(Decimal(line.size), line.room * unit / along) if along else Decimal(line.size)
    glyphs = [
        f"q {scale:.5f} 0 0 {scale:.5f} {at:.2f} 0 cm {_glyph(font, name)} f Q" for font, name, at, scale in placed
    ]
    return f"q {size / unit:.5f} 0 0 {size / unit:.5f} {line.left} {line.base} cm\n{chr(10).join(glyphs)}\nQ".encode()


def _glyph(font: Any, name: str) -> str:
    glyphs = font.getGlyphSet()
    pen = Outline(glyphs)
    glyphs[name].draw(pen)
    return " ".join(pen.operators)


def _points(*points: Any) -> str:
    return " ".join(f"{round(at)}" for point in points for at in point)


def _paths(family: str) -> list[Path]:
    """Return the files of a family, then those that print what it lacks."""
    faces = fonts.faces()
    return [face.path for name in (family, *FALLBACKS) for face in faces if face.family == name]


@cache
def _font(path: Path) -> Any:
    return TTFont(path, lazy=True)
