"""The words of a synthetic disclosure: texts, 名词解释, and the tables published empty."""

from collections.abc import Iterator

from disclosure.enums import NarrativeKey, NarrativeState, TableKey
from disclosure.models import Disclosure, EmptyTable, GlossaryTerm, Narrative
from disclosure.sample.government.book import Book

REASONS = (
    "人员变动和缴费基数调整",
    "按照过紧日子要求核定支出",
    "年度工作任务和项目安排有变化",
    "上级专项资金和上年结转有变化",
    "工资标准和编制人数有变化",
)
TERMS = (
    ("一般公共预算拨款收入", "指区级财政当年从一般公共预算拨付的资金。"),
    ("政府性基金预算拨款收入", "指区级财政当年从政府性基金预算拨付的资金。"),
    ("事业收入", "指事业单位开展专业业务活动及辅助活动所取得的收入。"),
    ("其他收入", "指除上述收入以外的收入，例如按规定使用的利息收入。"),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
    ("项目支出", "指在基本支出之外为完成特定任务和事业发展目标所发生的支出。"),
    ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。"),
    ("机关运行经费", "指行政单位和参照公务员法管理的事业单位用于购买货物和服务的公用经费。"),
)
EMPTY = {
    TableKey.FUND_EXPENDITURE: "没有安排政府性基金预算支出",
    TableKey.CAPITAL_EXPENDITURE: "没有安排国有资本经营预算支出",
    TableKey.GENERAL_EXPENDITURE: "没有安排一般公共预算支出",
    TableKey.BASIC_EXPENDITURE: "没有安排一般公共预算基本支出",
    TableKey.THREE_PUBLIC: "没有安排财政拨款“三公”经费",
    TableKey.PROJECTS: "没有安排项目支出",
    TableKey.GOALS: "没有项目，不编制项目绩效目标",
    TableKey.OVERALL_GOALS: "没有编制整体支出绩效目标",
    TableKey.PROCUREMENT: "没有安排政府采购",
    TableKey.ASSETS: "没有占用固定资产",
}


def write(book: Book, disclosure: Disclosure, filled: set[TableKey]) -> None:
    """Write the texts of a disclosure; a table whose facts are absent is declared empty."""
    book.rows.add(*_narratives(book, disclosure))
    for position, (term, explanation) in enumerate(TERMS, start=1):
        book.rows.add(GlossaryTerm(disclosure=disclosure, position=position, term=term, explanation=explanation))
    for table, reason in EMPTY.items():
        if table not in filled:
            said = f"本{'单位' if disclosure.unit else '部门'}{book.year}年{reason}"
            book.rows.add(EmptyTable(disclosure=disclosure, table=table, reason=said))


def _narratives(book: Book, disclosure: Disclosure) -> Iterator[Narrative]:
    name = disclosure.unit.name if disclosure.unit else book.seat.department.name
    texts = {
        NarrativeKey.DUTIES: _duties(name, book.seat.character.subjects),
        NarrativeKey.OTHER_MATTERS: f"{name}没有其他需要说明的事项。\n本文件为示例数据，机构、项目和数字均为虚构。",
        NarrativeKey.ASSET_NOTE: "资产由本级统一登记，定期盘点，账实相符",
    }
    for key in NarrativeKey:
        if not key.startswith("wording_"):
            text = texts.get(key) or book.dice.pick(REASONS)
            yield Narrative(disclosure=disclosure, key=key, text=text, state=NarrativeState.CONFIRMED)


def _duties(name: str, subjects: tuple[str, ...]) -> str:
    said = [f"{name}（示例）的主要职责是："]
    said += [f"负责{subject}的组织实施和监督管理，制定年度计划并检查落实。" for subject in subjects]
    return "\n".join([*said, "完成上级交办的其他任务。"])
