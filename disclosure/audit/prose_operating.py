"""A10 and A11: what 机关运行经费 covers, and what its items are called."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped
from disclosure.audit.mentions import Mention, free, sentences
from disclosure.audit.text import bodies
from disclosure.document import Document

KINDS = re.findall(
    r"\S+",
    "办公费 印刷费 咨询费 手续费 水费 电费 邮电费 取暖费 物业管理费 差旅费 因公出国（境）费用 维修（护）费 租赁费 "
    "会议费 培训费 公务接待费 专用材料费 被装购置费 专用燃料费 劳务费 委托业务费 工会经费 福利费 公务用车运行维护费 "
    "其他交通费用 税金及附加费用 其他商品和服务支出 房屋建筑物购建 办公设备购置 专用设备购置 基础设施建设 大型修缮 "
    "信息网络及软件购置更新 物资储备 公务用车购置 其他交通工具购置 其他资本性支出 无形资产购置 文物和陈列品购置",
)
"""The 款 of 302 and 310 (支出经济分类科目)."""
KNOWN = {re.sub(r"[（）]", "", name).removesuffix("用") for name in KINDS} | {
    "因公出国境费",
    "维修费",
    "日常维修费",
    "办公及印刷费",
}
SUGGESTED = {
    "交通补贴": "30239其他交通费用",
    "取暖": "30208取暖费",
    "网络": "30213维修（护）费",
    "工会": "30228工会经费",
}
OTHERWISE = "30299其他商品和服务支出"
INSTITUTION, LIKE_OFFICE = re.compile(r"事业"), re.compile(r"参公|参照公务员")
COMPARISON = re.compile(r"[比较]\S*年|增加|减少")
NO_LIST = "文字中没有另行列举机关运行经费的项目"


@rule("A10", Family.PROSE, Severity.WARNING)
def operating_costs_are_of_offices(document: Document) -> Iterator[Outcome]:
    """机关运行经费只统计行政单位和参照公务员法管理的事业单位。"""
    facts = document.content.facts
    total, public = facts.operating_costs.total, facts.expenditure.basic.public
    others = [unit for unit in facts.units if INSTITUTION.search(unit.nature) and not LIKE_OFFICE.search(unit.nature)]
    if not document.context.foreign:
        yield Skipped("本系统的机关运行经费按单位性质汇总")
        return
    if not total or not facts.units:
        yield Skipped("没有机关运行经费或机构设置可以对照")
        return
    line = next((one for one in bodies(document, "operating_costs") if "机关运行" in one.text), None)
    if not others or total != public or line is None:
        yield Agreed()
        return
    yield line.problem(
        f"本部门含{len(others)}家事业单位，机关运行经费等于全部公用经费，请核对是否只统计行政和参公单位。"
    )


def _items(document: Document) -> list[Mention]:
    """Return the items a sentence lists after 机关运行经费."""
    for sentence in sentences(document, free(document, "operating_costs", "overview", "others", "unknown")):
        if "机关运行" in sentence.text[: sentence.text.find(sentence.mentions[0].printed)]:
            return [
                one for one in sentence.mentions[1:] if not one.change and one.name and not COMPARISON.search(one.name)
            ]
    return []


@rule("A11", Family.PROSE, Severity.WARNING)
def items_are_kinds_of_expenditure(document: Document) -> Iterator[Outcome]:
    """机关运行经费列举的项目是部门预算支出经济分类的款级科目，同一科目只列一次。"""
    items = _items(document)
    if not items:
        yield Skipped(NO_LIST)
    bases = [_base(item.name) for item in items]
    for item, base in zip(items, bases, strict=True):
        if _plain(item.name) in KNOWN or (_plain(base) in KNOWN and bases.count(base) == 1):
            yield Agreed()
        else:
            yield item.line.problem(
                f"“{item.name}”不是部门预算支出经济分类款级科目，请对应到科目（如{_suggestion(item.name)}）。"
            )


def _base(name: str) -> str:
    """Leave out a remark in brackets."""
    return re.sub(r"（[^（）]*）", "", name)


def _plain(name: str) -> str:
    return re.sub(r"[（）()]", "", name).removesuffix("用")


def _suggestion(name: str) -> str:
    return next((kind for words, kind in SUGGESTED.items() if words in name), OTHERWISE)
