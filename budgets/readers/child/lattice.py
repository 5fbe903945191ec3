"""Makes paragraphs and tables of a page's characters and ruling lines; positions are points, money is text."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

NEAR = 3
"""Points within which two lines are one."""
NO_TEXT = re.compile(r"[-—–·\s]*第?\d{1,4}页?(?:[/共]+\d{1,4}页?)?[-—–·\s]*|.*(?:[.．·…] ?){6,}\s*\d*|[（(]?续表.*")
"""A page's number, a line of a table of contents, or the word that a table goes on."""

HEADED = re.compile(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+(?:部分|章)")


class Text(NamedTuple):
    """A printed line."""

    text: str
    left: Any
    right: Any
    top: Any
    height: Any


class Lattice(NamedTuple):
    """A ruled table: its column edges from left to right, its row edges from the top down."""

    columns: list[Any]
    rows: list[Any]
    across: list[Any]
    down: list[Any]

    @property
    def top(self) -> Any:
        """Return the upper edge."""
        return self.rows[0]

    def holds(self, glyph: Any) -> bool:
        """Tell whether a character stands inside."""
        x, y = _middle(glyph)
        return self.columns[0] - 1 <= x <= self.columns[-1] + 1 and self.rows[-1] - 1 <= y <= self.rows[0] + 1


def blocks_of(pages: list[Any]) -> list[list[Any]]:
    """Return ``["p", page, text]`` and ``["t", page, rows]`` in order; a row is a list of [text, column, span]."""
    printed = [_page(page) for page in pages]
    running = _running(printed)
    blocks: list[list[Any]] = []
    for number, (lines, tables) in enumerate(printed, start=1):
        kept = [line for line in lines if _bare(line.text) not in running and not NO_TEXT.fullmatch(line.text)]
        items = [(line.top, line) for line in kept] + [(lattice.top, rows) for lattice, rows in tables]
        margin = max((line.right for line in lines), default=0)
        for place, (_, item) in enumerate(sorted(items, key=lambda one: -one[0])):
            _add(blocks, number, item, first=place == 0)
        _end(blocks, margin)
        _joined(blocks)
    return [block[:3] for block in blocks]


def _page(page: Any) -> tuple[list[Text], list[tuple[Lattice, list[list[Any]]]]]:
    lattices = _lattices(page)
    tables = [(lattice, _rows(lattice, [g for g in page.glyphs if lattice.holds(g)])) for lattice in lattices]
    outside = [glyph for glyph in page.glyphs if not any(lattice.holds(glyph) for lattice in lattices)]
    return _lines(outside), tables


def _running(printed: list[Any]) -> set[str]:
    """Return what stands first or last on many pages: running heads, and feet that differ from left to right."""
    seen: dict[str, int] = {}
    for lines, _ in printed:
        for text in {_bare(line.text) for line in (*lines[:2], *lines[-2:])}:
            seen[text] = seen.get(text, 0) + 1
    many = max(3, len(printed) // 3)
    return {text for text, count in seen.items() if count >= many}


def _bare(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _add(blocks: list[list[Any]], number: int, item: Any, *, first: bool) -> None:
    if isinstance(item, Text):
        blocks.append(["p", number, item.text, item])
    elif first and blocks and blocks[-1][0] == "t" and blocks[-1][1] == number - 1 and _continues(blocks[-1][2], item):
        blocks[-1][2] += _without_head(blocks[-1][2], item)
        blocks[-1][1] = number
    else:
        blocks.append(["t", number, [[*row] for row in item]])


def _continues(above: list[list[Any]], below: list[list[Any]]) -> bool:
    ends = [max(cell[1] + cell[2] for row in rows for cell in row) for rows in (above, below)]
    return ends[0] == ends[1]


def _without_head(above: list[list[Any]], below: list[list[Any]]) -> list[list[Any]]:
    """Drop the rows that repeat the head of the table."""
    same = 0
    texts = [[[cell[0] for cell in row] for row in rows] for rows in (above, below)]
    while same < min(len(above), len(below)) and texts[0][same] == texts[1][same]:
        same += 1
    return below[same:]


def _end(blocks: list[list[Any]], margin: Any) -> None:
    for block in blocks:
        if block[0] == "p" and len(block) == 4:  # noqa: PLR2004 not yet ended
            block.append(margin)


def _joined(blocks: list[list[Any]]) -> None:
    """Join lines that go on: the one above reaches the right margin, the one below is not indented."""
    at = 1
    while at < len(blocks):
        above, below = blocks[at - 1], blocks[at]
        if above[0] == below[0] == "p" and _goes_on(above, below):
            above[2] += below[2]
            above[3:] = [below[3]._replace(left=min(above[3].left, below[3].left)), *below[4:]]
            del blocks[at]
        else:
            at += 1


def _goes_on(above: list[Any], below: list[Any]) -> bool:
    first, second, margin = above[3], below[3], above[4]
    if above[2][-1] in "。：；！？" or HEADED.match(below[2]):
        return False
    height = max(first.height, second.height)
    full = first.right >= margin - 1.6 * height
    close = above[1] != below[1] or first.top - second.top < 3.2 * height
    alike = abs(first.height - second.height) < 0.35 * height
    return full and close and alike and second.left < first.left + 1.2 * height


def _lines(glyphs: list[Any]) -> list[Text]:
    """Put characters into lines, from the top down, each from left to right."""
    lines: list[list[Any]] = []
    for glyph in sorted(glyphs, key=lambda one: -_middle(one)[1]):
        height = max(glyph.top - glyph.bottom, 6)
        if lines and abs(_middle(lines[-1][0])[1] - _middle(glyph)[1]) < 0.6 * height:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_line(sorted(line, key=lambda one: one.left)) for line in lines]


def _line(glyphs: list[Any]) -> Text:
    height = max(glyph.top - glyph.bottom for glyph in glyphs)
    text = glyphs[0].text
    for one, other in pairwise(glyphs):
        text += f" {other.text}" if other.left - one.right > 1.2 * height else other.text
    top = max(glyph.top for glyph in glyphs)
    return Text(text, glyphs[0].left, glyphs[-1].right, top, max(height, 6))


def _middle(glyph: Any) -> tuple[Any, Any]:
    return (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2


def _lattices(page: Any) -> list[Lattice]:
    """Find the tables: groups of lines that touch, with at least two rows or columns."""
    found = []
    for across, down in _groups(page.across, page.down):
        rows = sorted(_merged(rule.at for rule in across), reverse=True)
        columns = sorted(_merged(rule.at for rule in down))
        if len(rows) > 1 and len(columns) > 2:  # noqa: PLR2004 a box is no table
            found.append(Lattice(columns, rows, across, down))
    return found


def _groups(across: list[Any], down: list[Any]) -> Iterable[tuple[list[Any], list[Any]]]:
    """Part the lines by bands: a table ends where no line down crosses."""
    bands: list[list[Any]] = []
    for rule in sorted(down, key=lambda one: -one.end):
        if bands and rule.end >= bands[-1][0] - NEAR:
            bands[-1][0] = min(bands[-1][0], rule.start)
            bands[-1][2].append(rule)
        else:
            bands.append([rule.start, rule.end, [rule]])
    for bottom, top, rules in bands:
        left, right = min(rule.at for rule in rules), max(rule.at for rule in rules)
        inside = [r for r in across if bottom - NEAR <= r.at <= top + NEAR and r.end > left and r.start < right]
        yield inside, rules


def _merged(places: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > NEAR:
            kept.append(place)
    return kept


def _rows(lattice: Lattice, glyphs: list[Any]) -> list[list[Any]]:
    """Return the rows of a table; a cell merged downwards stands again in every row it covers."""
    placed: dict[tuple[int, int], list[Any]] = {}
    for glyph in glyphs:
        x, y = _middle(glyph)
        column = sum(edge < x for edge in lattice.columns[1:-1])
        row = sum(edge > y for edge in lattice.rows[1:-1])
        placed.setdefault(_owner(lattice, row, column), []).append(glyph)
    height, width = len(lattice.rows) - 1, len(lattice.columns) - 1
    owners = [[_owner(lattice, row, column) for column in range(width)] for row in range(height)]
    texts = {owner: "".join(line.text for line in _lines(inside)) for owner, inside in placed.items()}
    return [_cells(row, texts) for row in owners]


def _cells(owners: list[tuple[int, int]], texts: dict[tuple[int, int], str]) -> list[Any]:
    cells: list[list[Any]] = []
    for column, owner in enumerate(owners):
        if column and owners[column - 1] == owner:
            cells[-1][2] += 1
        else:
            cells.append([texts.get(owner, ""), column, 1])
    return cells


def _owner(lattice: Lattice, row: int, column: int) -> tuple[int, int]:
    """Return the upper left place of the cell that covers a place: no line parts them."""
    middle = (lattice.rows[row] + lattice.rows[row + 1]) / 2
    while column and not _crosses(lattice.down, lattice.columns[column], middle):
        column -= 1
    centre = (lattice.columns[column] + lattice.columns[column + 1]) / 2
    while row and not _crosses(lattice.across, lattice.rows[row], centre):
        row -= 1
    return row, column


def _crosses(rules: list[Any], at: Any, where: Any) -> bool:
    return any(abs(rule.at - at) <= NEAR and rule.start - 1 <= where <= rule.end + 1 for rule in rules)
