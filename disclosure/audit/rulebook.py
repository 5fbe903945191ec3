"""The catalogue that citizens read, at /rules/ and in docs/rules.md: every rule by family, and the checklist."""

from typing import NamedTuple

from disclosure.audit import catalogue
from disclosure.audit.base import Family, Rule


class Group(NamedTuple):
    """The rules of one family."""

    key: str
    name: str
    rules: list[Rule]


class Item(NamedTuple):
    """An item of the checklist K01–K12 (law.md §6) and who keeps it."""

    code: str
    demand: str
    kept_by: str


CHECKLIST = (
    Item("K01", "批复日期已登记，批复后20日内公开", "规则K01"),
    Item("K02", "规定的表齐全，每张有数据，或列空表并说明", "规则X19；文中提到而没有公开的表见A12"),
    Item("K03", "规定的各部分齐全并有内容", "规则K03"),
    Item("K04", "功能分类到项，经济分类到款，编码在本年度目录中", "规则K04"),
    Item("K05", "“三公”经费四项金额、比上年增减和原因", "规则T7.1、T7.2、A07"),
    Item("K06", "收支增减及原因", "规则A09"),
    Item("K07", "机关运行经费、政府采购、国有资产、绩效", "规则K07、X11、T13.4、C05、T14.4、X13"),
    Item("K08", "名词解释包括各表所用的名词", "规则K08"),
    Item("K09", "保密审查和负责人审签", "规则K09"),
    Item("K10", "固定地址、校验值，只更正不删除", "平台：版次不可更改，旧版保留"),
    Item("K11", "所属单位各自公开或说明理由", "规则K11"),
    Item("K12", "网页、PDF和数据文件可以下载", "平台：公开时生成"),
)


def families() -> list[Group]:
    """Return the families that have rules, each in the order of codes."""
    rules = catalogue()
    groups = [Group(family.name.lower(), str(family), [r for r in rules if r.family is family]) for family in Family]
    return [group for group in groups if group.rules]


def written() -> str:
    """Return docs/rules.md."""
    lines = [
        "# 检查规则",
        "",
        "由规则的登记表生成，有出入时检查不通过；网站的 `/rules/` 是同一份内容。",
        "“错误”改正或由财政审核人豁免后才能公开，“警告”要说明原因，“提示”供核对。",
    ]
    for group in families():
        lines += ["", f"## {group.name}", "", "| 编号 | 级别 | 规则 | 适用 |", "|---|---|---|---|"]
        lines += [f"| {r.code} | {r.severity} | {r.sentence} | {r.force.words} |" for r in group.rules]
    lines += ["", "## 公开检查清单由哪些规则承担", "", "| 清单 | 内容 | 由谁保证 |", "|---|---|---|"]
    lines += [f"| {item.code} | {item.demand} | {item.kept_by} |" for item in CHECKLIST]
    return "\n".join(lines) + "\n"
