"""Written documents: Word and text become the same paragraphs and tables; hostile files are refused in Chinese."""

import io
import zipfile

import pytest
import spreadsheets
from django.core.exceptions import ValidationError
from docx import Document

from budgets.readers.blocks import Cell, Paragraph, Table
from budgets.readers.documents import read_document

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def packed(document, **others):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def body(xml):
    return f'<w:document xmlns:w="{SPACE}"><w:body>{xml}</w:body></w:document>'


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def refusal(name, data):
    with pytest.raises(ValidationError) as refused:
        read_document(name, data)
    return refused.value.messages


def test_text_parts_paragraphs_rows_and_cells():
    text = "一、单位\n\t名称\n\t性质\n\n\t甲\n\t1.行政\n2.参公\n\n\n\n说明。\n"

    assert read_document("a.txt", text.encode()) == [
        Paragraph("第1行", "一、单位"),
        Table(
            "第2行",
            [
                [Cell("第2行", "名称", 0), Cell("第3行", "性质", 1)],
                [Cell("第5行", "甲", 0), Cell("第6行", "1.行政\n2.参公", 1)],
            ],
        ),
        Paragraph("第11行", "说明。"),
    ]


def test_a_tab_that_only_indents_makes_no_table():
    assert read_document("a.txt", "\t一、职责\n\n\t负责。\n".encode()) == [
        Paragraph("第1行", "一、职责"),
        Paragraph("第3行", "负责。"),
    ]


def test_lines_with_tabs_inside_are_rows():
    [table] = read_document("a.txt", "名称\t性质\n甲\t行政\n".encode())

    assert [[cell.text for cell in row] for row in table.rows] == [["名称", "性质"], ["甲", "行政"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_people_save(encoding):
    assert read_document("a.txt", "[bookmark: _Toc1]一、职责\r\n".encode(encoding)) == [Paragraph("第1行", "一、职责")]


def test_word_keeps_order_and_heading_levels():
    document = Document()
    document.add_heading("一、职责", level=2)
    document.add_table(rows=1, cols=2).cell(0, 1).text = "1.甲\n2.乙"
    document.add_paragraph("说明。")

    assert read_document("a.docx", saved(document)) == [
        Paragraph("第1段", "一、职责", 2),
        Table("表1", [[Cell("表1第1行第1格", "", 0), Cell("表1第1行第2格", "1.甲\n2.乙", 1)]]),
        Paragraph("第2段", "说明。"),
    ]


def test_merged_cells_stand_in_every_row_they_cover():
    document = Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "产出指标"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
    table.cell(1, 2).text = "丙"

    [read] = read_document("a.docx", saved(document))

    assert [[cell[1:] for cell in row] for row in read.rows] == [
        [("产出指标", 0, 1), ("宽", 1, 2)],
        [("产出指标", 0, 1), ("", 1, 1), ("丙", 2, 1)],
    ]


def test_deleted_text_and_field_codes_are_not_read():
    xml = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText>"
        "</w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>丙</w:t></w:r></w:ins></w:p>"
    )

    assert read_document("a.docx", packed(body(xml))) == [Paragraph("第1段", "甲丙")]


def test_an_old_word_file_is_refused_by_name_and_by_content():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)

    assert refusal("a.doc", old) == ["不能读取旧版 .doc 文件，请用 Word 或 WPS 另存为 .docx 后重试。"]
    assert refusal("a.docx", old) == [
        "这是旧版 .doc 文件或加了密码的文件，请用 Word 或 WPS 另存为不加密码的 .docx 后重试。"
    ]


@pytest.mark.parametrize("cut", [10, 400, -30])
def test_a_truncated_file_is_refused(cut):
    assert refusal("a.docx", saved(Document())[:cut]) == [
        "这不是有效的 .docx 文件，请用 Word 或 WPS 另存为 .docx 后重试。"
    ]


def test_what_is_no_word_file_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "")

    assert refusal("a.docx", b"%PDF-1.7") == refusal("a.docx", buffer.getvalue())
    assert refusal("a.pdf", b"%PDF-1.7") == ["只能读取 .docx、.txt 文件，请用 Word 或 WPS 另存后重试。"]
    assert refusal("a.txt", b"\x00\x01\x02") == [
        "文件不是 UTF-8 或 GB18030 编码的文本，请在记事本中另存为 UTF-8 编码后重试。"
    ]


def test_an_archive_bomb_is_refused_before_it_is_unpacked():
    data = packed(body(""), **{"word/media/a.bin": bytes(65 * 1024 * 1024)})

    assert refusal("a.docx", data) == ["文件展开后过大，请删除图片后重试。"]


def test_macros_are_refused():
    assert refusal("a.docx", packed(body(""), **{"word/vbaProject.bin": b""})) == [
        "文件含有宏，请另存为不带宏的 .docx 后重试。"
    ]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"),
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"),
        body("<w:p>"),
        body("<w:sdt>" * 500 + "</w:sdt>" * 500),
        body("<w:tbl><w:tr>" + "<w:tc/>" * 200_001 + "</w:tr></w:tbl>"),
        body("<w:p><w:r><w:t>\x01</w:t></w:r></w:p>"),
        "",
    ],
    ids=["entities", "external", "unclosed", "deep", "cells", "control", "empty"],
)
def test_hostile_xml_is_refused(document):
    assert refusal("a.docx", packed(document)) == [
        "文件已损坏、展开后过大或含有不允许的内容，请用 Word 或 WPS 另存为 .docx 后重试。"
    ]


def test_a_name_in_no_encoding_is_refused_in_words():
    data = packed(body(""), **{"word/图.png": b""}).replace("图".encode(), b"\xe5\x9b<")

    assert refusal("a.docx", data) == ["这不是有效的 .docx 文件，请用 Word 或 WPS 另存为 .docx 后重试。"]


def test_a_main_part_that_is_said_to_stand_elsewhere_brings_nothing_in():
    away = RELATIONS.replace('Target="word/document.xml"', 'TargetMode="External" Target="file:///etc/passwd"')
    data = spreadsheets.archive({"_rels/.rels": away, "word/document.xml": body("")})

    assert refusal("a.docx", data) == [
        "文件已损坏、展开后过大或含有不允许的内容，请用 Word 或 WPS 另存为 .docx 后重试。"
    ]
