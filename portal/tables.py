"""Lists as django-tables2 tables."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from budgets.models import Government
from budgets.money import MoneyUnit, shown
from portal.listing import DepartmentSummary

OPTIONAL = ("basic", "project", "three_public", "change", "published_at")
"""The columns that are shown only where some department has something in them."""


class MoneyColumn(tables.Column):
    """An amount in 元, printed in 万元; sorted by its exact value."""

    attrs = {"td": {"class": "money"}, "th": {"class": "money"}}  # noqa: RUF012

    def render(self, value: Decimal) -> str:
        """Print in 万元."""
        return shown(value, MoneyUnit.WAN)

    def value(self, value: Decimal) -> Decimal:
        """Return the exact amount."""
        return value


class DepartmentTable(tables.Table):
    """The departments of a year."""

    code = tables.Column("部门编码", attrs={"td": {"class": "code"}, "th": {"class": "code"}})
    name = tables.Column(
        "部门", attrs={"th": {"class": "text"}}, linkify=lambda table, record: table.address_of(record)
    )
    total = MoneyColumn("预算支出", empty_values=())
    basic = MoneyColumn("基本支出")
    project = MoneyColumn("项目支出")
    three_public = MoneyColumn("“三公”经费")
    change = MoneyColumn("比上年增减")
    published_at = tables.Column("公开日期", attrs={"td": {"class": "date"}, "th": {"class": "date"}})

    class Meta:
        """In the order of codes, without the library's own styles."""

        attrs = {"class": "list"}  # noqa: RUF012
        order_by = "code"
        template_name = "portal/list.html"
        empty_text = "本年度没有登记部门。"

    def __init__(self, rows: list[DepartmentSummary], *, government: Government, year: int) -> None:
        self.government, self.year = government, year
        silent = [name for name in OPTIONAL if all(getattr(row, name) is None for row in rows)]
        super().__init__(rows, exclude=silent if rows else ())

    def address_of(self, record: DepartmentSummary) -> str | None:
        """Return the document's address, None where there is nothing to say."""
        if not record.published_at and not record.withdrawn_at and not record.exemption:
            return None
        return reverse("disclosure", args=[self.government.code, self.year, record.code])

    def render_total(self, value: Decimal | None, record: DepartmentSummary) -> str:
        """Print the amount, or why there is none."""
        if record.withdrawn_at:
            return "已撤下"
        if record.published_at:
            return shown(value, MoneyUnit.WAN)
        return record.exemption.get_kind_display() if record.exemption else "尚未公开"

    def render_published_at(self, value: Any) -> str:
        """Print the day."""
        return date_format(localtime(value), "Y年n月j日")
