"""收支总表 and 财政拨款收支总表 as rules read them: two sides whose closing rows a layout names."""

from budgets.enums import GENERAL_BUDGETS, Source
from disclosure.audit.citing import Cited, added, stated
from disclosure.audit.reading import Sheet, plan_of
from disclosure.document import Document

INDENT = "　"
SIDES = {"income": "income_amount", "spending": "spending_amount"}


def bare(label: str) -> str:
    """Return a row's words without their ordinal."""
    return label.partition("、")[2] or label


class Balance:
    """收支总表: the items of each side, and its closing rows by the layout's name for them."""

    def __init__(self, document: Document) -> None:
        self.sheet, self.plan = Sheet.of(document, "totals"), plan_of(document)
        self.strict = self.plan.carry_rows and not document.context.foreign

    def items(self, side: str) -> dict[str, Cited]:
        """Cite the rows above the closing ones, by their words without ordinal."""
        closing, column = set(self.plan.labels.values()), SIDES[side]
        found = {}
        for number, row in self.sheet.numbered:
            label = self.sheet.text(number, side)
            if label and not row.total and label not in closing:
                found[bare(label)] = self.sheet.cite(number, column, label)
        return found

    def closing(self, side: str, key: str) -> Cited | None:
        """Cite a closing row, None where the layout has none; one that should be there and is not is missing."""
        label, column = self.plan.labels.get(key, ""), SIDES[side]
        for number, _ in self.sheet.numbered:
            if label and self.sheet.text(number, side) == label:
                return self.sheet.cite(number, column, label)
        demanded = self.strict or key in {"income_total", "spending_total"}
        return stated(None, f"{self.sheet.title}“{label}”", "totals", column) if label and demanded else None


class FiscalBalance:
    """财政拨款收支总表: income by budget, this year's and carried over, beside spending by 类."""

    def __init__(self, document: Document) -> None:
        self.sheet, self.plan = Sheet.of(document, "fiscal_totals"), plan_of(document)
        self.parents: dict[str, int] = {}
        self.income: dict[tuple[str, str], int] = {}
        head = ""
        for number, row in self.sheet.numbered:
            label = self.sheet.text(number, "income")
            if label.startswith(INDENT):
                self.income[head, label.strip(INDENT)] = number
            elif label and not row.total:
                head = label
                self.parents[head] = number

    def received(self, source: Source, head: str | None = None) -> Cited:
        """Add up what a budget gives; ``head`` keeps this year's (fresh_fiscal) or carried over (carried_fiscal)."""
        kept = self.plan.labels[head] if head else None
        rows = [n for (of, name), n in self.income.items() if name == source.label and kept in (None, of)]
        return self.sheet.summed(rows, "income_amount", f"{'' if kept is None else kept}“{source.label}”")

    def parts(self, head: str) -> Cited:
        """Add up the three budgets under a head."""
        rows = [number for (of, _), number in self.income.items() if of == head]
        return self.sheet.summed(rows, "income_amount", f"“{head}”各项之和")

    @property
    def classes(self) -> list[int]:
        """Return the numbers of the rows of 类."""
        forward = self.plan.labels["forward_fiscal"]
        return [
            number
            for number, row in self.sheet.numbered
            if self.sheet.text(number, "spending") not in ("", forward) and not row.total
        ]

    @property
    def forward_row(self) -> list[int]:
        """Return the number of the row 结转下年, where there is one."""
        forward = self.plan.labels["forward_fiscal"]
        return [number for number, _ in self.sheet.numbered if self.sheet.text(number, "spending") == forward]

    def forward(self, column: str) -> Cited:
        """Cite 结转下年 of a budget, 0 where the layout has no such row."""
        return self.sheet.summed(self.forward_row, column, f"“{self.plan.labels['forward_fiscal']}”")

    def spent(self, column: str) -> Cited:
        """Add all 类 and 结转下年 up."""
        return self.sheet.summed([*self.classes, *self.forward_row], column, "各类支出和结转下年之和")

    def total(self, column: str) -> Cited:
        """Cite the last row."""
        return self.sheet.total(column)


def fiscal_income(fiscal: FiscalBalance, head: str | None = None) -> Cited:
    """Add up what all three budgets give."""
    return added((fiscal.received(source, head) for source in GENERAL_BUDGETS), f"{fiscal.sheet.title}财政拨款收入")
