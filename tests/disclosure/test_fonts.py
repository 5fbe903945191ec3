"""The fonts of the PDF: roles, what a bureau drops in, and which characters they print."""

import io
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import call_command
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from msgspec.structs import replace

from disclosure import coverage, fonts
from disclosure.document import Document
from disclosure.render import pdf

RARE = "𪛖"
"""A character of extension B that none of the shipped fonts has."""


def a_font(path: Path, char: str) -> Path:
    """Write a font that has one square for one character."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    square, blank = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square"})
    builder.setupGlyf({".notdef": blank, "square": square})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Bureau", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)
    return path


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    settings.FONTS_DIR = str(tmp_path)
    return tmp_path


def test_without_a_folder_every_role_has_a_shipped_font(settings):
    settings.FONTS_DIR = ""

    assert {face.family for face in fonts.faces()} == {role.family for role in fonts.ROLES} | {"Portal Rare"}
    assert all(face.path.parent == fonts.SHIPPED for face in fonts.faces())


def test_a_bureaus_font_takes_the_place_of_ours(folder):
    own = a_font(folder / "fangsong.ttf", "国")

    by_family = {(face.family, face.weight): face.path for face in fonts.faces()}

    assert by_family["Portal Song", 400] == by_family["Portal Song", 700] == own
    assert by_family["Portal Rare", 400].parent == fonts.SHIPPED
    assert "url(app:fangsong.ttf)" in fonts.style()


def test_other_files_in_the_folder_are_left_alone(folder):
    a_font(folder / "anything.ttf", "国")
    (folder / "heiti.txt").write_text("x")

    assert set(fonts.files()) == {face.path.name for face in fonts.faces() if face.path.parent == fonts.SHIPPED}


def test_a_dropped_in_font_prints_what_ours_cannot(folder, document):
    assert coverage.unprintable(f"国{RARE}") == [RARE]
    a_font(folder / "buzi.ttf", RARE)
    content = replace(document.content, preamble=f"单位名称有{RARE}字。")

    data = pdf.render(Document(content, document.context))

    assert coverage.unprintable(f"国{RARE}") == []
    pages = pypdfium2.PdfDocument(data)
    assert any(f"有{RARE}字" in page.get_textpage().get_text_bounded() for page in pages)
    pages.close()


def test_another_font_set_has_another_fingerprint(folder):
    before = fonts.fingerprint()

    a_font(folder / "kaiti.ttf", "国")

    assert fonts.fingerprint() != before


def test_the_coverage_is_stated(settings):
    settings.FONTS_DIR = ""
    out = io.StringIO()

    call_command("font_coverage", stdout=out)

    said = out.getvalue()
    assert "统一汉字基本区：20992/20992" in said
    assert "扩展A区：6592/6592" in said
    assert f"字体校验值：{fonts.fingerprint()}" in said
    assert "楷体：PortalKai-Regular.ttf（随系统" in said
