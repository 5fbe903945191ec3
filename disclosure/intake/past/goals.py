"""项目绩效目标表: a project's code, name, money, spending plan, goals and indicators, by the labels in its cells."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from budgets.money import MoneyUnit
from disclosure.intake.past.cells import (
    CODED,
    Captioned,
    Row,
    amount,
    at,
    columns,
    labelled,
    unit_note,
    value,
    words,
)
from disclosure.intake.past.indicators import split_value
from disclosure.intake.past.proposal import Goal, Indicator, Value

CODE = ("项目编码", "项目代码")
NAME = ("项目名称",)
UNIT = ("实施单位", "项目单位", "单位名称", "预算单位")
BUDGET = ("预算数", "预算金额", "年度资金总额", "资金总额", "项目总额", "年度预算", "年度金额")
FISCAL = ("财政资金", "财政拨款", "当年财政拨款")
OTHER = ("其他资金", "非财政拨款", "非财政拨款数")
PURPOSE = ("用途", "资金用途", "用途说明")
STATED = ("绩效目标", "年度绩效目标", "总体目标", "年度总体目标", "项目总体目标", "项目总目标", "项目绩效目标")
PLAN = tuple((f"{month}月底", f"{month}月末") for month in (3, 6, 10, 12))
COLUMNS = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称"),
    "description": ("绩效指标描述", "指标描述", "指标解释", "指标说明", "指标内容"),
    "operator": ("比较符号", "运算符号", "计算符号"),
    "printed": ("指标值", "年度指标值", "目标值"),
    "measure": ("计量单位", "度量单位"),
    "basis": ("指标值确定依据", "指标值设定依据", "指标确定依据", "确定依据", "设定依据"),
}
NUMBERED = re.compile(r"\s*[（(]?\d{1,2}[）)]?(?:[.．、]|(?<=[）)]))\s*")


def is_goal_table(captioned: Captioned) -> bool:
    """Tell whether a table states a project's goals or indicators."""
    labels = {words(cell.text) for row in captioned[1].rows for cell in row}
    named = labels & {*CODE, *NAME} and labels & {*STATED, "三级指标"}
    return bool(named) or {"一级指标", "三级指标"} <= labels


def goals_of(tables: Iterable[Captioned]) -> tuple[Goal, ...]:
    """Return the projects in their order; one table may hold several, and one project's may be parted in two."""
    return tuple(_goal(title, rows) for title, rows in _forms(tables))


def _forms(tables: Iterable[Captioned]) -> list[tuple[Value, list[Row]]]:
    forms: list[tuple[Value, list[Row]]] = []
    for title, table in tables:
        if not is_goal_table((title, table)):
            continue
        starts = [index for index, row in enumerate(table.rows) if _begins(row)]
        starts = [index - 1 if index and _unit_row(table.rows[index - 1]) else index for index in starts]
        if not starts and forms:
            forms[-1][1].extend(table.rows)
            continue
        edges = [0, *starts[1:], len(table.rows)]
        forms += [(title, table.rows[here:there]) for here, there in pairwise(edges)]
    return forms


def _begins(row: Row) -> bool:
    labels = [words(cell.text) for cell in row]
    return labels[0] in CODE or (labels[0] in NAME and not set(labels) & set(CODE))


def _unit_row(row: Row) -> bool:
    return any(CODED.fullmatch(cell.text) for cell in row) or unit_note([row]) is not None


def _goal(title: Value, rows: list[Row]) -> Goal:
    header = next((index for index, row in enumerate(rows) if "name" in columns(row, COLUMNS)), len(rows))
    form = rows[:header]
    factor = (unit_note(form) or MoneyUnit.WAN).in_yuan
    coded = (value(cell) for row in form for cell in row if CODED.fullmatch(cell.text) and not _begins(row))
    return Goal(
        code=labelled(form, CODE),
        name=labelled(form, NAME),
        unit=next(coded, labelled(form, UNIT)),
        title=title,
        amount=amount(labelled(form, BUDGET), factor),
        fiscal=amount(labelled(form, FISCAL), factor),
        other=amount(labelled(form, OTHER), factor),
        purpose=_purpose(form),
        plan=_plan(form),
        statements=tuple(_statements(form)),
        indicators=tuple(_indicators(rows[header:])),
        measured=unit_note(form) is not None,
    )


def _purpose(form: list[Row]) -> Value:
    stated = labelled(form, PURPOSE)
    for row, below in pairwise(form):
        if not stated.text and any(words(cell.text) in BUDGET for cell in row):
            stated = next((value(cell) for cell in below[1:] if cell.text), Value())
    return stated


def _plan(form: list[Row]) -> tuple[Value, ...]:
    for row, below in pairwise(form):
        months = {words(cell.text): cell.column for cell in row}
        found = [next((months[name] for name in names if name in months), None) for names in PLAN]
        if sum(column is not None for column in found) > 1:
            return tuple(at(below, column) for column in found)
    return ()


def _statements(form: list[Row]) -> Iterator[Value]:
    begins = next((index for index, row in enumerate(form) if words(row[0].text) in STATED), len(form))
    for row in form[begins:]:
        if words(row[0].text) not in {"", *STATED}:
            break
        for cell in row[1:]:
            yield from _numbered(cell.text, cell.place)


def _numbered(text: str, place: str) -> list[Value]:
    """Part “1.…” and “2.…”; a line without a number goes on from the one above where others have numbers."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    numbered = any(NUMBERED.match(line) for line in lines)
    found: list[str] = []
    for line in lines:
        if found and numbered and not NUMBERED.match(line):
            found[-1] += line
        else:
            found.append(NUMBERED.sub("", line, count=1))
    return [Value(line, place) for line in found]


def _indicators(rows: list[Row]) -> Iterator[Indicator]:
    level1 = level2 = Value()
    head = columns(rows[0], COLUMNS) if rows else {}
    for row in rows[1:]:
        cells = {key: at(row, column) for key, column in head.items()}
        if words(row[0].text) in COLUMNS["level1"] or not cells["name"].text:
            continue
        if cells.get("level1", Value()).text not in {"", level1.text}:
            level1, level2 = cells["level1"], Value()
        if cells.get("level2", Value()).text:
            level2 = cells["level2"]
        yield _indicator(cells, level1, level2)


def _indicator(cells: dict[str, Value], level1: Value, level2: Value) -> Indicator:
    operator, measure = cells.get("operator", Value()).text, cells.get("measure", Value()).text
    printed = cells.get("printed", Value())
    whole = f"{'' if printed.text.startswith(operator) else operator}{printed.text}{f'({measure})' if measure else ''}"
    return Indicator(
        level1,
        level2,
        cells["name"],
        cells.get("description", Value()),
        printed,
        cells.get("basis", Value()),
        split_value(whole),
    )
