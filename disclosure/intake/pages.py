"""Lays out one sheet of the workbook: who it belongs to, its headers with what they mean, its rows, its drop-downs."""

from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.intake.cells import write
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.owner import Owner
from disclosure.intake.prefill import Prefill
from disclosure.intake.recognition import REFERENCE
from disclosure.intake.sheets import SheetKind
from disclosure.intake.vocabulary import Vocabulary

HEADER, FIRST = 3, 4
SPARE = 300
"""Rows below the filled ones that may be typed into and have drop-downs."""
LAST_YEAR = f"上年金额（元）{REFERENCE}"
HEADING = PatternFill("solid", fgColor="FFDDEBF7")
LOCKED = PatternFill("solid", fgColor="FFEDEDED")
OPEN = Protection(locked=False)


def fill(sheet: Worksheet, kind: SheetKind, prefill: Prefill, vocabulary: Vocabulary) -> None:
    """Write a sheet."""
    columns = columns_of(kind)
    write(sheet.cell(1, 1), f"{kind.title}　{Owner.of(vocabulary.disclosure).banner}").font = Font(bold=True)
    carried = "以下各行由上年带入，金额请重新填写。" if prefill.carried else ""
    write(sheet.cell(2, 1), f"{kind.guide}金额单位：元。{carried}")
    for at, column in enumerate(columns, start=1):
        _head(sheet, at, column)
    if prefill.compared:
        write(sheet.cell(HEADER, len(columns) + 1), LAST_YEAR).fill = LOCKED
    offers = [vocabulary.offer(kind, column) for column in columns]
    _rows(sheet, kind, prefill, vocabulary)
    _open(sheet, columns, FIRST + len(prefill.rows) + SPARE)
    _offer(sheet, offers, FIRST + len(prefill.rows) + SPARE)
    sheet.freeze_panes = f"A{FIRST}"
    sheet.protection.sheet = True
    for freedom in ("insertRows", "deleteRows", "formatColumns", "formatRows", "formatCells", "sort", "autoFilter"):
        setattr(sheet.protection, freedom, False)


def _rows(sheet: Worksheet, kind: SheetKind, prefill: Prefill, vocabulary: Vocabulary) -> None:
    columns = columns_of(kind)
    for number, row in enumerate(prefill.rows, start=FIRST):
        for at, value in enumerate(prefill.cells(row), start=1):
            write(sheet.cell(number, at), vocabulary.named(kind, columns[at - 1], value))
        if prefill.compared:
            write(sheet.cell(number, len(columns) + 1), prefill.last(row)).fill = LOCKED


def _head(sheet: Worksheet, at: int, column: Column) -> None:
    cell: Any = write(sheet.cell(HEADER, at), column.header)
    cell.font, cell.fill, cell.alignment = Font(bold=True), HEADING, Alignment(wrap_text=True)
    said = [f"含义：{column.guidance.meaning}", *(f"{label}：{text}" for label, text in column.guidance.lines)]
    cell.comment = Comment("\n".join(said), "填报说明", height=160, width=320)
    sheet.column_dimensions[get_column_letter(at)].width = 18


def _open(sheet: Worksheet, columns: tuple[Column, ...], last: int) -> None:
    for row in range(FIRST, last + 1):
        for at in range(1, len(columns) + 1):
            sheet.cell(row, at).protection = OPEN


def _offer(sheet: Worksheet, offers: list[str], last: int) -> None:
    """Offer each list; another value is let through, to be judged on import with its reason."""
    for at, offer in enumerate(offers, start=1):
        if offer:
            rule = DataValidation(type="list", formula1=offer, allow_blank=True, errorStyle="warning")
            rule.errorTitle, rule.error = "请核对", "不在下拉列表中，请从列表中选择。"
            letter = get_column_letter(at)
            rule.add(f"{letter}{FIRST}:{letter}{last}")
            sheet.add_data_validation(rule)
