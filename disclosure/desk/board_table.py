"""The grid as a django-tables2 table: which columns there are, and by what each is sorted."""

from typing import Any

import django_tables2 as tables


class BoardTable(tables.Table):  # type: ignore[misc]  # published without types
    """The lines of a board; the template prints each line's own words."""

    code = tables.Column("部门、单位")
    state_name = tables.Column("状态", order_by=("state", "code"))
    approved_on = tables.Column("批复日期", order_by=("approved_on", "code"))
    days_left = tables.Column("剩余天数", order_by=("days_left", "code"))
    errors = tables.Column("检查", order_by=("errors", "unexplained", "code"))
    remarks = tables.Column("未处理意见", order_by=("remarks", "code"))
    last_at = tables.Column("最近办理", order_by=("last_at", "code"))

    class Meta:
        """In the order of codes, without the library's own styles."""

        attrs: dict[str, Any] = {"class": "board"}  # noqa: RUF012
        order_by = "code"
        template_name = "admin/board/table.html"
