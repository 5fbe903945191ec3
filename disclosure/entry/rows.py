"""The rows of a grid while they are typed: text by header, what was stored when they were drawn, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Cells = dict[str, str]
"""Text by header."""


@dataclass
class Row:
    """A row as somebody left it; ``seen`` is what stood there when the page was drawn."""

    key: str
    """The primary key of a stored row as text; “n1”, “n2” … for one that is not stored yet."""
    cells: Cells
    seen: Cells
    gone: bool = False
    """Whether it is to be deleted."""
    undecided: set[str] = field(default_factory=set)
    """Headers where two people wrote different things, and nobody has chosen yet."""
    theirs: Cells = field(default_factory=dict)
    """What somebody else stored meanwhile, by header, where it is not what is typed here."""
    wrong: dict[str, list[str]] = field(default_factory=dict)
    """Complaints by header; under a blank header those about the whole row."""
    pasted: set[str] = field(default_factory=set)
    """Headers whose cells a paste has changed."""
    called: str = ""
    """The key under which the browser knows it, where merging has given it another."""
    number: int = 0
    """Its number on the page."""
    origin: int = 0
    """The number of the row in the block that was pasted."""

    def __post_init__(self) -> None:
        """Be called by its key."""
        self.called = self.called or self.key

    @property
    def new(self) -> bool:
        """Tell whether it is not stored yet."""
        return not self.key.isdigit()

    @property
    def touched(self) -> bool:
        """Tell whether anything was typed."""
        return any(text != self.seen.get(header, "") for header, text in self.cells.items())

    @property
    def counts(self) -> bool:
        """Tell whether it is a row of the table: neither blank nor to be deleted."""
        return not self.gone and (not self.new or self.touched)

    def complain(self, header: str, messages: Iterable[str]) -> None:
        """Note what is wrong with a cell, or (blank header) with the row."""
        kept = self.wrong.setdefault(header, [])
        kept.extend(said for one in messages if (said := one.removeprefix(f"{header}：")) not in kept)


def problems_in(rows: Iterable[Row]) -> int:
    """Count what is wrong."""
    return sum(len(said) for row in rows for said in row.wrong.values())


def next_new(rows: Iterable[Row]) -> int:
    """Return the first free number for a new row."""
    return max((int(row.key[1:]) for row in rows if row.new), default=0) + 1


def blank_rows(rows: Iterable[Row], defaults: Cells, count: int) -> list[Row]:
    """Make rows to type into; ``defaults``: every header with what stands there at first."""
    first = next_new(rows)
    return [Row(f"n{number}", dict(defaults), dict(defaults)) for number in range(first, first + count)]
