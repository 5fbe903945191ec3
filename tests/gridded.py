"""Rows for grids, and blocks as they are copied from a spreadsheet."""

from django.contrib.auth import get_user_model

from budgets.enums import Kind, Role, Source
from budgets.models import Economic, ExpenditureLine, Function, Membership

LINE = {
    "单位编码": "203001",
    "支出类别": "基本支出–人员经费",
    "功能分类": "2013201",
    "部门经济分类": "30101",
    "资金来源": "一般公共预算拨款",
    "上年结转": "否",
    "明细名称": "试填",
    "金额（元）": "1.00",
}


def a_clerk(disclosure, name="填表人"):
    user = get_user_model().objects.create(username=f"{name}{disclosure.pk}", is_staff=True)
    department = disclosure.budget.department
    Membership.objects.create(user=user, role=Role.CLERK, government=department.government, department=department)
    return user


def a_line(disclosure, unit, label: str) -> ExpenditureLine:
    return ExpenditureLine.objects.create(
        budget=disclosure.budget,
        unit=unit,
        source=Source.GENERAL,
        kind=Kind.PERSONNEL,
        function=Function.objects.worst_first(2022).filter(code="2013201").last(),
        economic=Economic.objects.worst_first(2022).filter(code="30101").last(),
        label=label,
        amount="1.00",
    )


def table(rows: list[dict[str, str]], *, keys_last: bool = False) -> str:
    """Copy rows with their headings; ``keys_last``: the columns in another order than ours."""
    headers = list(rows[0])[::-1] if keys_last else list(rows[0])
    lines = ["\t".join(headers), *("\t".join(row.get(header, "") for header in headers) for row in rows)]
    return "\r\n".join(lines) + "\r\n"
