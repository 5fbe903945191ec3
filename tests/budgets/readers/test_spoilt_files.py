"""Thousands of spoilt files: every one is read or refused in Chinese, none ends in a traceback."""

from datetime import date

import forking
import pytest
import spoilt
import spreadsheets
from django.core.exceptions import ValidationError
from docx import Document as Word

from budgets.readers import pdf, word
from budgets.readers.files import checked, read_file
from budgets.readers.text import read_text
from budgets.readers.workbook import ROOT, understood

ROWS = [
    ["2024年支出表", "", "", ""],
    ["科目编码", "科目名称", "金额", "日期"],
    ["2013201", "行政运行", 45.38, "2024-01-01"],
    ["2013202", "一般行政", 130303199001011234, "甲"],
    ["合计", "", 1.5, ""],
]


def spoil(sheet) -> None:
    """Put a hazard of every sort into a sheet."""
    sheet["E3"], sheet["F3"], sheet["C7"] = "=SUM(C3:C4)", date(2024, 1, 1), "－"
    sheet.merge_cells("A1:D1")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True


SOUND = [
    ("表.xlsx", spreadsheets.xlsx(*ROWS, then=spoil)),
    ("表.et", spreadsheets.xlsx(*ROWS)),
    ("表.xls", spreadsheets.xls(*ROWS, then=lambda sheet: sheet.merged_ranges.append((0, 0, 0, 3)))),
    ("表.ods", spreadsheets.ods(spreadsheets.ods_rows(*ROWS))),
    ("表.csv", spreadsheets.delimited(*ROWS, encoding="gb18030")),
]
TEXT = "第一部分 概况\n一、职责\n负责工作。\n项目\t金额\n\t人员\n\t1.00\n\n\t公用\n\t2.00\n"
PDF_DRAWING = (
    b"0 0 m 100 0 l S 0 50 m 100 50 l S 0 0 m 0 50 l S 50 0 m 50 50 l S 100 0 m 100 50 l h S "
    b"q 1 0 0 1 5 5 cm BT /F1 12 Tf (A 1,090.88) Tj 50 0 Td (2013201) Tj ET Q"
)
PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
) % (len(PDF_DRAWING), PDF_DRAWING)
IDS = [name[1:] for name, _ in SOUND]


@pytest.fixture(scope="module")
def ask():
    """Return a function that reads one file of a sort in a fork."""
    with forking.asking(ROOT) as asked:
        yield asked


@pytest.fixture(scope="module")
def word_file(tmp_path_factory) -> bytes:
    """A document with headings, a table, and cells merged both ways."""
    document, path = Word(), tmp_path_factory.mktemp("word") / "文.docx"
    document.add_heading("一、收支情况", 1)
    document.add_paragraph("收入总计2.10万元。")
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(2, 1))
    document.save(path)
    needed = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml")
    return spreadsheets.archive({name: spoilt.unpacked(path.read_bytes())[name] for name in needed})


def outcome(read) -> str:
    """Read a file; use what came of it as its users do."""
    try:
        sheets = read()
    except ValidationError as error:
        said, came = error.messages, "refused"
    else:
        said, came = [str(note) for sheet in sheets for note in sheet.notes], "read"
        assert [len(sheet.headings()) for sheet in sheets] == [sheet.body() for sheet in sheets]
    assert spoilt.in_chinese(said)
    return came


def outcome_of_blocks(read) -> str:
    """Read a document; every block says where it stands."""
    try:
        blocks = read()
    except ValidationError as error:
        said, came = error.messages, "refused"
    else:
        said, came = [f"{block.place}。" for block in blocks], "read"
    assert spoilt.in_chinese(said)
    return came


def ended(answer: tuple[bytes, bytes], refusal: str) -> bytes:
    """Return what a fork wrote; one that ended at its limits is a refusal, as it is for the child's parent."""
    status, told = answer
    if status == b"dead":
        raise ValidationError(refusal)
    return told


@pytest.mark.parametrize(("name", "sound"), SOUND, ids=IDS)
def test_spoilt_files_of_a_sort_are_read_or_refused(name, sound, ask):
    def read(data):
        return understood(ended(ask(checked(name, data), data), "超出限制。"))

    found = spoilt.tried(
        name,
        spoilt.how_many(300),
        lambda chance: spoilt.spoilt_file(sound, chance),
        lambda data: outcome(lambda: read(data)),
    )

    assert found["read"] * 25 > found.total()


@pytest.mark.parametrize(("name", "sound"), SOUND, ids=IDS)
def test_spoilt_files_are_read_or_refused_by_the_child_itself_too(name, sound):
    chance = spoilt.chances(f"{name}2025")

    assert {outcome(lambda: read_file(name, spoilt.spoilt_file(sound, chance))) for _ in range(8)} <= {
        "read",
        "refused",
    }


def test_spoilt_word_files_are_read_or_refused(word_file, ask):
    def read(data):
        word.guard(data)
        return word.understood(ended(ask("docx", data), word.REFUSED))

    found = spoilt.tried(
        "文.docx",
        spoilt.how_many(300),
        lambda chance: spoilt.spoilt_file(word_file, chance, spoilt.IN_WORD, "document|styles|rels"),
        lambda data: outcome_of_blocks(lambda: read(data)),
    )

    assert found["read"] * 25 > found.total()


def test_spoilt_pdfs_are_read_or_refused(ask):
    def read(data):
        pdf.guard(data)
        return pdf.understood(ended(ask("pdf", data), pdf.REFUSALS["limits"]))

    found = spoilt.tried(
        "文.pdf",
        spoilt.how_many(300),
        lambda chance: spoilt.spoilt_bytes(PDF, chance, spoilt.IN_PDF),
        lambda data: outcome_of_blocks(lambda: read(data)),
    )

    assert found["read"] * 25 > found.total()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_spoilt_texts_are_read_or_refused(encoding):
    def spoil(chance):
        data = spoilt.spoilt_text(TEXT, chance).encode(encoding, "replace")
        return spoilt.spoilt_bytes(data, chance) if chance.random() < 0.4 else data

    found = spoilt.tried(
        f"文.txt（{encoding}）", spoilt.how_many(300), spoil, lambda data: outcome_of_blocks(lambda: read_text(data))
    )

    assert found["read"] * 25 > found.total()


def test_a_fork_that_reaches_for_a_file_is_found_out(tmp_path):
    process = forking.forked(lambda: [(tmp_path / "x").read_bytes()], 1 << 40)

    assert process == (forking.REACHED << 8, b"")
