"""A chart as a file of its own, with its title, its source and an opaque ground: SVG, and PNG painted from our fonts.

Both are drawn from one plan of places, so that they say the same; the same chart gives the same bytes.
"""

import io
from functools import cache, lru_cache
from typing import Any, NamedTuple, Self

from django.template.loader import render_to_string

from disclosure.charts import START, Bar, Chart
from disclosure.fonts import RARE, SHIPPED

WIDTH, MARGIN, SCALE = 1000, 24, 2
TITLE, WORDS, SMALL = 27, 22, 18
"""The sizes of the three kinds of text."""
INK, SOFT, ACCENT, PAPER = "#1c2430", "#4d5866", "#8f1d1d", "#ffffff"
CLOSING = "，。；：、）》”％%"
"""What never begins a line."""
LONGEST_LABEL = 1250
"""How much of a label has room, in hundredths of a full character; the table beside has all of it."""


class Text(NamedTuple):
    """Words, where their base line begins (or ends), their size and colour."""

    x: int
    y: int
    words: str
    size: int
    colour: str
    end: bool = False


class Shape(NamedTuple):
    """A bar: its place, and whether it is drawn hollow."""

    x: int
    y: int
    width: int
    height: int
    hollow: bool


class Drawing(NamedTuple):
    """Everything that is drawn, in the order of drawing."""

    height: int
    spoken: str
    texts: tuple[Text, ...]
    shapes: tuple[Shape, ...]
    zero: tuple[int, int]

    @classmethod
    def of(cls, chart: Chart, source: str) -> Self:
        """Lay out the title, the bars from zero, and where it all comes from."""
        texts, y = list[Text](), MARGIN
        for line in broken(chart.title, TITLE):
            y += TITLE * 3 // 2
            texts.append(Text(MARGIN, y - TITLE // 2, line, TITLE, INK))
        top = y + 10
        shapes = [Shape(START, top + one.top, one.width, 24, one.bar.past) for one in chart.placed]
        for one in chart.placed:
            texts.append(Text(START - 10, top + one.line, fitting(one.bar.label), WORDS, INK, end=True))
            texts.append(Text(one.after, top + one.line, said(one.bar), WORDS, INK))
        y = top + chart.height + 10
        for line in broken(source, SMALL):
            y += SMALL * 3 // 2
            texts.append(Text(MARGIN, y - SMALL // 3, line, SMALL, SOFT))
        return cls(y + MARGIN, chart.spoken, tuple(texts), tuple(shapes), (top, top + chart.height))


def said(bar: Bar) -> str:
    """Say a bar's figure, with its share where it has one."""
    return f"{bar.figure}　{bar.share}" if bar.share else bar.figure


def width_of(words: str) -> int:
    """Measure words in hundredths of a full character: Latin letters and digits take about half of one."""
    return sum(56 if char < "\u2000" else 100 for char in words)


def fitting(label: str) -> str:
    """Shorten a label to the room there is."""
    if width_of(label) <= LONGEST_LABEL:
        return label
    kept = label
    while width_of(kept) > LONGEST_LABEL - 100:
        kept = kept[:-1]
    return f"{kept}…"


def broken(words: str, size: int) -> list[str]:
    """Break words of a size into lines that fit between the margins."""
    lines, room = [""], (WIDTH - 2 * MARGIN) * 100 // size
    for char in words:
        if width_of(lines[-1] + char) > room and char not in CLOSING:
            lines.append("")
        lines[-1] += char
    return lines


def svg(chart: Chart, source: str) -> bytes:
    """Return a chart as a standing SVG file."""
    return render_to_string("components/chart_file.html", {"drawing": Drawing.of(chart, source)}).strip().encode()


def png(chart: Chart, source: str) -> bytes:
    """Return a chart as a PNG, twice as large as the SVG's units, for texts and slides."""
    return _painted(Drawing.of(chart, source))


@cache
def _font(size: int) -> Any:
    """Open the font at a size, once for all drawings."""
    from PIL import ImageFont

    return ImageFont.truetype(SHIPPED / RARE, size)


@lru_cache(maxsize=256)
def _written(words: str, size: int, *, end: bool) -> tuple[Any, tuple[int, int]]:
    """Return words as a mask, and where it lies from their place on the base line; names and sources come again."""
    from PIL import Image, ImageDraw

    anchor = "rs" if end else "ls"
    left, top, right, bottom = _font(size).getbbox(words, anchor=anchor)
    mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(mask).text((-left, -top), words, fill=255, font=_font(size), anchor=anchor)
    return mask, (left, top)


@lru_cache(maxsize=64)
def _painted(drawing: Drawing) -> bytes:
    """Paint a drawing; a handful are kept, since pages are asked for more than once."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * SCALE, drawing.height * SCALE), PAPER)
    brush = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        left, top = shape.x * SCALE, shape.y * SCALE
        corners = (left, top, left + max(shape.width, 1) * SCALE, top + shape.height * SCALE)
        brush.rectangle(corners, fill=PAPER if shape.hollow else ACCENT, outline=ACCENT, width=3)
    brush.line((START * SCALE, drawing.zero[0] * SCALE, START * SCALE, drawing.zero[1] * SCALE), fill=INK, width=4)
    for text in drawing.texts:
        mask, (left, top) = _written(text.words, text.size * SCALE, end=text.end)
        image.paste(text.colour, (text.x * SCALE + left, text.y * SCALE + top), mask)
    written = io.BytesIO()
    image.save(written, "PNG")  # packed to the utmost it takes ten times as long and is a fiftieth smaller
    return written.getvalue()
