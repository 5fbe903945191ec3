"""What a grid's page shows: every cell ready for its template, nothing left to compute there."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from budgets.guidance import Guidance
from budgets.money import MoneyUnit, shown
from disclosure.desk.grid_form import seen_text
from disclosure.entry.grid import Grid
from disclosure.entry.grids import CODE, SELECT, Slot, key_of, slots_of
from disclosure.entry.lastyear import LastYear
from disclosure.entry.rows import Cells, Row
from disclosure.entry.sums import Balance, balance_of, sums_of
from disclosure.intake.columns import Column
from disclosure.intake.recognition import names_of
from disclosure.intake.wordlists import WordLists
from disclosure.models import Comment

MOST_PROBLEMS = 50


class Heading(NamedTuple):
    """A column: its slot, what it means and demands, and what may be picked."""

    slot: Slot
    help: Guidance
    options: list[tuple[str, str]]
    names: dict[str, str]
    """The names by code, offered while a code is typed."""
    listed: str
    """The id of the list from which it offers them; several columns may share one."""
    own_list: bool
    total: Decimal | None
    grouped: str
    words: str
    """Every word it goes by in a copied heading."""


class ShownCell(NamedTuple):
    """A cell: where it stands, what is typed, what is wrong, what somebody else wrote, last year's value."""

    head: Heading
    id: str
    name: str
    text: str
    options: list[tuple[str, str]]
    hint: str
    last: str
    wrong: list[str]
    asked: bool
    theirs: str
    pasted: bool
    remarks: list[Comment]

    @property
    def plain(self) -> bool:
        """Tell whether nothing need be said beside the box."""
        return not (self.hint or self.last or self.wrong or self.asked or self.remarks)


class ShownRow(NamedTuple):
    """A row: its number, its codes in words, its cells."""

    row: Row
    number: int
    title: str
    seen: str
    wrong: list[str]
    cells: list[ShownCell]
    remarks: list[Comment]


class Problem(NamedTuple):
    """A complaint with the way to its cell."""

    id: str
    place: str
    said: str


class ShownGrid(NamedTuple):
    """The whole grid."""

    key: str
    title: str
    guide: str
    heads: list[Heading]
    rows: list[ShownRow]
    problems: list[Problem]
    more_problems: int
    balance: Balance | None
    counted: int

    @property
    def lists(self) -> list[Heading]:
        """Return the lists of codes, each once."""
        return [head for head in self.heads if head.own_list]

    @property
    def width(self) -> int:
        """Count the columns."""
        return len(self.heads)


Marks = dict[tuple[str, str], list[Comment]]
"""The open remarks by row and by field; under a blank field those on a whole row."""


def shown_grid(grid: Grid, rows: list[Row], by: Any, marks: Marks) -> ShownGrid:
    """Prepare a grid's page in a fixed number of queries."""
    sums = sums_of(grid.kind, rows)
    heads, last = _heads(grid, sums), LastYear(grid, by)
    drawn = [
        _marked(_row(row, number, heads, _beside(grid, last, row)), marks) for number, row in enumerate(rows, start=1)
    ]
    problems = [one for row in drawn for one in _problems(row)]
    return ShownGrid(
        key=key_of(grid.kind),
        title=grid.kind.title,
        guide=grid.kind.guide,
        heads=heads,
        rows=drawn,
        problems=problems[:MOST_PROBLEMS],
        more_problems=max(0, len(problems) - MOST_PROBLEMS),
        balance=balance_of(grid.disclosure, grid.kind, sums),
        counted=sum(row.counts for row in rows),
    )


def _heads(grid: Grid, sums: dict[str, Decimal]) -> list[Heading]:
    lists, ids, heads = WordLists(grid.disclosure), dict[str, str](), list[Heading]()
    for at, slot in enumerate(slots_of(grid.kind)):
        column = slot.column
        names = lists.codes(grid.kind, column) if slot.control in (CODE, SELECT) else {}
        options = [(word.split(" ", 1)[0] if names else word, word) for word in _words(lists, grid, slot)]
        title = lists.title(grid.kind, column)
        own = slot.control == CODE and title not in ids
        listed = ids.setdefault(title, f"list-{at}") if slot.control == CODE else ""
        total = sums.get(slot.header)
        grouped = "" if total is None else shown(total, MoneyUnit.YUAN, grouped=True)
        heads.append(
            Heading(slot, column.guidance, options, names, listed, own, total, grouped, _heading_words(column))
        )
    return heads


def _heading_words(column: Column) -> str:
    return "|".join(sorted(names_of(column.header, money=column.money)))


def _words(lists: WordLists, grid: Grid, slot: Slot) -> list[str]:
    return lists.words(grid.kind, slot.column) if slot.control == SELECT else []


def _beside(grid: Grid, last: LastYear, row: Row) -> Cells:
    stored = grid.stored.get(row.key)
    return last.beside(stored) if stored is not None else {}


def _row(row: Row, number: int, heads: list[Heading], last: Cells) -> ShownRow:
    cells = [_cell(row, head, last.get(head.slot.header, "")) for head in heads]
    title = "、".join(filter(None, (_title(cell) for cell in cells if cell.head.slot.column.key)))
    return ShownRow(row, number, title, seen_text(row, (h.slot for h in heads)), row.wrong.get("", []), cells, [])


def _marked(shown: ShownRow, marks: Marks) -> ShownRow:
    """Put the remarks on a row to where they point."""
    key = shown.row.key
    if not any(row == key for row, _ in marks):
        return shown
    cells = [cell._replace(remarks=marks.get((key, cell.head.slot.name), [])) for cell in shown.cells]
    return shown._replace(cells=cells, remarks=marks.get((key, ""), []))


def _title(cell: ShownCell) -> str:
    return f"{cell.text} {cell.hint}".strip() if cell.text != "否" else ""


def _cell(row: Row, head: Heading, last: str) -> ShownCell:
    slot = head.slot
    text, options = row.cells.get(slot.header, ""), head.options
    if slot.control == SELECT and text and text not in {value for value, _ in options}:
        options = [*options, (text, f"{text}（不在可选范围）")]
    return ShownCell(
        head=head,
        id=f"c-{row.key}-{slot.name}",
        name=f"{row.key}.{slot.name}",
        text=text,
        options=options,
        hint=head.names.get(text, "") if slot.control == CODE else "",
        last=last,
        wrong=row.wrong.get(slot.header, []),
        asked=slot.header in row.undecided,
        theirs=row.theirs.get(slot.header, ""),
        pasted=slot.header in row.pasted,
        remarks=[],
    )


def _problems(row: ShownRow) -> Iterable[Problem]:
    for said in row.wrong:
        yield Problem(f"r-{row.row.key}", f"第{row.number}行", said)
    for cell in row.cells:
        for said in cell.wrong:
            yield Problem(cell.id, f"第{row.number}行“{cell.head.slot.header}”", said)
