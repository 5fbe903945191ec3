"""A preview as its page shows it: one account per sheet, amounts printed, long lists cut where it is said."""

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook

from budgets.money import MoneyUnit, shown
from disclosure.intake.cells import write
from disclosure.intake.lines import Aside
from disclosure.intake.outcome import ADD, CONFIRM, UNUSED, Change, Outcome, SheetOutcome, Ticks
from disclosure.intake.problems import Problem

MOST = 200
"""How many changes of a sheet stand on the page; the list to download has all."""
MOST_PROBLEMS = 500
"""How many problems stand on the page; the marked file has all."""
HEADERS = ("工作表", "变化", "位置", "名称", "栏目", "原来", "改为", "差额（元）")


class ShownTotal(NamedTuple):
    """A control total: the file, the store, and what lies between."""

    header: str
    file: str
    stored: str
    difference: str
    agrees: bool


class ShownCell(NamedTuple):
    """A column of a change."""

    header: str
    old: str
    new: str
    delta: str


class ShownChange(NamedTuple):
    """A row that comes, changes or goes."""

    sort: str
    style: str
    place: str
    title: str
    cells: tuple[ShownCell, ...]


class ShownSheet(NamedTuple):
    """A sheet's account."""

    title: str
    counts: tuple[int, ...]
    """Read, used, refused, added, changed, removed, same."""
    totals: tuple[ShownTotal, ...]
    aside: tuple[Aside, ...]
    changes: tuple[ShownChange, ...]
    more: int
    """How many changes the page leaves to the list."""

    @property
    def quiet(self) -> bool:
        """Tell whether there is nothing to look at: nothing changes, nothing is refused or set aside."""
        return not any((*self.counts[2:6], len(self.aside)))


class ShownNotices(NamedTuple):
    """Notices of one sort under their heading; long ones that nobody must read are folded."""

    title: str
    help: str
    notices: tuple[Problem, ...]
    folded: bool = False


class Preview(NamedTuple):
    """Everything its page says about a file, and why the last confirmation was refused, if it was."""

    sheets: tuple[ShownSheet, ...]
    notices: tuple[ShownNotices, ...]
    problems: tuple[Problem, ...]
    all_problems: int
    strangers: tuple[Problem, ...]
    removals: int
    doubts: int
    digest: str
    """Blank where problems stand in the way."""
    refusals: tuple[Problem, ...] = ()
    ticks: Ticks = Ticks()

    @property
    def more_problems(self) -> int:
        """Count the problems that the page leaves to the marked file."""
        return self.all_problems - len(self.problems)

    @property
    def quiet(self) -> list[ShownSheet]:
        """List the sheets with nothing to look at."""
        return [sheet for sheet in self.sheets if sheet.quiet]


NOTICES = (
    (CONFIRM, "文件没有写明，由系统推断，请逐处核对，导入前需勾选“已核对读出的内容”。", False),
    (ADD, "文件里没有，或者不够完整，没有导入；导入后请在后台或用填报表补充。", False),
    (UNUSED, "这些文字没有对应的栏目，不会导入；需要的请手工填写。", True),
)
STYLES = {"新增": "new", "修改": "update", "删除": "removed"}


def preview_shown(outcome: Outcome, refusals: Iterable[Problem] = (), ticks: Ticks | None = None) -> Preview:
    """Return a preview as it is shown; of the refusals those that are not said anyway."""
    known = {*outcome.problems, *outcome.strangers}
    return Preview(
        sheets=tuple(_sheet(sheet) for sheet in outcome.sheets),
        notices=tuple(_notices(outcome)),
        problems=outcome.problems[:MOST_PROBLEMS],
        all_problems=len(outcome.problems),
        strangers=outcome.strangers,
        removals=outcome.removals,
        doubts=outcome.doubts,
        digest="" if outcome.problems else outcome.digest,
        refusals=tuple(one for one in refusals if one not in known),
        ticks=ticks or Ticks(),
    )


def _notices(outcome: Outcome) -> list[ShownNotices]:
    """Return the notices of a written document sort by sort, then all others."""
    groups = [
        ShownNotices(title, help_, tuple(one for one in outcome.notices if one.field == title), folded)
        for title, help_, folded in NOTICES
    ]
    sorts = {title for title, *_ in NOTICES}
    others = tuple(one for one in outcome.notices if one.field not in sorts)
    return [group for group in (*groups, ShownNotices("请留意", "不妨碍导入。", others)) if group.notices]


def _sheet(sheet: SheetOutcome) -> ShownSheet:
    changes = _changes(sheet)
    sorts = (len(sheet.added), len(sheet.changed), len(sheet.removed))
    return ShownSheet(
        title=sheet.title,
        counts=(sheet.read, sheet.used, sheet.refused, *sorts, sheet.same),
        totals=tuple(
            ShownTotal(
                one.header, _yuan(one.file), _yuan(one.stored), _signed(one.file - one.stored), one.file == one.stored
            )
            for one in sheet.totals
        ),
        aside=sheet.aside,
        changes=tuple(_change(change) for change in changes[:MOST]),
        more=max(len(changes) - MOST, 0),
    )


def _changes(sheet: SheetOutcome) -> tuple[Change, ...]:
    return (*sheet.changed, *sheet.removed, *sheet.added)


def _change(change: Change) -> ShownChange:
    cells = tuple(
        ShownCell(cell.header, cell.old, cell.new, "" if cell.delta is None else _signed(cell.delta))
        for cell in change.cells
    )
    return ShownChange(change.sort, STYLES[change.sort], change.place, change.title, cells)


def _yuan(amount: Decimal) -> str:
    return shown(amount, MoneyUnit.YUAN)


def _signed(amount: Decimal) -> str:
    return f"+{_yuan(amount)}" if amount > 0 else _yuan(amount)


def change_list(outcome: Outcome) -> bytes:
    """Return every change of a preview as XLSX, one line for each column that changes."""
    book = Workbook()
    page: Any = book.active
    page.title, page.freeze_panes = "变化清单", "A2"
    for number, row in enumerate((HEADERS, *_rows(outcome)), start=1):
        for column, value in enumerate(row, start=1):
            write(page.cell(number, column), value)
    for letter, width in zip("ABCDEFGH", (18, 8, 22, 44, 18, 30, 30, 16), strict=True):
        page.column_dimensions[letter].width = width
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    for sheet in outcome.sheets:
        for change in _changes(sheet):
            said = (sheet.title, change.sort, change.place, change.title)
            for cell in change.cells:
                yield (*said, cell.header, cell.old, cell.new, cell.delta)
            if not change.cells:
                yield (*said, "", "", "", None)
