"""Files of every accepted sort are read with places; what is hostile or scanned is refused in words."""

import io

import foreign
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from docx import Document as Word
from openpyxl import Workbook

from disclosure.checkup.report import check_file
from disclosure.models import EditionFile

BLANK_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def lines(text):
    return [line.split("\t") for line in text.splitlines()]


def workbook(*texts):
    book = Workbook()
    for number, text in enumerate(texts):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = f"表{number + 1}"
        for row in lines(text):
            sheet.append([int(cell.replace(",", "")) if cell.replace(",", "").isdecimal() else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def word(*texts):
    document = Word()
    document.add_paragraph(foreign.TITLE)
    for text in texts:
        rows = lines(text)
        for row in rows[:2]:
            document.add_paragraph(row[0])
        table = document.add_table(rows=0, cols=len(rows[2]))
        for row in rows[2:]:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_workbook_says_the_cell():
    wrong = foreign.SPENDING.replace("20502\t普通教育\t1,800,000", "20502\t普通教育\t1,700,000")

    found = check_file("表.xlsx", workbook(foreign.TOTALS, wrong))

    assert {(said.rule, said.place) for said in found.findings if said.rule == "T3.1"} == {("T3.1", "表2!C6")}


def test_a_word_document_says_the_cell():
    found = check_file("表.docx", word(foreign.TOTALS, foreign.SPENDING))

    assert found.tables == ["公开01表部门收支总体情况表", "公开03表部门支出总体情况表"]
    assert [said for said in found.findings if said.rule[0] in "TX"] == []


def test_our_own_pdf_reads_back_without_errors(edition):
    kept = edition.files.get(format="pdf")
    data = default_storage.open(EditionFile.name_for(kept.sha256, "pdf")).read()

    found = check_file("预算.pdf", data)

    assert [said for said in found.findings if said.rule[0] in "TX"] == []
    assert {"T1.5", "T3.1", "T3.2", "T4.3", "T5.2", "T6.4", "T7.1", "X1", "X2", "X3", "X4", "X6"} <= set(found.passed)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", BLANK_PDF, "扫描件"),
        ("a.pdf", b"%PDF-1.4 nothing", "已损坏"),
        ("a.pdf", b"PK\x03\x04", "不是有效的 PDF"),
        ("a.doc", b"\xd0\xcf", "另存为 .docx"),
        ("a.exe", b"MZ", "只能检查"),
        ("a.xlsx", b"PK\x03\x04", "重试"),
        ("a.txt", b"\x00\x01", "UTF-8"),
        ("a.txt", b"", "没有可以检查"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        check_file(name, data)
