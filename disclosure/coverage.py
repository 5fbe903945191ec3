"""Which characters our fonts can print: the union of the character maps of the files that the PDF is drawn with."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from unicodedata import category

from disclosure import fonts

NEVER = ("Cc", "Co", "Cn", "Cs")
"""Control, private and unassigned characters: a font may draw them, a reader cannot know what they are."""
BLOCKS = (
    ("统一汉字基本区", 0x4E00, 0x9FFF),
    ("扩展A区", 0x3400, 0x4DBF),
    ("部首", 0x2F00, 0x2FD5),
    ("扩展B区", 0x20000, 0x2A6DF),
    ("扩展C区", 0x2A700, 0x2B738),
    ("扩展D区", 0x2B740, 0x2B81D),
    ("扩展E区", 0x2B820, 0x2CEA1),
    ("扩展F区", 0x2CEB0, 0x2EBE0),
)
"""The hanzi of GB 18030-2022 by the blocks of Unicode: the first two are its level 1, all of them its level 3."""


def printable() -> frozenset[int]:
    """Return the code points that a font of ours has a glyph for."""
    return _union(tuple(sorted(fonts.files().values())))


def points_of(path: Path) -> frozenset[int]:
    """Return the code points that a font file has a glyph for."""
    return _points(path, path.stat().st_mtime_ns)


def covered(points: Iterable[int]) -> list[tuple[str, int, int]]:
    """Count, for each block of hanzi, the characters among ``points`` and all that it has."""
    known = frozenset(points)
    return [
        (name, sum(point in known for point in range(first, last + 1)), last - first + 1)
        for name, first, last in BLOCKS
    ]


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that cannot be printed, each once: without a glyph, private, or control."""
    known = printable()
    return [char for char in dict.fromkeys(text) if char not in "\n\t" and not _prints(char, known)]


@cache
def _points(path: Path, _written: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _union(paths: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*(points_of(path) for path in paths))


def _prints(char: str, known: frozenset[int]) -> bool:
    return category(char) not in NEVER and ord(char) in known
