"""The columns that tables of open data share, with their place in the Fiscal Data Package (budget taxonomy 1.0-rc)."""

from decimal import Decimal
from typing import NamedTuple

from disclosure.models import Edition

Value = str | int | bool | Decimal | None


class Field(NamedTuple):
    """A column: its name, its title in words, its type (Table Schema), what to know, and its fiscal meaning."""

    name: str
    title: str
    type: str = "string"
    note: str = ""
    column_type: str = ""


def text(name: str, title: str, note: str = "", column_type: str = "") -> Field:
    """Declare a column of words or codes."""
    return Field(name, title, "string", note, column_type)


def amount(name: str, title: str) -> Field:
    """Declare a column of money."""
    return Field(name, title, "number", "元，两位小数；空白是没有数据，不是零", "value")


ADMINISTRATIVE = "administrative-classification:generic:level"
WHOSE = (
    text("edition", "版次", "区划-年度-阶段-部门[-单位]-版次，与editions表对应"),
    Field("fiscal_year", "年度", "integer", "", "date:fiscal-year"),
    text("phase", "阶段", "initial年初预算，adjusted调整预算，final决算；不同阶段的数不能相加", "phase:id"),
    text("scope", "口径", "department部门（含所属单位），unit单个单位；两种不能相加"),
    text("government_code", "区划代码", "", f"{ADMINISTRATIVE}1:code"),
    text("department_code", "部门编码", "", f"{ADMINISTRATIVE}2:code"),
    text("department_name", "部门", "", f"{ADMINISTRATIVE}2:label"),
    text("unit_code", "单位编码", "口径为department时空白", f"{ADMINISTRATIVE}3:code"),
    text("unit_name", "单位", "", f"{ADMINISTRATIVE}3:label"),
)
"""Whose figures a row holds: the first columns of every table."""
AMOUNT = amount("amount", "金额")
LEVEL = Field("level", "级次", "integer", "1类，2款，3项")
FUNCTIONAL = (
    text("function_code", "支出功能分类科目编码", "", "functional-classification:generic:code"),
    text("function_name", "支出功能分类科目", "", "functional-classification:generic:label"),
    LEVEL,
    text("direction", "方向", "总是expenditure", "direction"),
)
ECONOMIC = (
    text("economic_code", "支出经济分类科目编码", "", "economic-classification:generic:code"),
    text("economic_name", "支出经济分类科目", "", "economic-classification:generic:label"),
    LEVEL,
    text("direction", "方向", "总是expenditure", "direction"),
)
SOURCE = (
    text("source", "来源", "", "fin-source:generic:code"),
    text("source_name", "来源名称", "", "fin-source:generic:label"),
    text("direction", "方向", "总是revenue", "direction"),
)
ACTIVITY = (
    text("project_code", "项目编码", "", "activity:generic:project:code"),
    text("project_name", "项目名称", "", "activity:generic:project:label"),
)


def whose(edition: Edition, key: str) -> tuple[Value, ...]:
    """Return the first cells of every row about an edition of that key."""
    scope = "unit" if edition.unit_code else "department"
    names = (edition.department_code, edition.department_name, edition.unit_code, edition.unit_name)
    return key, edition.year, edition.phase, scope, edition.government_code, *names
