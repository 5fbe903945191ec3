"""The document for Word and WPS (DOCX): real headings, a contents field, real tables, to be edited and filed."""

import io
from collections.abc import Iterator
from copy import deepcopy
from itertools import groupby
from typing import Any, NamedTuple

import docx
from docx.oxml.ns import qn

from disclosure.charts import Chart
from disclosure.content import Block
from disclosure.document import Document, reviews_of
from disclosure.render import wordtable
from disclosure.render.archives import author, dated, day, legible, sealed
from disclosure.render.html import Chapter, chapters_of
from disclosure.render.wordparts import el, field, marked, page, paragraph, run
from disclosure.render.wordstyles import template
from disclosure.tables.grid import Table

ROLES = {"heading": "Heading2", "subheading": "Heading3"}
LONGEST_PROPERTY = 255


class Laid(NamedTuple):
    """A block of the body, and whether it stands on a page laid across."""

    element: Any
    landscape: bool


def render(document: Document) -> bytes:
    """Return the DOCX; the same bytes for the same edition."""
    file = docx.Document(io.BytesIO(template()))
    _notice(file, document.content.notice)
    body = file.element.body
    last = body.sectPr
    front = [Laid(element, landscape=False) for element in (*_cover(document), *_contents(document))]
    laid = [*front, *_chapters(document)]
    parts = [(across, [one.element for one in blocks]) for across, blocks in groupby(laid, lambda one: one.landscape)]
    properties = [_section(last, landscape=across, first=not number) for number, (across, _) in enumerate(parts)]
    for old in list(body):
        body.remove(old)
    for (_, elements), section in zip(parts, properties, strict=True):
        body.extend(elements)
        if section is not properties[-1]:
            body.append(paragraph("", "Seam", section))
    body.append(properties[-1])
    _name(file.core_properties, document)
    kept = io.BytesIO()
    file.save(kept)
    return sealed(kept.getvalue())


def _section(template_of: Any, *, landscape: bool, first: bool) -> Any:
    """Return the properties of a section; footers and the bare first page are stated once, and go on."""
    section = deepcopy(template_of)
    if not first:
        for tag in ("headerReference", "footerReference", "titlePg"):
            for one in section.findall(qn(f"w:{tag}")):
                section.remove(one)
    for one in section.findall(qn("w:type")):
        section.remove(one)
    return page(section, landscape=landscape)


def _cover(document: Document) -> Iterator[Any]:
    content, imprint = document.content, document.context.imprint
    if content.notice:
        yield paragraph(content.notice, "Notice")
    yield paragraph(content.title, "Title")
    if imprint is None:
        yield paragraph("草稿，未公开", "Imprint")
    else:
        reason = f"（更正：{imprint.reason}）" if imprint.reason else ""
        yield from (
            _labelled("索引号", imprint.index_number),
            _labelled("主题分类", imprint.topic),
            _labelled("发布机构", imprint.publisher),
            _labelled("成文日期", day(imprint.composed_on) if imprint.composed_on else "—"),
            _labelled("文号", imprint.document_number or "—"),
            _labelled("公开日期", day(imprint.published_at)),
            _labelled("版次", f"第{imprint.number}版{reason}"),
        )
    for review in reviews_of(content, imprint):
        when = f"（{day(review.on)}）" if review.on else ""
        combined = "（与前一步骤由同一人办理）" if review.combined else ""
        yield _labelled(review.label, f"{review.outcome}{when}{combined}")
    if imprint:
        yield _labelled("内容校验值（SHA-256）", imprint.content_sha256)


def _labelled(label: str, value: str) -> Any:
    return paragraph(f"{label}：{value}", "Imprint")


def _contents(document: Document) -> Iterator[Any]:
    """Yield the contents: a field that Word and WPS work out anew, showing the headings until then."""
    yield paragraph("目　录", "ContentsTitle")
    lines = [one for chapter in chapters_of(document.content) for one in _contents_of(chapter)]
    whole = field(r'TOC \o "1-1" \h \z \t "表题,2"', dirty=True)
    for number, (name, words, style) in enumerate(lines):
        line = paragraph("", style)
        line.extend(whole[:3] if not number else [])
        line.append(el("hyperlink", run(words), anchor=name))
        line.extend(whole[3:] if number == len(lines) - 1 else [])
        yield line


def _contents_of(chapter: Chapter) -> Iterator[tuple[str, str, str]]:
    yield _place(chapter.section.key), chapter.section.heading, "TOC1"
    for table in chapter.tables if len(chapter.tables) > 1 else ():
        yield _place(table.key), table.heading, "TOC2"


def _place(key: str) -> str:
    """Name the bookmark of a section or a table."""
    return f"p_{key}".replace("-", "_")[:40]


def _chapters(document: Document) -> Iterator[Laid]:
    """Yield the text; a heading stands on the same page as the table right below it."""
    preamble = paragraph(document.content.preamble, "Normal", el("pageBreakBefore"))
    yield Laid(preamble, landscape=False)
    number = 0
    for chapter in chapters_of(document.content):
        waiting = [
            marked(paragraph(chapter.section.heading, "Heading1"), _place(chapter.section.key), number := number + 1)
        ]
        for block, table, chart in chapter.blocks:
            if table is None and block.role in ROLES:
                waiting.append(paragraph(block.paragraph or "", ROLES[block.role]))
                continue
            number += 1
            across = table is not None and wordtable.is_landscape(table)
            words = _chart(chart) if block.chart else _block(block, table, number)
            yield from (Laid(element, across) for element in (*waiting, *words))
            waiting = []
        yield from (Laid(element, landscape=False) for element in waiting)


def _chart(chart: Chart | None) -> Iterator[Any]:
    """Say in words what a chart shows; its figures are those of the tables."""
    if chart is not None:
        yield paragraph(f"（图）{chart.spoken}。", "Normal")


def _block(block: Block, table: Table | None, number: int) -> Iterator[Any]:
    if table is not None:
        yield marked(paragraph(table.heading, "TableTitle"), _place(table.key), number)
        yield from wordtable.blocks(table)
    elif block.list:
        for at, item in enumerate(block.list, start=1):
            yield paragraph(f"{at}．{item}", "Normal")
    else:
        yield paragraph(block.paragraph or "", "Normal")


def _notice(file: Any, notice: str | None) -> None:
    """Repeat what a document must say of itself at the head of every page but the first."""
    for header in (file.sections[0].header, file.sections[0].even_page_header) if notice else ():
        header.is_linked_to_previous = False
        for old in list(header._element):
            header._element.remove(old)
        header._element.append(paragraph(notice or "", "Notice", el("jc", val="right")))


def _name(properties: Any, document: Document) -> None:
    """State title, author and day of the edition, and nothing of the machine or the hour of drawing."""
    content, at = document.content, dated(document)
    properties.title, properties.author = (legible(one)[:LONGEST_PROPERTY] for one in (content.title, author(document)))
    properties.created = properties.modified = at
    properties.last_modified_by, properties.language, properties.revision = properties.author, "zh-CN", 1
    properties.subject, properties.comments = f"{content.year}年预算公开", f"内容校验值（SHA-256）：{document.sha256}"
    properties.keywords = legible(f"预算公开,{content.year}年,{content.department.name}")[:LONGEST_PROPERTY]
