"""The Word document before its first word: 公文 fonts by role, styles, page numbers “— 1 —” (GB/T 9704)."""

import io
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from disclosure.render.wordparts import el, field, page, paragraph

SONG_TITLE, FANG, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
ALIKE = {
    SONG_TITLE: "方正小标宋_GBK,小标宋,华文中宋,宋体,Noto Serif CJK SC",
    FANG: "仿宋,FangSong,华文仿宋,STFangsong,朱雀仿宋,宋体,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,华文楷体,STKaiti,宋体,Noto Serif CJK SC",
    HEI: "SimHei,微软雅黑,Noto Sans CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}
"""What stands in for a font on a machine that has not got it, the likest first."""
KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
UNUSED = ("docProps/thumbnail.jpeg", "customXml/item1.xml", "word/stylesWithEffects.xml")

INDENT, FLUSH = {"firstLineChars": 200, "firstLine": 640}, {"firstLineChars": 0, "firstLine": 0}
BODY = (el("spacing", before=0, after=0, line=579, lineRule="exact"), el("ind", **INDENT), el("jc", val="both"))
CENTRE = (el("ind", **FLUSH), el("jc", val="center"))
TIGHT = el("spacing", before=0, after=0, line=240, lineRule="auto")


def _font(name: str, half_points: int, *, bold: bool = False) -> list[Any]:
    """Return the properties of letters: the same face for hanzi and for everything between them."""
    fonts = el("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)
    weight = [el("b")] if bold else []
    return [fonts, *weight, el("sz", val=half_points), el("szCs", val=half_points)]


def _style(key: str, name: str, properties: tuple[Any, ...], letters: list[Any]) -> Any:
    """Return a paragraph style based on the text's."""
    sort = {"customStyle": 1} if not name.isascii() else {"default": 1} if key == "Normal" else {}
    style = el("style", type="paragraph", styleId=key, **sort)
    style.append(el("name", val=name))
    if key != "Normal":
        style.append(el("basedOn", val="Normal"))
        style.append(el("next", val="Normal"))
    style.append(el("qFormat"))
    style.append(_ordered("pPr", properties))
    style.append(_ordered("rPr", letters))
    return style


def _heading(level: int, letters: list[Any]) -> Any:
    properties = (el("keepNext"), el("keepLines"), *BODY, el("outlineLvl", val=level - 1))
    return _style(f"Heading{level}", f"heading {level}", properties, letters)


def _styles() -> list[Any]:
    lines, cell = el("spacing", before=0, after=0, line=300, lineRule="auto"), (TIGHT, el("ind", **FLUSH))
    title = (el("spacing", before=1200, after=1200, line=700, lineRule="exact"), *CENTRE)
    caption = (el("keepNext"), el("spacing", before=240, after=60, line=360, lineRule="auto"), *CENTRE)
    hanging = el("ind", left=2400, hanging=2400, firstLineChars=0)
    return [
        _style("Normal", "Normal", BODY, _font(FANG, 32)),
        _style("Title", "Title", title, _font(SONG_TITLE, 44)),
        _heading(1, _font(HEI, 32)),
        _heading(2, _font(KAI, 32)),
        _heading(3, _font(FANG, 32, bold=True)),
        _style("TableTitle", "表题", (*caption, el("outlineLvl", val=1)), _font(HEI, 28)),
        _style("Notice", "显著标注", CENTRE, [*_font(HEI, 28), el("color", val="8F1D1D")]),
        _style("Imprint", "公开信息", (lines, hanging, el("jc", val="left")), _font(FANG, 24)),
        _style("ContentsTitle", "目录标题", (el("pageBreakBefore"), *CENTRE), _font(HEI, 36)),
        _style("TOC1", "toc 1", (lines, el("ind", **FLUSH)), _font(FANG, 28)),
        _style("TOC2", "toc 2", (lines, el("ind", left=480, **FLUSH)), _font(FANG, 24)),
        _style("Unit", "单位行", (el("keepNext"), TIGHT, el("ind", **FLUSH), el("jc", val="right")), _font(FANG, 21)),
        _style("Remark", "表注", (TIGHT, el("ind", **FLUSH), el("jc", val="left")), _font(FANG, 21)),
        _style("CellHead", "表头", (TIGHT, *CENTRE), _font(HEI, 20)),
        _style("CellText", "表内文字", (*cell, el("jc", val="left")), _font(SONG, 20)),
        _style("CellFigure", "表内数字", (*cell, el("jc", val="right")), _font(SONG, 20)),
        _style("Edge", "页面边注", (TIGHT, el("ind", **FLUSH)), _font(SONG, 28)),
        _style("Seam", "分节", (el("spacing", before=0, after=0, line=20, lineRule="exact"),), _font(SONG, 2)),
    ]


ORDER = {
    "pPr": ("keepNext", "keepLines", "pageBreakBefore", "spacing", "ind", "jc", "outlineLvl"),
    "rPr": ("rFonts", "b", "color", "sz", "szCs"),
}
"""The order in which the format asks for properties."""


def _ordered(part: str, properties: Sequence[Any]) -> Any:
    """Return copies of properties, in order: the ones declared above are shared."""
    names = {qn(f"w:{name}"): at for at, name in enumerate(ORDER[part])}
    return el(part, *(deepcopy(one) for one in sorted(properties, key=lambda one: names[one.tag])))


@lru_cache(maxsize=1)
def template() -> bytes:
    """Return an empty document with fonts, styles and footers, made once."""
    document = docx.Document()
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT - {"Normal"}:
            styles.remove(style)
    styles.extend(_styles())
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(defaults):
        defaults.remove(old)
    defaults.extend([*_font(FANG, 32), el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")])
    _stand_ins(document)
    _footers(document)
    _unburden(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _stand_ins(document: Any) -> None:
    """Say in the list of fonts what each may be replaced by."""
    [part] = [one.target_part for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE]
    fonts = el("fonts", *(el("font", el("altName", val=alike), name=name) for name, alike in ALIKE.items()))
    part._blob = docx.oxml.xmlchemy.serialize_for_reading(fonts).encode()


def _footers(document: Any) -> None:
    """Number the pages: right on odd ones, left on even ones, none on the first."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        numbered = paragraph("— ", "Edge", el("jc", val=side))
        numbered.extend(field("PAGE", el("r", _shown("1"))))
        numbered.append(el("r", _shown(" —")))
        footer.is_linked_to_previous = False
        for old in list(footer._element):
            footer._element.remove(old)
        footer._element.append(numbered)
    section.first_page_footer.is_linked_to_previous = False
    page(document.element.body.sectPr, landscape=False)


def _shown(text: str) -> Any:
    words = el("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return words


def _unburden(document: Any) -> None:
    """Leave out what the library's own template brings along."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in rels.items() if str(one._target.partname).lstrip("/") in UNUSED]:
            del rels[key]
