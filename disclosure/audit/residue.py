"""C04, C05 and C08: notes of empty tables in the text, and what a template or a word processor left behind."""

import re
from collections.abc import Iterator

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.text import Line, bodies
from disclosure.audit.texts import having
from disclosure.content import Section
from disclosure.document import Document

EMPTY = re.compile(r"空表列示|以空表|此表为空|本表为空|无此项(?:公开)?内容|为空表")
REASON = re.compile(r"未安排|没有安排|不安排|无.{0,8}(?:安排|预算|支出|资产)|由于|因为|原因|(?<![\d.])0(?:\.0+)?万?元")
REMAINS = (
    re.compile(r"(?:^|[。；：\n])\s*[（(]?\d{1,2}[)）、.．]\s*(?:…|\.{3,}|。{3,}|．{3,}).*"),
    re.compile(r"^\s*(?:…|\.|．){2,}\s*$"),
    re.compile(r"_{3,}|＿{2,}|□{2,}|[?？]{3,}|�"),
    re.compile(r"\[bookmark:[^\]]*\]|_Toc\d+|_GoBack|错误[!！]\s*(?:未|超)[^。]*|Error!\s?\w*"),
    re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!)|#{4,}"),
    re.compile(
        r"[（(【\[][^（()）【】\[\]]{0,12}(?:待补充|待填写?|此处填写?|请填写|请输入|请删除)[^（()）【】\[\]]{0,12}[)）】\]]"
    ),
)
"""What stays of a template: dots for an item, blanks to fill in, marks of Word and Excel; its words are D12's."""
MARKS = (
    *("…", "..", "。。。", "．．", "___", "＿＿", "□□", "??", "？？", "?？", "？?", "�"),
    *("[bookmark:", "_Toc", "_GoBack", "错误", "Error!", "#"),
    *("待补充", "待填", "此处填", "请填写", "请输入", "请删除"),
)
"""None of them is found in a text that has none of these."""


def _filled(document: Document, section: Section) -> bool:
    """Tell whether the tables of a section have figures; a foreign document's by what could be read of them."""
    tables = {table.key: table for table in document.content.tables}
    shown = [tables[block.table] for block in section.blocks if block.table in tables]
    if any(table.rows and not table.empty_reason for table in shown):
        return True
    facts = document.content.facts
    read = {
        "assets": any(item.value not in (None, "0.00", "n/a") for item in facts.assets.items),
        "procurement": facts.procurement.total > ZERO or bool(facts.procurement.items),
    }
    return document.context.foreign and read.get(section.key, False)


def _notes(document: Document) -> Iterator[tuple[Line, bool, bool]]:
    """Yield what the text says of empty tables: the line, whether data stand there, whether a reason is given."""
    for line in bodies(document):
        if not EMPTY.search(line.text):
            continue
        section = document.content.sections[line.section]
        said = "".join(block.paragraph or "" for block in section.blocks)
        yield line, _filled(document, section), bool(REASON.search(EMPTY.sub("", said)))


@rule("C04", Family.STALENESS, Severity.ERROR)
def filled_tables_are_not_called_empty(document: Document) -> Iterator[Outcome]:
    """文字中说空表列示的，表中确实没有数据。"""
    for line, filled, _ in _notes(document):
        if filled:
            yield line.problem(f"{line.place.words}说“{line.text.strip()}”，本节的表已有数据。“空表”说明应删除。")
    yield Agreed()


@rule("C05", Family.COMPLETENESS, Severity.ERROR)
def empty_tables_have_reasons(document: Document) -> Iterator[Outcome]:
    """文字中说空表列示的，写明没有安排及金额为零。"""
    for line, filled, reasoned in _notes(document):
        if not filled and not reasoned:
            yield line.problem(
                f"{line.place.words}只说“{line.text.strip()}”，没有说明原因。请写明本年未安排此项预算，金额为0万元。"
            )
    yield Agreed()


@rule("C08", Family.STALENESS, Severity.ERROR)
def nothing_is_left_of_templates(document: Document) -> Iterator[Outcome]:
    """文字中没有模板占位符、待填空白和办公软件的残留标记。"""
    for text in having(document, *MARKS):
        found = next((match for pattern in REMAINS if (match := pattern.search(text.text))), None)
        if found:
            yield text.problem(f"留有占位符“{found[0].strip()[:30]}”。请填写，或删除。")
    yield Agreed()
