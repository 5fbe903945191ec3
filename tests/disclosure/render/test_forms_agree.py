"""One edition, every form: each figure is read back out of each file and compared with the edition, cell by cell."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import docx
import lxml.html
import pytest
from depth import times
from lxml import etree
from made_up import bases, random_document
from openpyxl import load_workbook

from disclosure.content import parse
from disclosure.document import Context, Document
from disclosure.render import csv as csv_form
from disclosure.render import html, pdf, spreadsheet, word
from disclosure.render import json as json_form
from disclosure.tables.grid import Column, Row, Table

DOCUMENTS, DRAWN = times(500, 120), times(20, 8)
FIGURES = ("money", "number", "rate")
BASES = bases()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rounded(yuan: str, unit: str) -> str:
    """Return what is printed of an amount: written anew here, so that the portal's own way is checked."""
    amount = Decimal(yuan) / (10000 if unit == "万元" else 1)
    fixed = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{abs(fixed) if fixed == 0 else fixed:.2f}"


def printed(table, kind: str, wire: str | None) -> str:
    """Return what a reader sees of a value."""
    if wire == "n/a":
        return "不适用"
    if kind not in FIGURES:
        return wire or ""
    if wire is None:
        return "—"
    return {"money": rounded(wire, table.unit) if wire else "", "rate": f"{wire}%"}.get(kind, wire) if wire else ""


def seen(table) -> list[list[str]]:
    """Return the table's body as it is printed."""
    return [[printed(table, one.kind, row.cells.get(one.key, "")) for one in table.columns] for row in table.rows]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def out_of_html(document) -> dict[str, list[list[str]]]:
    page = lxml.html.fromstring(html.render(document).decode())
    return {
        figure.get("id").removeprefix("table-"): [
            [cell.text_content() for cell in row] for row in figure.findall(".//tbody/tr") if row.get("class") != "none"
        ]
        for figure in page.iter("figure")
    }


