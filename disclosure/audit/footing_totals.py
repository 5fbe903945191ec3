"""T1 and T4: inside 收支总表 and 财政拨款收支总表."""

from collections.abc import Iterator

from budgets.enums import GENERAL_BUDGETS
from disclosure.audit.balance import Balance, FiscalBalance
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Cited, Compared, Outcome, Skipped, added
from disclosure.audit.reading import filled
from disclosure.document import Document

TOTALS = (filled("totals"),)
FISCAL = (filled("fiscal_totals"),)
FUNDS = tuple(map(str, GENERAL_BUDGETS))


def _footed(document: Document, side: str) -> Iterator[Outcome]:
    """Compare 本年合计 of a side with its items."""
    balance = Balance(document)
    stated = balance.closing(side, side)
    if stated is None:
        yield Skipped("本版式的收支总表没有本年合计行")
    else:
        yield Compared(stated, added(balance.items(side).values(), f"{balance.sheet.title}各项之和"))


def _closed(document: Document, side: str, *parts: str) -> Iterator[Outcome]:
    """Compare 总计 of a side with 本年合计 (or its items, where the layout has no such row) and ``parts``."""
    balance = Balance(document)
    total, year = balance.closing(side, f"{side}_total"), balance.closing(side, side)
    items = [year] if year else list(balance.items(side).values())
    closing = [found for part in parts if (found := balance.closing(side, part))]
    names = "本年合计、结余、结转之和" if side == "income" else "本年合计、结转之和"
    yield _equal(total, added([*items, *closing], f"{balance.sheet.title}{names}"))


def _equal(left: Cited | None, right: Cited | None) -> Outcome:
    if left is None or right is None:
        return Skipped("收支总表没有总计行")
    return Compared(left, right)


@rule("T1.1", Family.FOOTING, Severity.ERROR, applies=TOTALS)
def income_adds_up(document: Document) -> Iterator[Outcome]:
    """收支总表：本年收入合计等于各项收入之和。"""
    return _footed(document, "income")


@rule("T1.2", Family.FOOTING, Severity.ERROR, applies=TOTALS)
def income_total_adds_up(document: Document) -> Iterator[Outcome]:
    """收支总表：收入总计等于本年收入合计、使用非财政拨款结余与上年结转之和。"""
    return _closed(document, "income", "surplus", "carried")


@rule("T1.3", Family.FOOTING, Severity.ERROR, applies=TOTALS)
def spending_adds_up(document: Document) -> Iterator[Outcome]:
    """收支总表：本年支出合计等于各类支出之和。"""
    return _footed(document, "spending")


@rule("T1.4", Family.FOOTING, Severity.ERROR, applies=TOTALS)
def spending_total_adds_up(document: Document) -> Iterator[Outcome]:
    """收支总表：支出总计等于本年支出合计与结转下年之和。"""
    return _closed(document, "spending", "forward", "distributed")


@rule("T1.5", Family.FOOTING, Severity.ERROR, applies=TOTALS)
def both_sides_are_equal(document: Document) -> Iterator[Outcome]:
    """收支总表：收入总计等于支出总计。"""
    balance = Balance(document)
    yield _equal(balance.closing("income", "income_total"), balance.closing("spending", "spending_total"))


@rule("T4.1", Family.FOOTING, Severity.ERROR, applies=FISCAL)
def fiscal_rows_add_up(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表：各行支出合计等于一般公共预算、政府性基金预算、国有资本经营预算三列之和。"""
    sheet = FiscalBalance(document).sheet
    for number, _ in sheet.numbered:
        if sheet.has_cell(number, "total"):
            total = sheet.cite(number, "total", sheet.text(number, "spending"))
            yield Compared(total, added((sheet.cite(number, fund) for fund in FUNDS), "三列之和"))


@rule("T4.2", Family.FOOTING, Severity.ERROR, applies=FISCAL)
def fiscal_sides_are_equal(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表：收入总计等于支出总计。"""
    fiscal = FiscalBalance(document)
    yield Compared(fiscal.total("income_amount"), fiscal.total("total"))


@rule("T4.3", Family.FOOTING, Severity.ERROR, applies=FISCAL)
def each_budget_is_balanced(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表：每本预算的本年收入与上年结转之和，等于该列各类支出与结转下年之和。"""
    fiscal = FiscalBalance(document)
    for source in GENERAL_BUDGETS:
        yield Compared(fiscal.received(source), fiscal.spent(str(source)))


@rule("T4.4", Family.FOOTING, Severity.ERROR, applies=FISCAL)
def fiscal_income_adds_up(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表：本年收入、上年结转各等于三本预算之和，收入总计等于本年收入与上年结转之和。"""
    fiscal = FiscalBalance(document)
    parents = {head: fiscal.sheet.cite(number, "income_amount") for head, number in fiscal.parents.items()}
    for head, cited in parents.items():
        yield Compared(cited, fiscal.parts(head))
    yield Compared(fiscal.total("income_amount"), added(parents.values(), "本年收入与上年结转之和"))


@rule("T4.5", Family.FOOTING, Severity.ERROR, applies=FISCAL)
def fiscal_spending_adds_up(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表：支出总计的每一列等于各类支出与结转下年之和。"""
    fiscal = FiscalBalance(document)
    for column in ("total", *FUNDS):
        yield Compared(fiscal.total(column), fiscal.spent(column))
