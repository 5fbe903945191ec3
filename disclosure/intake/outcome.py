"""What an import does or would do, in words: changes by natural key, control totals, problems, what to tick."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from budgets.models.figures import stated
from disclosure.intake.columns import columns_of
from disclosure.intake.lines import Aside
from disclosure.intake.plans import Draft, Plan
from disclosure.intake.problems import Problem, of_file
from disclosure.models import ImportRun

ADD, CONFIRM, UNUSED = "须由人补充", "待确认", "没有用到"
"""What notices of a written document are about (:attr:`Problem.field`)."""


class Ticks(NamedTuple):
    """What whoever imports has agreed to."""

    removals: bool = False
    strangers: bool = False
    """That sheets and columns nobody knows stay out."""
    doubts: bool = False
    """That what was read with a doubt has been looked at."""


class Cell(NamedTuple):
    """A column that changes; Δ in 元 for amounts that are numbers before and after."""

    header: str
    old: str
    new: str
    delta: Decimal | None


class Change(NamedTuple):
    """A row that is added, changed or removed, named by its natural key."""

    sort: str
    place: str
    title: str
    cells: tuple[Cell, ...]


class Total(NamedTuple):
    """A money column: what the file adds up to, and what is stored."""

    header: str
    file: Decimal
    stored: Decimal


class SheetOutcome(NamedTuple):
    """One sheet: every row read is used or refused; rows set aside are named."""

    title: str
    read: int
    used: int
    refused: int
    same: int
    aside: tuple[Aside, ...]
    totals: tuple[Total, ...]
    added: Sequence[Change]
    changed: Sequence[Change]
    removed: Sequence[Change]


class Outcome(NamedTuple):
    """A whole file."""

    sheets: tuple[SheetOutcome, ...]
    problems: tuple[Problem, ...]
    strangers: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    """What to look at, though it stands in nobody's way: hazards of the file, values read with a doubt."""
    run: ImportRun | None = None

    @property
    def digest(self) -> str:
        """Stand for everything that was shown, so that a commit does what the preview said or nothing."""
        hashed = hashlib.sha256()
        for sheet in self.sheets:
            for change in (*sheet[:-3], *sheet.added, *sheet.changed, *sheet.removed):
                hashed.update(msgspec.json.encode(change) + b"\n")
        hashed.update(msgspec.json.encode([self.problems, self.strangers, self.notices]))
        return hashed.hexdigest()

    @property
    def removals(self) -> int:
        """Count the rows that would go."""
        return sum(len(sheet.removed) for sheet in self.sheets)

    @property
    def doubts(self) -> int:
        """Count what was read with a doubt."""
        return sum(notice.field == CONFIRM for notice in self.notices)

    def obstacles(self, ticks: Ticks) -> tuple[Problem, ...]:
        """List everything that stands in the way of storing."""
        asked: list[Problem] = []
        if self.removals and not ticks.removals:
            asked.append(of_file(f"文件里没有写的{self.removals}行将被删除，需要确认", "核对后勾选“确认删除”。"))
        if self.strangers and not ticks.strangers:
            asked.append(of_file("有未识别的工作表或列，需要确认", "改成模板中的名称，或勾选“不导入未识别的内容”。"))
            asked.extend(self.strangers)
        if self.doubts and not ticks.doubts:
            asked.append(of_file(f"读出的内容中有{self.doubts}处需要确认", "逐处核对后勾选“已核对读出的内容”。"))
        return (*self.problems, *asked)


class Changes(Sequence[Change]):
    """The changes of one sort in a sheet, each put into words when it is looked at: most are only counted."""

    def __init__(self, rows: list[Any], say: Callable[[Any], Change]) -> None:
        self._rows, self._say = rows, say

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return tuple(map(self._say, self._rows[at])) if isinstance(at, slice) else self._say(self._rows[at])

    def __iter__(self) -> Iterator[Change]:
        return map(self._say, self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def changes_of(plan: Plan) -> tuple[Changes, Changes, Changes]:
    """Put into words what a sheet adds, changes and removes."""
    place, speak = plan.found.place, Speaker(plan)
    return (
        Changes(plan.added, lambda d: Change("新增", place(d.line), speak.title(d.row), speak.amounts(d.row, 1))),
        Changes(plan.changed, lambda d: Change("修改", place(d.line), speak.title(d.row), speak.cells(d))),
        Changes(plan.removed, lambda row: Change("删除", "", speak.title(row), speak.amounts(row, -1))),
    )


class Speaker:
    """Says the rows of a sheet in the words of its columns."""

    def __init__(self, plan: Plan) -> None:
        self.fields: dict[str, Any] = plan.kind.resource.fields
        self.columns = columns_of(plan.kind)
        self.stated = plan.found.places

    def title(self, row: Any) -> str:
        """Name a row by its natural key."""
        keys = [self.fields[column.name] for column in self.columns if column.key]
        return "、".join(filter(None, (str(field.widget.render(getattr(row, field.attribute))) for field in keys)))

    def amounts(self, row: Any, sign: int) -> tuple[Cell, ...]:
        """Say the amounts of a row that comes (1) or goes (-1)."""
        said = []
        for column in self.columns:
            value = stated(row, self.fields[column.name].attribute) if column.money else None
            if isinstance(value, Decimal):
                old, new = ("", str(value)) if sign > 0 else (str(value), "")
                said.append(Cell(column.header, old, new, sign * value))
        return tuple(said)

    def cells(self, draft: Draft) -> tuple[Cell, ...]:
        """Say what changes in a row."""
        said = []
        for column in self.columns:
            field = self.fields[column.name]
            old, new = stated(draft.stored, field.attribute), stated(draft.row, field.attribute)
            if column.header in self.stated and old != new:
                delta = new - old if isinstance(old, Decimal) and isinstance(new, Decimal) and column.money else None
                said.append(Cell(column.header, _word(field, old), _word(field, new), delta))
        return tuple(said)


def _word(field: Any, value: Any) -> str:
    return str(field.widget.render(value)) if not hasattr(value, "name") or hasattr(value, "pk") else str(value)