def out_of_word(document) -> dict[str, list[list[str]]]:
    body = docx.Document(io.BytesIO(word.render(document))).element.body
    keys = [block.table for section in document.content.sections for block in section.blocks if block.table]
    found = {}
    for key, table in zip(keys, body.iter(f"{W}tbl"), strict=True):
        rows = [row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr") is not None]
        found[key] = [
            [_said(cell) for cell in row.iter(f"{W}tc")] for row in rows if row.find(f".//{W}tblHeader") is None
        ]
    return found


def _said(cell) -> str:
    return "".join("\n" if one.tag == f"{W}br" else one.text or "" for one in cell.iter(f"{W}t", f"{W}br"))


def out_of_excel(document) -> dict[str, tuple[list[list[str]], list[list[str]]]]:
    """Return, for each table, the block as printed and the block in 元, numbers as they stand in the file."""
    book = load_workbook(io.BytesIO(spreadsheet.render(document)))
    found = {}
    for title, table in zip(book.sheetnames[1:], document.content.tables, strict=True):
        assert [cell for row in book[title].iter_rows() for cell in row if cell.data_type == "f"] == []
        rows = list(book[title].iter_rows())
        rows = rows[-len(table.rows) :] if table.rows else []
        width = len(table.columns)
        money = sum(one.kind == "money" for one in table.columns) if table.unit == "万元" else 0
        found[table.key] = (
            [[_cell(one) for one in row[:width]] for row in rows],
            [[_cell(one) for one in row[width + 1 : width + 1 + money]] for row in rows],
        )
    return found


def _cell(cell) -> str:
    """Return what a spreadsheet shows; it reads _x005F_ as an underscore, which the library leaves as it is."""
    if cell.value is None or isinstance(cell.value, str):
        return (cell.value or "").replace("_x005F_", "_")
    number = Decimal(str(cell.value))
    return {"0.00": f"{number:.2f}", '0.00"%"': f"{number:.2f}%"}.get(cell.number_format, f"{number:f}")


def out_of_csv(document, table) -> list[list[str]]:
    data = csv_form.render(document, table)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [cell for line in lines for cell in line if re.match(r"[=+@\t\r\n]|-(?![0-9.]+$)", cell)] == []
    rows = lines[-len(table.rows) :] if table.rows else []
    return [[cell.removeprefix("'") for cell in row] for row in rows]


def exact(table) -> list[list[str]]:
    """Return the table's body as data: plain decimals, money in 元."""
    return [
        [
            row.cells.get(one.key, "")
            if one.kind in FIGURES and row.cells.get(one.key, "") not in {None, "n/a"}
            else text
            for one, text in zip(table.columns, line, strict=True)
        ]
        for row, line in zip(table.rows, seen(table), strict=True)
    ]


def in_yuan(table) -> list[list[str]]:
    columns = [at for at, one in enumerate(table.columns) if one.kind == "money"] if table.unit == "万元" else []
    return [[row[at] for at in columns] for row in exact(table)]


@pytest.mark.timeout(600)
def test_every_figure_reads_alike_out_of_every_form(capsys):
    cells, states = Counter(), Counter()
    for seed in range(DOCUMENTS):
        document = random_document(BASES[seed % 2], seed)
        page, text, book = out_of_html(document), out_of_word(document), out_of_excel(document)
        said = parse(json.dumps(json.loads(json_form.render(document))["content"]))

        assert said == document.content
        for table in document.content.tables:
            expected = seen(table)
            single = json.loads(json_form.render_table(document, table))["table"]
            assert [row["cells"] for row in single["rows"]] == [row.cells for row in table.rows]
            assert page[table.key] == expected
            assert text[table.key] == expected
            assert book[table.key] == (expected, in_yuan(table))
            assert out_of_csv(document, table) == exact(table)
            cells["each of HTML, DOCX, XLSX, CSV, JSON"] += sum(map(len, expected))
            cells["XLSX in 元"] += sum(map(len, in_yuan(table)))
            states += _states(table)
    with capsys.disabled():
        print(f"\n{DOCUMENTS} documents read back, cells: {dict(cells)}; figures: {dict(states)}")  # noqa: T201 as below
    assert min(states[one] for one in ("missing", "zero", "n/a", "negative", "no cell", "positive")) > times(500, 100)


def _states(table) -> Counter:
    figures = [row.cells.get(one.key, "") for row in table.rows for one in table.columns if one.kind in FIGURES]
    return Counter(_state(one) for one in figures)


def _state(wire: str | None) -> str:
    if wire in {None, "", "n/a"}:
        return {None: "missing", "": "no cell"}.get(wire, "n/a")
    return "zero" if Decimal(wire) == 0 else "negative" if wire.startswith("-") else "positive"


@pytest.mark.timeout(600)
def test_every_figure_reads_alike_out_of_the_pdf(capsys):
    import pypdfium2

    rows, cells = 0, 0
    for seed in range(DRAWN):
        document = random_document(BASES[seed % 2], 1000 + seed, long=False)
        drawn = pypdfium2.PdfDocument(pdf.render(document))
        told = squeezed("".join(page.get_textpage().get_text_range() for page in drawn))

        at = told.rindex(squeezed(document.content.preamble))
        for table in printed_order(document):
            for row in seen(table):
                line = squeezed("".join(row))
                assert line in told[at:]
                at = told.index(line, at) + len(line)
                rows, cells = rows + 1, cells + len(row)
    with capsys.disabled():
        print(f"\n{DRAWN} PDFs read back, row by row: {rows} rows, {cells} cells")  # noqa: T201 the count is the result
    assert cells > DRAWN


def printed_order(document) -> list:
    keys = [block.table for section in document.content.sections for block in section.blocks if block.table]
    return [document.table(key) for key in keys]


def test_numbers_stand_in_the_workbook_by_their_digits():
    document = random_document(BASES[0], 3)
    amounts = ("99500.00", "99999999999999.99")
    rows = tuple(Row(level=1, total=False, cells={"total": wire}) for wire in amounts)
    table = Table("totals", 1, "", "表", "万元", (Column("total", "合计", "", "money"),), rows)

    data = spreadsheet.render_table(document, table)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet2.xml"))
    values = [one.text for one in sheet.iter("{*}v")]
    words = [one.text for one in sheet.iter("{*}t")]
    assert values[:2] == ["9.95", "99500.00"]
    assert "99999999999999.99" in words


def test_the_same_edition_gives_the_same_bytes():
    document = random_document(BASES[1], 5)
    table = document.content.tables[0]

    for draw in (word.render, spreadsheet.render, lambda one: spreadsheet.render_table(one, table)):
        first = draw(document)
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert first == draw(document)


def stated(document) -> list[str]:
    """Return what stands above the tables, and why one is empty, in the order the tables have."""
    tables = document.content.tables
    fields = [f"{one.label}{printed(table, one.kind, one.value) or '—'}" for table in tables for one in table.fields]
    reasons = [table.empty_reason for table in tables if table.empty_reason]
    return [squeezed(one) for one in (*fields, *(note for table in tables for note in table.notes), *reasons)]


def paragraphs(document) -> list[str]:
    blocks = [block for section in document.content.sections for block in section.blocks]
    words = [block.paragraph for block in blocks if block.paragraph] + [
        item for one in blocks for item in one.list or ()
    ]
    titles = [section.heading for section in document.content.sections]
    return [squeezed(one) for one in (*words, *titles, document.content.title, document.content.notice)]


def told_by_excel(document) -> str:
    book = load_workbook(io.BytesIO(spreadsheet.render(document)))
    return squeezed("".join(_cell(cell) for sheet in book for row in sheet.iter_rows() for cell in row))


def test_what_is_said_around_the_figures_stands_in_every_form():
    for seed in range(40):
        document = random_document(BASES[seed % 2], 2000 + seed)

        page = squeezed(lxml.html.fromstring(html.render(document).decode()).text_content())
        office = docx.Document(io.BytesIO(word.render(document))).element.body
        text, book = squeezed(_said(office)).replace("：", ""), told_by_excel(document)
        lines = squeezed("".join(csv_form.render(document, one).decode() for one in document.content.tables))
        assert [one for one in paragraphs(document)[:-2] if one not in page] == []
        assert [one for one in paragraphs(document) if one.replace("：", "") not in text] == []
        for form in (page, text):
            assert [one for one in stated(document) if one.replace("：", "") not in form.replace("：", "")] == []
        for table in document.content.tables:
            words = [*table.notes, table.empty_reason or "", *(_field(table, one) for one in table.fields)]
            data = [*table.notes, table.empty_reason or "", *(_field(table, one, exact=True) for one in table.fields)]
            assert [one for one in (*words, *data) if squeezed(one) not in book] == []
            assert [one for one in data if squeezed(one).replace('"', "") not in lines.replace('"', "")] == []


def _field(table, field, *, exact: bool = False) -> str:
    """Return the value of a field as it is printed, or as data."""
    is_figure = field.kind in FIGURES and field.value not in {None, "n/a"}
    return field.value if exact and is_figure else printed(table, field.kind, field.value) or "—"


def test_a_draft_says_that_it_is_one(document):
    draft = Document(document.content, Context())

    assert "草稿，未公开" in _said(docx.Document(io.BytesIO(word.render(draft))).element.body)
    assert "草稿，未公开" in told_by_excel(draft)


def test_word_has_headings_repeated_heads_and_pages_laid_across(document):
    file = docx.Document(io.BytesIO(word.render(document)))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    repeated = [
        table for table in file.element.body.iter(f"{W}tbl") if next(table.iter(f"{W}tblHeader"), None) is not None
    ]

    assert headings == [section.heading for section in document.content.sections]
    assert len(repeated) == len(document.content.tables) == 31
    assert [round(one.page_width.mm) for one in file.sections] == [210, 297, 210]
    assert [one.text for one in file.paragraphs if one.style.name == "表题"] == [
        next(table.heading for table in document.content.tables if table.key == block.table)
        for section in document.content.sections
        for block in section.blocks
        if block.table
    ]
    assert file.sections[0].footer.paragraphs[0].text == "— 1 —"
    assert file.core_properties.created == document.context.imprint.published_at
