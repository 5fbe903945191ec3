"""D02, D03 and D10: codes and names of 科目 go together, are in force, and stand in their own 类 and 款."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Cited, Outcome, Place, Problem, Skipped
from disclosure.audit.kept import once
from disclosure.audit.reading import Sheet, sheets
from disclosure.audit.text import Line, bodies
from disclosure.document import Document

OLD = {
    "医疗卫生与计划生育支出": "卫生健康支出",
    "医疗卫生支出": "卫生健康支出",
    "文化体育与传媒支出": "文化旅游体育与传媒支出",
    "国土海洋气象等支出": "自然资源海洋气象等支出",
    "国土资源气象等事务": "自然资源海洋气象等支出",
    "资源勘探信息等支出": "资源勘探工业信息等支出",
    "资源勘探电力信息等事务": "资源勘探工业信息等支出",
    "行政事业单位离退休（款）": "行政事业单位养老支出（款）",
    "城乡社区事务支出": "城乡社区支出",
    "农林水事务支出": "农林水支出",
    "环境保护支出": "节能环保支出",
}
"""类 and 款 by the names they had before 2020, with those they have now."""
UNMISTAKABLE = re.compile(r"与计划生育支出|与传媒支出|气象等支出|信息等支出")
"""Old names that are no words of their own; the others count only as “…（类）” and in tables."""
SINCE = 2020
CODED = re.compile(
    r"(?<!\d)(?P<code>\d{3}|\d{5}|\d{7})[\s　“]*(?P<name>[一-龥][一-龥（）]*?)(?:（[类款项]）|[”，。；、\s]|$|\d)"
)
NAMED = re.compile(r"（[类款项]）|(?:支出|事务)[”，。；、\s]?$")
PATH = re.compile(
    r"(?P<group>[^，。；：、）\s“”]+)（类）[/—\-\s]*(?P<kind>[^，。；：）\s“”]+)（款）"
    r"(?:[/—\-\s]*(?P<item>[^，。；：\s“”]+?)（项）)?"
)
GROUP = "（类）"
LEVELS = {"group": 3, "kind": 5, "item": 7}
NO_CODES = "没有科目目录可以对照"
CODE_TABLES = (
    "income",
    "spending",
    "general_expenditure",
    "fund_expenditure",
    "capital_expenditure",
    "basic_expenditure",
)


def _known(document: Document) -> str | None:
    return None if any((document.context.codes or {}).values()) else NO_CODES


@once
def _names(document: Document) -> dict[str, set[str]]:
    """Return the names of every code, of all schemes together."""
    found: dict[str, set[str]] = {}
    for scheme in (document.context.codes or {}).values():
        for code, name in scheme.items():
            found.setdefault(code, set()).add(_plain(name))
    return found


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")


@rule("D02", Family.PROSE, Severity.ERROR, applies=(_known,))
def codes_go_with_their_names(document: Document) -> Iterator[Outcome]:
    """科目编码与科目名称和现行目录一致。"""
    names, judged = _names(document), False
    for code, name, place in _coded(document):
        if right := names.get(code):
            judged = True
            matches = _plain(name) in right
            yield Agreed() if matches else _mismatch(code, name, place, "、".join(sorted(right)))
    if not judged:
        yield Skipped("没有写明编码和名称的科目")


def _mismatch(code: str, name: str, place: Place, right: str) -> Problem:
    message = f"科目编码{code}的名称应为“{right}”，这里是“{name}”。请核对编码和名称。"
    return Problem(message, (Cited(None, place, measure=""),))


def _coded(document: Document) -> Iterator[tuple[str, str, Place]]:
    """Yield code and name of every row of the tables of 科目, and of every code in the text that a name follows."""
    for sheet in sheets(document):
        if sheet.table.key in CODE_TABLES:
            yield from _rows(sheet)
    for line in bodies(document):
        for found in CODED.finditer(line.text):
            if len(found["code"]) == LEVELS["item"] or NAMED.search(found[0]):
                yield found["code"], found["name"], line.place


def _rows(sheet: Sheet) -> Iterator[tuple[str, str, Place]]:
    for number, _ in sheet.numbered:
        code, name = sheet.text(number, "code"), sheet.text(number, "name")
        if code and name:
            place = Place(sheet.table.key, "name", number, f"{sheet.title}“{sheet.named(number)}”")
            yield code, name, place


@rule("D03", Family.PROSE, Severity.ERROR)
def names_of_functions_are_in_force(document: Document) -> Iterator[Outcome]:
    """文字说明和表格使用现行的支出功能分类名称。"""
    if document.content.year < SINCE:
        yield Skipped(f"自{SINCE}年预算起适用")
        return
    found = [(line, old) for line in bodies(document) for old in OLD if _stands(line, old)]
    for line, old in found:
        yield line.problem(f"“{old}”是旧科目名称，现行名称为“{OLD[old]}”。请更新。")
    cells = [
        (c, t) for t in document.content.tables for row in t.rows for c in row.cells.values() if c and c.strip() in OLD
    ]
    for old, table in cells:
        place = Place(table.key, "", None, table.title)
        message = f"{table.title}中“{old}”是旧科目名称，现行名称为“{OLD[old.strip()]}”。请更新。"
        yield Problem(message, (Cited(None, place, measure=""),))
    if not found and not cells:
        yield Agreed()


def _stands(line: Line, old: str) -> bool:
    """Tell whether a text uses an old name as the name of a 科目."""
    if old not in line.text:
        return False
    if UNMISTAKABLE.search(old) or old.endswith("（款）"):
        return bool(re.search(rf"(?<!旅游){old}", line.text))
    return f"{old}（类）" in line.text


@rule("D10", Family.PROSE, Severity.ERROR, applies=(_known,))
def paths_of_functions_are_right(document: Document) -> Iterator[Outcome]:
    """文字说明引用的“类、款、项”名称存在，并且款属于该类、项属于该款。"""
    names, judged = _names(document), False
    for line in bodies(document):
        for path in PATH.finditer(line.text) if GROUP in line.text else ():
            judged = True
            yield _path(line, path, names)
    if not judged:
        yield Skipped("文字没有引用“类、款、项”")


def _path(line: Line, path: re.Match[str], names: dict[str, set[str]]) -> Outcome:
    """Follow the levels down: each name's codes are to begin with one of the codes above."""
    above, over = {""}, ""
    for level, width in LEVELS.items():
        if not (name := path[level]):
            break
        codes = {code for code, known in names.items() if len(code) == width and _ends(name, known)}
        if not codes:
            return Skipped(f"目录中没有找到“{name}”")
        below = {code for code in codes if any(code.startswith(one) for one in above)}
        if not below:
            return line.problem(f"“{name}”（{'、'.join(sorted(codes))}）不属于“{over}”，请核对科目的类、款、项。")
        above, over = below, name
    return Agreed()


def _ends(name: str, known: set[str]) -> bool:
    """Tell whether words name a code: the first level may follow other words without a break."""
    return any(_plain(name) == one or _plain(name).endswith(one) for one in known)
