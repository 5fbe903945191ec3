"""The three ways into the money of a year: 干什么, 怎么花 and 钱从哪来, each read from one statutory table."""

from typing import NamedTuple

from django.db.models import F, QuerySet

from disclosure.models import EditionLine
from disclosure.tables.t02_income import Income
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t06_basic_expenditure import BasicExpenditure
from portal.standing import standing


class Scheme(NamedTuple):
    """A way in: the question it answers, the table it is read from, the digits of its codes by level.

    Without ``digits`` its items are the columns of the table's total row.
    """

    key: str
    question: str
    title: str
    spoken: str
    scope: str
    table: str
    source: str
    digits: tuple[int, ...] = ()

    @property
    def whole(self) -> str:
        """The item under which the table's total stands."""
        return "" if self.digits else "total"

    @property
    def anchor(self) -> str:
        """The place of its table in a document."""
        return f"table-{self.table}"

    @property
    def levels(self) -> str:
        """Name the levels of its codes."""
        return " › ".join(("类", "款", "项")[: len(self.digits)])

    def amounts(self, government: str) -> QuerySet[EditionLine]:
        """Return the figures (元) of every standing edition, one row each item, the total under :attr:`whole`."""
        lines = EditionLine.objects.filter(edition__in=standing(government).order_by(), table=self.table)
        if self.digits:
            return lines.filter(column="total").annotate(item=F("code"))
        return lines.filter(row=0, code="").annotate(item=F("column"))

    def above(self, item: str) -> list[str]:
        """Return the codes over ``item``, the widest first."""
        return [item[:width] for width in self.digits if width < len(item)]

    def width_below(self, item: str) -> int | None:
        """Return how many digits the codes under ``item`` have; None where nothing is under it."""
        return next((width for width in self.digits if width > len(item)), None)

    def knows(self, item: str) -> bool:
        """Tell whether ``item`` can be one of this scheme's."""
        return item.isdigit() and len(item) in self.digits if self.digits else item in SOURCES


SOURCES = {
    column.key: "".join(filter(None, (column.label, f"（{column.group}）" if column.group else "")))
    for column in Income.columns
    if column.kind == "money" and column.key != "total"
}
"""The columns of income by source, with the group they stand under."""
OF_DEPARTMENTS = "年初预算，部门本级及所属单位合计，只计已经公开的部门。"
SCHEMES = {
    scheme.key: scheme
    for scheme in (
        Scheme(
            "functions",
            "干什么",
            "支出功能分类",
            "支出",
            f"部门全部支出，按支出功能分类；{OF_DEPARTMENTS}",
            Spending.key,
            "部门预算支出总表",
            (3, 5, 7),
        ),
        Scheme(
            "economics",
            "怎么花",
            "部门预算支出经济分类",
            "基本支出",
            f"一般公共预算安排的基本支出，按支出经济分类，不含项目支出；{OF_DEPARTMENTS}",
            BasicExpenditure.key,
            "一般公共预算财政拨款基本支出表",
            (3, 5),
        ),
        Scheme(
            "sources",
            "钱从哪来",
            "收入来源",
            "收入",
            f"部门全部收入，按来源；{OF_DEPARTMENTS}",
            Income.key,
            "部门预算收入总表",
        ),
    )
}
