"""The PDF: readable Chinese with the same figures, A4, page numbers, bookmarks, and no door to the machine."""

import hashlib
import re
import sys

import pypdfium2 as pdfium
import pytest

from disclosure.charts import CHARTS, chart_of
from disclosure.document import Context, Document
from disclosure.enums import FileFormat
from disclosure.render import pdf

A4 = (595, 842)
TEXT = pdfium.raw.FPDF_PAGEOBJ_TEXT
MARGINS = re.compile(r"—\d+—|演示数据，非官方公开|验证码(?:\w{4}-){3}\w{4}")
PAYLOADS = (
    "file:///etc/passwd",
    "http://127.0.0.1:1/x.png",
    "data:text/plain,secret",
    "app:../pdf.py",
    "app:OFL.txt",
    "ftp://127.0.0.1/x",
)


@pytest.fixture
def data(edition) -> bytes:
    return edition.files.get(format=FileFormat.PDF).read()


@pytest.fixture
def pages(data):
    file = pdfium.PdfDocument(data)
    yield file
    file.close()


def text_of(pages) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def without_charts(text: str, document) -> str:
    """Take out what is written in drawings: a file holds it after the words of its page."""
    for chart in (chart_of(key, document.content) for key in CHARTS):
        for bar in chart.bars:
            text = text.replace(re.sub(r"\s", "", f"{bar.label}{bar.figure}{bar.share}"), "", 1)
    return text


def test_the_text_reads_back_with_the_documents_figures(pages, document):
    text = without_charts(re.sub(r"\s", "", text_of(pages)), document)

    for figure in ("1090.88", "518.68", "466.58", "52.10", "572.20", "11.31", "275.73", "55.80"):
        assert figure in text
    for project in document.content.facts.projects:
        assert project.code in text
        assert re.sub(r"\s", "", project.name) in text
    for section in document.content.sections:
        for block in section.blocks:
            assert re.sub(r"\s", "", block.paragraph or "") in re.sub(
                r"—\d+—|演示数据，非官方公开|验证码(?:\w{4}-){3}\w{4}", "", text
            )


def test_every_money_cell_is_printed(pages, document):
    text = re.sub(r"\s", "", text_of(pages))
    cells = [
        cell.render for table in document.content.tables for _, row, _ in table.body for cell in row if cell.render
    ]

    assert [shown for shown in cells if re.sub(r"\s", "", shown) not in text] == []


def test_pages_are_a4_and_wide_tables_lie_on_their_side(pages):
    sizes = [tuple(round(side) for side in page.get_size()) for page in pages]

    assert set(sizes) == {A4, A4[::-1]}
    wide = [page.get_textpage().get_text_bounded() for page, size in zip(pages, sizes, strict=True) if size != A4]
    assert any("表二 部门预算收入总表" in text for text in wide)
    assert not any("表五" in text for text in wide)


def test_every_page_but_the_cover_is_numbered_and_marked_as_demo(pages):
    texts = [page.get_textpage().get_text_bounded() for page in pages]

    assert [re.search(rf"— {number} —", text) is not None for number, text in enumerate(texts, 1)] == [
        False,
        *[True] * (len(texts) - 1),
    ]
    assert all("演示数据，非官方公开" in text for text in texts)


def text_boxes(page) -> list[tuple[float, float, float, float]]:
    boxes = [obj.get_bounds() for obj in page.get_objects(max_depth=1) if obj.type == TEXT]
    return [box for box in boxes if box[2] - box[0] > 1 and box[3] - box[1] > 1]


def test_nothing_is_printed_outside_the_page(pages):
    for page in pages:
        width, height = page.get_size()
        for left, bottom, right, top in text_boxes(page):
            assert (left >= 40, right <= width - 40) == (True, True)
            assert (bottom >= 20, top <= height - 20) == (True, True)


def test_nothing_is_printed_over_its_neighbour(pages):
    for page in pages:
        boxes = text_boxes(page)
        for number, (left, bottom, right, top) in enumerate(boxes):
            over = [
                other
                for other in boxes[number + 1 :]
                if min(right, other[2]) - max(left, other[0]) > 2 and min(top, other[3]) - max(bottom, other[1]) > 2
            ]

            assert over == []


def test_a_tables_head_is_repeated_on_its_next_page(pages):
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    begins = next(number for number, text in enumerate(texts) if "表三 部门预算支出总表" in text and "2013201" in text)

    assert "表四" not in texts[begins + 1]
    assert "2210201" in texts[begins + 1]
    assert "上缴上级" in texts[begins + 1]


def test_sections_and_tables_are_bookmarked(pages, document):
    titles = [bookmark.get_title() for bookmark in pages.get_toc()]

    for section in document.content.sections:
        assert section.heading in titles
    for table in document.content.tables:
        assert table.heading in titles


def test_fonts_are_embedded(pages):
    fonts = [obj.get_font() for page in pages for obj in page.get_objects() if obj.type == TEXT]

    assert {re.sub("^[A-Z]{6}[+]", "", font.get_base_name()) for font in fonts} == {
        "Portal-Title-Bold",
        "Portal-Hei-Bold",
        "Portal-Kai",
        "Portal-Song",
        "Portal-Song-Bold",
    }
    assert all(font.is_embedded for font in fonts)


def test_the_same_edition_gives_the_same_bytes(data, document):
    assert hashlib.sha256(pdf.render(document)).hexdigest() == hashlib.sha256(data).hexdigest()


def test_a_draft_says_that_it_is_one(document, monkeypatch):
    seen = {}
    monkeypatch.setattr(pdf, "render_to_string", lambda _name, context: seen.update(context) or "<p>x</p>")

    pdf.render(Document(document.content, Context()))

    assert seen["imprint"] is None


@pytest.mark.parametrize("address", PAYLOADS)
def test_the_engine_fetches_nothing_but_its_fonts(address):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        pdf._locked_fetcher().fetch(address)


def test_a_page_that_asks_for_a_file_is_refused_whole(document, monkeypatch):
    from weasyprint.urls import FatalURLFetchingError

    monkeypatch.setattr(pdf, "render_to_string", lambda *_: '<img src="file:///etc/passwd">')

    with pytest.raises(FatalURLFetchingError):
        pdf.render(document)


def test_without_pango_the_message_says_what_to_install(document, monkeypatch):
    class Broken:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])

    with pytest.raises(pdf.EngineMissingError, match="PDF 引擎未安装.*apt-get install"):
        pdf.render(document)


def test_a_draft_for_signature_is_marked_and_states_its_hash_on_every_page(document):
    file = pdfium.PdfDocument(pdf.render(document, draft=True))
    texts = [page.get_textpage().get_text_bounded() for page in file]
    file.close()

    assert {text.count("送审稿") for text in texts} == {2}
    assert all(f"内容校验值 {document.sha256[:16]}" in text for text in texts)
