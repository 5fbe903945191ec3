"""Which characters our fonts can print: the union of the character maps of the files beside the renderer."""

from functools import cache
from pathlib import Path
from unicodedata import category

FONTS = Path(__file__).parent / "render" / "fonts"
NEVER = ("Cc", "Co", "Cn", "Cs")
"""Control, private and unassigned characters: a font may draw them, a reader cannot know what they are."""


@cache
def printable() -> frozenset[int]:
    """Return the code points that a font of ours has a glyph for."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points |= font.getBestCmap().keys()
    return frozenset(points)


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that cannot be printed, each once: without a glyph, private, or control."""
    return [char for char in dict.fromkeys(text) if char not in "\n\t" and not _prints(char)]


@cache
def _prints(char: str) -> bool:
    return category(char) not in NEVER and ord(char) in printable()
