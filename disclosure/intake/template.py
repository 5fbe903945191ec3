"""The workbook to fill in: made from the same declarations that recognise it when it comes back."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.intake.cells import write
from disclosure.intake.columns import columns_of
from disclosure.intake.owner import COVER, LABELS, Owner
from disclosure.intake.pages import fill
from disclosure.intake.prefill import Prefill
from disclosure.intake.recognition import CODES
from disclosure.intake.sheets import SheetKind, sheets_of
from disclosure.intake.vocabulary import Vocabulary
from disclosure.models import Disclosure

NAMES = ("owner_government", "owner_department", "owner_unit", "owner_year")
ADVICE = (
    "1. 白色单元格可以填写；灰色是锁定的部门、单位、年度和供参考的上年数。",
    "2. 金额单位是元，最多两位小数。没有填的留空，确实为零的写 0，不适用的写“不适用”。",
    "3. 工作表、列可以调换次序，行可以增减；请不要改工作表名和表头。",
    "4. 每个表头有批注，说明含义、单位和填写要求；可选的内容有下拉列表，编码见“代码表”。",
    "5. 导入时先预览全部变化；有一处问题就什么也不导入，并逐格列出问题和改法。",
    "6. 文件里有某张工作表，就以它为准：库里有而表里没有写的行会列为“删除”，确认后才删。不想动的表整张删去即可。",
)
HEADING = PatternFill("solid", fgColor="FFDDEBF7")
LOCKED = PatternFill("solid", fgColor="FFEDEDED")
FIRST_OF_LIST = len(ADVICE) + len(LABELS) + 6


def export(disclosure: Disclosure, *, by: Any) -> bytes:
    """Return the workbook of a disclosure as XLSX: with its draft, or with last year's rows where there is none."""
    book = Workbook()
    owner, kinds = Owner.of(disclosure), sheets_of(disclosure)
    vocabulary = Vocabulary(disclosure, book.create_sheet(CODES))
    cover: Any = book.active
    _cover(book, cover, owner, kinds)
    for kind in kinds:
        fill(book.create_sheet(kind.title, len(book.worksheets) - 1), kind, Prefill(disclosure, kind, by), vocabulary)
    vocabulary.finish()
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cover(book: Workbook, sheet: Worksheet, owner: Owner, kinds: tuple[SheetKind, ...]) -> None:
    sheet.title = COVER
    write(sheet.cell(1, 1), "部门预算公开填报表").font = Font(bold=True, size=16)
    for at, (label, value) in enumerate(owner.labelled.items(), start=3):
        write(sheet.cell(at, 1), label).font = Font(bold=True)
        write(sheet.cell(at, 2), value).fill = LOCKED
        sheet.cell(at, 2).protection = Protection(locked=True)
        name = NAMES[at - 3]
        book.defined_names[name] = DefinedName(name, attr_text=f"'{COVER}'!$B${at}")
    for at, words in enumerate(ADVICE, start=len(LABELS) + 4):
        write(sheet.cell(at, 1), words)
    for column, words in enumerate(("工作表", "填什么", "表头"), start=1):
        write(sheet.cell(FIRST_OF_LIST - 1, column), words).font = Font(bold=True)
    for at, kind in enumerate(kinds, start=FIRST_OF_LIST):
        write(sheet.cell(at, 1), kind.title).hyperlink = f"#'{kind.title}'!A1"
        write(sheet.cell(at, 2), kind.guide)
        write(sheet.cell(at, 3), "、".join(column.header for column in columns_of(kind)))
    for letter, width in (("A", 18), ("B", 44), ("C", 90)):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
