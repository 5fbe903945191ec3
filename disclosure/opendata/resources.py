"""The tables of open data: what each column means and where its rows come from. All amounts are exact 元."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from disclosure.models import Edition
from disclosure.opendata import contents, lines
from disclosure.opendata.fields import (
    ACTIVITY,
    AMOUNT,
    ECONOMIC,
    FUNCTIONAL,
    SOURCE,
    WHOSE,
    Field,
    Value,
    amount,
    text,
)

Rows = Callable[[list[Edition]], Iterator[tuple[Value, ...]]]


class Resource(NamedTuple):
    """A table: its name in addresses, its title, what to know before using it, its columns, and its rows."""

    name: str
    title: str
    note: str
    fields: tuple[Field, ...]
    rows: Rows

    def records(self, editions: Iterable[Edition]) -> Iterator[dict[str, Value]]:
        """Yield the rows of ``editions`` by column."""
        names = [field.name for field in self.fields]
        for row in self.rows(list(editions)):
            yield dict(zip(names, row, strict=True))


HEADLINES = Resource(
    "headlines",
    "主要数字",
    "每个现行版次的主要数字，一个数字一行；口径见item列的说明。",
    (*WHOSE, text("item", "数字"), text("item_name", "数字名称"), AMOUNT),
    lines.headlines,
)
FUNCTIONS = Resource(
    "functions",
    "支出功能分类",
    "部门支出总表，类、款、项各一行。各级是包含关系，加总时只取一级（level列）。",
    (*WHOSE, *FUNCTIONAL, *(amount(column, title) for column, title in lines.SPENDING.items())),
    lines.functions,
)
ECONOMICS = Resource(
    "economics",
    "基本支出经济分类",
    "一般公共预算安排的基本支出，按部门预算支出经济分类，类、款各一行；不含项目支出。",
    (*WHOSE, *ECONOMIC, *(amount(column, title) for column, title in lines.BASIC.items())),
    lines.economics,
)
SOURCES = Resource(
    "sources",
    "收入来源",
    "部门收入总表的合计行，一个来源一行，包括上年结转。",
    (*WHOSE, *SOURCE, AMOUNT),
    lines.sources,
)
CELLS = Resource(
    "cells",
    "全部表格的金额",
    "每张法定表的每个金额一行。表中既有合计行也有明细行，不能直接加总。",
    (
        *WHOSE,
        text("table", "表"),
        Field("row", "行号", "integer", "从0起，与document.json中rows的次序相同"),
        text("code", "编码"),
        text("name", "名称"),
        text("column", "列"),
        AMOUNT,
        Field("not_applicable", "不适用", "boolean", "为true时这一格填的是“不适用”"),
    ),
    lines.cells,
)
PROJECTS = Resource(
    "projects",
    "项目",
    "每个项目一行。",
    (
        *WHOSE,
        *ACTIVITY,
        text("responsible_unit", "项目单位"),
        amount("amount", "预算数"),
        amount("fiscal", "其中：财政资金"),
        amount("other", "其中：其他资金"),
        text("purpose", "资金用途"),
        text("goals", "绩效目标", "几条之间换行"),
    ),
    contents.projects,
)
INDICATORS = Resource(
    "indicators",
    "绩效指标",
    "每个项目的每条绩效指标一行。",
    (
        *WHOSE,
        *ACTIVITY,
        *(
            text(name, title)
            for name, title in (
                ("level1", "一级指标"),
                ("level2", "二级指标"),
                ("indicator", "三级指标"),
                ("description", "指标解释"),
                ("operator", "符号"),
                ("target", "指标值"),
                ("measure", "计量单位"),
                ("basis", "指标值确定依据"),
            )
        ),
    ),
    contents.indicators,
)
THREE_PUBLIC = Resource(
    "three-public",
    "“三公”经费",
    "“三公”经费的每一项一行，连同上年预算数和增减原因；上年数空白是没有数据，不是零。",
    (
        *WHOSE,
        text("item", "项目"),
        text("item_name", "项目名称"),
        AMOUNT,
        amount("previous", "上年预算数"),
        text("reason", "增减原因"),
    ),
    contents.three_public,
)
TEXTS = Resource(
    "texts",
    "文字",
    "每个部分的文字一行，段落之间换行。",
    (*WHOSE, text("section", "部分"), text("section_title", "标题"), text("body", "正文")),
    lines.texts,
)
RESOURCES = {
    one.name: one
    for one in (HEADLINES, FUNCTIONS, ECONOMICS, SOURCES, PROJECTS, INDICATORS, THREE_PUBLIC, CELLS, TEXTS)
}
"""The tables read from current editions, by name; the list of editions itself is in ``registry``."""
