"""What a written document holds: paragraphs and tables in their order, each saying where it stands."""

from typing import NamedTuple, TypeAlias


class Paragraph(NamedTuple):
    """A paragraph as trimmed text; ``level`` is its heading level, 0 for body text or where the file has none."""

    place: str
    text: str
    level: int = 0


class Cell(NamedTuple):
    """A cell as trimmed text, its paragraphs one per line; ``column`` counts grid columns from 0."""

    place: str
    text: str
    column: int
    span: int = 1


class Table(NamedTuple):
    """A table by rows; a cell merged downwards stands again, with its text, in every row it covers."""

    place: str
    rows: list[list[Cell]]


Block: TypeAlias = Paragraph | Table
