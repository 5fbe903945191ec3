"""X15: a department is the sum of its units, but for what they pay each other."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgets.enums import Source
from budgets.money import ZERO
from disclosure.audit.agreement import class_rows
from disclosure.audit.balance import Balance, FiscalBalance
from disclosure.audit.base import RULES, Family, Report, Severity, report_of, rule
from disclosure.audit.citing import Cited, Compared, Outcome, Skipped, added, stated
from disclosure.audit.reading import Sheet, number, plan_of
from disclosure.audit.tolerance import Tolerance, exact
from disclosure.document import Document

PAIRS = {"superior": "subsidy", "subordinate": "handed_up"}
"""What one unit receives (收入总表) and another pays (支出总表)."""
INTERNAL = {"income": tuple(PAIRS), "spending": tuple(PAIRS.values())}
BY_CODE = (
    "income",
    "spending",
    "general_expenditure",
    "basic_expenditure",
    "three_public",
    "fund_expenditure",
    "capital_expenditure",
    "projects",
)
NAMES = {
    "superior": "上级补助收入",
    "subsidy": "对附属单位补助支出",
    "subordinate": "附属单位上缴收入",
    "handed_up": "上缴上级支出",
}
TOTAL = "合计"
CLOSING = {
    "income": {"本年合计": "income", "结余": "surplus", "结转": "carried", "总计": "income_total"},
    "spending": {"本年合计": "spending", "结转": "forward", "总计": "spending_total"},
}
Cells = dict[tuple[str, str], Cited]
Less = dict[tuple[str, str], Decimal]


@rule("X15", Family.AGREEMENT, Severity.ERROR, applies=(lambda _: "要与全部所属单位的文件一起核对",))
def department_is_its_units(document: Document) -> Iterator[Outcome]:
    """部门的各表等于所属各单位之和；单位之间的上级补助与对附属单位补助、附属单位上缴与上缴上级相抵后不计，且两边相等。"""
    yield Skipped(document.content.title)


def across_units(department: Document, units: Sequence[Document], tolerance: Tolerance = exact) -> Report:
    """Audit X15: every cell of T1 to T10 of the department is the sum of its units' cells, less what is internal.

    What is internal is what the units' 上级补助, 附属单位上缴, 对附属单位补助 and 上缴上级 exceed the department's by.
    Not applicable where a unit's document is not given, or not in the department's layout.
    """
    return report_of({RULES["X15"]: list(_outcomes(department, units))}, tolerance)


def _outcomes(department: Document, units: Sequence[Document]) -> Iterator[Outcome]:
    given = {document.content.unit.code for document in units if document.content.unit}
    absent = [unit.name for unit in department.content.facts.units if unit.code not in given]
    others = [document for document in units if document.content.layout != department.content.layout]
    if absent or others or not units:
        yield Skipped(f"缺少单位文件：{'、'.join(absent)}" if absent else "各文件的版式不同，或没有单位文件")
        return
    there = {table.key for table in department.content.tables}
    for key in (key for key in BY_CODE if key in there):
        yield from _by_code(key, department, units)
    if "fiscal_totals" in there:
        yield from compared(_fiscal(department), [_fiscal(unit) for unit in units], {})
    if there.issuperset(("totals", *INTERNAL)):
        yield from _totals(department, units)
    else:
        yield Skipped("本版式没有印全收支总表、收入总表和支出总表，看不出内部往来")


def _totals(department: Document, units: Sequence[Document]) -> Iterator[Outcome]:
    """Compare what is eliminated on both sides, and 收支总表 without it."""
    gone = Eliminated.between(department, units)
    for received, paid in PAIRS.items():
        yield Compared(gone.cited(received), gone.cited(paid))
    yield from compared(_balance(department), [_balance(unit) for unit in units], gone.of_balance(department))


def compared(whole: Cells, parts: list[Cells], less: Less) -> Iterator[Outcome]:
    """Compare each of the department's cells with the units' cells together, less what is internal (元)."""
    for place in sorted({place for cells in (whole, *parts) for place in cells}):
        theirs = [cells[place] for cells in parts if place in cells]
        inside = less.get(place, ZERO)
        ours = whole.get(place) or stated(ZERO, f"部门的{theirs[0].place.words}（没有列）")
        minus = [stated(-inside, "")] if inside else []
        yield Compared(ours, added([*theirs, *minus], f"各单位之和{'减去内部往来' if inside else ''}"))


def _by_code(key: str, department: Document, units: Sequence[Document]) -> Iterator[Outcome]:
    """Compare a table whose rows have codes or names: an internal column may only shrink, and 合计 by as much."""
    whole, parts = cells_of(department, key), [cells_of(unit, key) for unit in units]
    less: Less = {}
    for row, column in {place for cells in (whole, *parts) for place in cells if place[1] in INTERNAL.get(key, ())}:
        gone = max(exceeding(whole, parts, (row, column)), ZERO)
        less[row, column] = gone
        less[row, "total"] = less.get((row, "total"), ZERO) + gone
    yield from compared(whole, parts, less)


def exceeding(whole: Cells, parts: list[Cells], place: tuple[str, str]) -> Decimal:
    """Return by how much (元) the units' cells together exceed the department's."""
    return sum((number(cells.get(place)) for cells in parts), ZERO) - number(whole.get(place))


class Eliminated(NamedTuple):
    """What is internal (元): in total by column of 收入总表 and 支出总表, and by 类 of spending."""

    columns: dict[str, Decimal]
    classes: dict[str, Decimal]

    @classmethod
    def between(cls, department: Document, units: Sequence[Document]) -> "Eliminated":
        """Find what the units' tables hold more than the department's."""
        columns: dict[str, Decimal] = {}
        classes: dict[str, Decimal] = {}
        for key, internal in INTERNAL.items():
            whole, parts = cells_of(department, key), [cells_of(unit, key) for unit in units]
            columns |= {column: exceeding(whole, parts, (TOTAL, column)) for column in internal}
            rows = {row for cells in (whole, *parts) for row, _ in cells if key == "spending"}
            classes |= {row: sum((exceeding(whole, parts, (row, c)) for c in internal), ZERO) for row in rows}
        return cls(columns, classes)

    def cited(self, column: str) -> Cited:
        """Cite what was eliminated of a column."""
        return stated(self.columns[column], f"各单位与部门相抵的{NAMES[column]}", "across_units", column)

    def of_balance(self, department: Document) -> Less:
        """Return what is internal in each cell of 收支总表."""
        received, paid = (sum((self.columns[c] for c in INTERNAL[key]), ZERO) for key in ("income", "spending"))
        less = {(row.label, "income"): self._from(row.sources) for row in plan_of(department).income_rows}
        less |= {(code, "spending"): amount for code, amount in self.classes.items()}
        less |= {(key, "income"): received for key in ("本年合计", "总计")}
        return less | {(key, "spending"): paid for key in ("本年合计", "总计")}

    def _from(self, sources: tuple[Source, ...]) -> Decimal:
        return sum((self.columns[source] for source in sources if source in INTERNAL["income"]), ZERO)


def cells_of(document: Document, key: str) -> Cells:
    """Cite this year's money in a table by code (or name) and column; last year's figures are nobody's sum."""
    sheet = Sheet.of(document, key)
    return {
        (TOTAL if row.total else sheet.text(n, "code") or sheet.text(n, "name"), column): sheet.cite(n, column)
        for n, row in sheet.numbered
        for column in sheet.money
        if sheet.has_cell(n, column)
    }


def _balance(document: Document) -> Cells:
    """Cite 收支总表 by row and side."""
    balance = Balance(document)
    cells = {(label, "income"): cited for label, cited in balance.items("income").items()}
    cells |= {(code, "spending"): cited for code, cited in class_rows(document).items()}
    for side, keys in CLOSING.items():
        found = {(words, side): balance.closing(side, key) for words, key in keys.items()}
        cells |= {place: cited for place, cited in found.items() if cited}
    return cells


def _fiscal(document: Document) -> Cells:
    """Cite 财政拨款收支总表 by row and column."""
    fiscal = FiscalBalance(document)
    sheet = fiscal.sheet
    income = {f"{head}{name}": number for (head, name), number in fiscal.income.items()} | fiscal.parents
    cells = {(words, "income_amount"): sheet.cite(number, "income_amount") for words, number in income.items()}
    rows = {sheet.text(number, "spending"): number for number in (*fiscal.classes, *fiscal.forward_row)}
    columns = [column for column in sheet.money if column != "income_amount"]
    cells |= {(words, column): sheet.cite(n, column) for words, n in rows.items() for column in columns}
    return cells | {(TOTAL, column): fiscal.total(column) for column in sheet.money}
