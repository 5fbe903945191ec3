"""The file of what was approved: recognised by its headings, complained of by the cell; and the template for it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.enums import Kind, Source
from budgets.money import ZERO, MoneyUnit
from budgets.readers.figures import read_figure
from budgets.readers.sheets import Sheet
from budgets.widgets import DateWidget

HEADER_ROWS = 20
UNIT = re.compile(r"[（(](万?元)[)）]")
DEPARTMENT, UNIT_CODE, APPROVED_ON = "部门编码", "单位编码", "批复日期"
NAMES = {
    DEPARTMENT: (DEPARTMENT, "部门代码", "主管部门编码", "主管部门代码", "预算部门编码"),
    UNIT_CODE: (UNIT_CODE, "单位代码", "预算单位编码", "预算单位代码"),
    APPROVED_ON: (APPROVED_ON, "批复时间", "预算批复日期", "批复日"),
}
IGNORED = ("序号", "部门", "部门名称", "单位", "单位名称", "名称", "备注", "合计", "状态")
STRANGE = "不认识的列“{}”，请改为“资金来源·支出类别”，例如“一般公共预算拨款·项目支出（元）”，或删去这一列。"
SHORT_SOURCES = {
    Source.GENERAL: ("一般公共预算",),
    Source.FUND: ("政府性基金预算", "政府性基金"),
    Source.CAPITAL: ("国有资本经营预算", "国有资本经营"),
    Source.SPECIAL_ACCOUNT: ("财政专户",),
}
SHORT_KINDS = {Kind.PERSONNEL: ("人员经费", "人员"), Kind.PUBLIC: ("公用经费", "公用"), Kind.PROJECT: ("项目",)}
ALIASES = {alias: name for name, aliases in NAMES.items() for alias in aliases}


class Column(NamedTuple):
    """What a column means: one of the three names, or a figure's source and kind in a unit of money."""

    name: str = ""
    figure: tuple[str, str] | None = None
    money: MoneyUnit = MoneyUnit.YUAN


class Written(NamedTuple):
    """A row of the file: where it stands and what it says; a blank cell says nothing."""

    place: str
    department: str
    unit: str
    approved_on: date | None
    figures: dict[tuple[str, str], Decimal]


class Approvals(NamedTuple):
    """The rows of a file, everything wrong with it, and what to look at."""

    rows: list[Written]
    problems: list[str]
    notes: list[str]


def figure_name(source: str, kind: str) -> str:
    """Head a figure's column."""
    return f"{Source(source).label}·{Kind(kind).label}（元）"


def _figures() -> Iterator[tuple[str, tuple[str, str]]]:
    for source in Source:
        for kind in Kind:
            for first in (source.label, *SHORT_SOURCES.get(source, ())):
                for second in (kind.label, *SHORT_KINDS.get(kind, ())):
                    yield _plain(f"{first}{second}"), (source.value, kind.value)


def _plain(text: str) -> str:
    """Leave of a heading only its Chinese characters: “一般公共预算 / 人员经费” and “一般公共预算·人员经费” are one."""
    return "".join(re.findall(r"[\u4e00-\u9fff]", text))


FIGURES = dict(_figures())


def read_approvals(sheets: Sequence[Sheet]) -> Approvals:
    """Read the rows of every sheet that heads a department's code; say of all cells what is wrong."""
    found = Approvals([], [], [])
    for sheet in sheets:
        header = _header(sheet)
        if header is not None:
            _read(sheet, header, found)
        elif any(map(any, sheet.rows)):
            found.notes.append(f"工作表“{sheet.name}”没有“部门编码”表头，没有读取。")
        found.notes.extend(str(note) for note in sheet.notes)
    if not found.rows and not found.problems:
        found.problems.append(
            "没有找到可以读取的行：需要一行表头，其中有“部门编码”，下面至少一行。请用下载的模板填写。"
        )
    return found


def _header(sheet: Sheet) -> int | None:
    rows = enumerate(sheet.rows[:HEADER_ROWS])
    return next((at for at, row in rows if any(ALIASES.get(_words(cell)) == DEPARTMENT for cell in row)), None)


def _words(cell: str) -> str:
    return UNIT.sub("", re.sub(r"[\s*＊]", "", cell))


def _read(sheet: Sheet, header: int, found: Approvals) -> None:
    columns = _columns(sheet, header, found)
    for index in range(header + 1, len(sheet.rows)):
        if any(sheet.rows[index]) and sheet.rows[index] != sheet.rows[header]:
            _read_row(sheet, index, columns, found)


def _columns(sheet: Sheet, header: int, found: Approvals) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    meant: set[tuple[str, tuple[str, str] | None]] = set()
    for at, cell in enumerate(sheet.rows[header]):
        column, place = column_of(cell), sheet.place_of(header, at)
        if column is None:
            found.problems.extend([f"{place}：{STRANGE.format(cell)}"] * _is_strange(cell))
        elif (column.name, column.figure) in meant:
            found.problems.append(f"{place}：有两列都是“{cell}”的意思，请只留一列。")
        else:
            columns[at] = column
            meant.add((column.name, column.figure))
    return columns


def _is_strange(cell: str) -> bool:
    return bool(_words(cell)) and _words(cell) not in IGNORED


def column_of(cell: str) -> Column | None:
    """Return what a heading means; None where nobody knows."""
    words = _words(cell)
    if words in ALIASES:
        return Column(ALIASES[words])
    figure = FIGURES.get(_plain(words))
    unit = UNIT.search(re.sub(r"\s", "", cell))
    money = MoneyUnit.WAN if unit and unit[1] == MoneyUnit.WAN.label else MoneyUnit.YUAN
    return Column(figure=figure, money=money) if figure else None


def _read_row(sheet: Sheet, index: int, columns: dict[int, Column], found: Approvals) -> None:
    said: dict[str, str] = {}
    figures: dict[tuple[str, str], Decimal] = {}
    day: date | None = None
    for at, column in columns.items():
        cell = sheet.cell(index, at)
        try:
            if column.figure:
                figures |= _figure(cell, column, f"{sheet.place_of(index, at)}", found.notes)
            elif column.name == APPROVED_ON:
                day = DateWidget().clean(cell)
            else:
                said[column.name] = cell.removeprefix("'")
        except ValidationError as error:
            found.problems.append(f"{sheet.place_of(index, at)}：{''.join(error.messages)}")
    if not said.get(DEPARTMENT):
        found.problems.append(f"{sheet.place(index)}：没有部门编码，请填写，或删去这一行。")
        return
    found.rows.append(Written(sheet.place(index), said[DEPARTMENT], said.get(UNIT_CODE, ""), day, figures))


def _figure(cell: str, column: Column, place: str, notes: list[str]) -> dict[tuple[str, str], Decimal]:
    read = read_figure(cell, column.money)
    if read.note:
        notes.append(f"{place}：{read.note}")
    if read.amount is None or column.figure is None:
        return {}
    if not isinstance(read.amount, Decimal):
        raise ValidationError("控制数不能写“不适用”。没有安排的填0，不改的留空。")
    if read.amount < ZERO:
        raise ValidationError("控制数不能为负数。")
    return {column.figure: read.amount}
