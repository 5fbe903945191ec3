"""The official PDF, by WeasyPrint, from the same templates as the page; it reads our fonts and nothing else."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from disclosure import fonts, verifying
from disclosure.document import Document
from disclosure.render import json, spreadsheet, tagging
from disclosure.render.html import template_context

ATTACHED = (
    ("document.json", "本文件的全部数据（JSON）", "Source", json.render),
    ("document.xlsx", "本文件的全部表格（XLSX）", "Data", spreadsheet.render),
)
"""The files that lie inside the PDF: name, description, how they relate to it (ISO 32000-2, 7.11.3), renderer."""
STYLES = ("tokens.css", "print.css")
DRAFT_STYLES = (*STYLES, "draft.css")


class EngineMissingError(Exception):
    """The libraries that draw PDFs are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PDF 引擎未安装：缺少系统库 Pango。请运行 ./run 自动安装，或请管理员执行："
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


def render(document: Document, *, draft: bool = False) -> bytes:
    """Return the PDF; raise EngineMissingError where Pango is not installed.

    ``draft`` marks every page as 送审稿 and prints the content's hash at its foot, for a signature on paper.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise EngineMissingError from error
    fetcher, bound = _locked_fetcher(), FontConfiguration()
    marks = {"draft_hash": draft and document.sha256, "proof": None if draft else _proof(document)}
    html = render_to_string("disclosure/pdf.html", {**template_context(document), **marks})
    folder = Path(settings.BASE_DIR) / "static" / "css"
    names = DRAFT_STYLES if draft else STYLES
    rules = [fonts.style(), *((folder / name).read_text(encoding="utf-8") for name in names)]
    sheets = [CSS(string=rule, url_fetcher=fetcher, font_config=bound) for rule in rules]
    page = HTML(string=html, url_fetcher=fetcher, base_url="app:")
    with _without_garbage_collection():
        drawn = page.render(stylesheets=sheets, font_config=bound, pdf_variant=tagging.VARIANT)
        return tagging.write(drawn, list if draft else _attaching(document))


class Proof(NamedTuple):
    """How a reader checks the file: the code, where to enter it, and the same as a picture to scan (SVG)."""

    code: str
    address: str
    picture: str


def _proof(document: Document) -> Proof | None:
    """Return what the cover and the foot of an edition's pages print; a draft has none."""
    if document.context.imprint is None:
        return None
    import segno

    code = verifying.code_of(document.sha256)
    address = verifying.address_of(code)
    picture = segno.make(address, micro=False, error="m").svg_inline(title=f"验证本文件的二维码：{address}", border=0)
    return Proof(code, address, mark_safe(picture))  # noqa: S308 drawn from our own code and setting


def _attaching(document: Document) -> Callable[[], list[Any]]:
    """Return what attaches the data of an edition to its PDF; a draft carries none."""
    from weasyprint import Attachment

    imprint = document.context.imprint
    if imprint is None:
        return list
    at = {"created": imprint.published_at, "modified": imprint.published_at}
    drawn = [(draw(document), name, description, relation) for name, description, relation, draw in ATTACHED]
    return lambda: [
        Attachment(file_obj=BytesIO(data), name=name, description=description, relationship=relation, **at)
        for data, name, description, relation in drawn
    ]


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Spare the collector the hundred thousand live boxes of a layout; a third of the time (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _locked_fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    known = fonts.files()

    class Locked(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
        """Gives out our fonts under ``app:`` and refuses everything else, files included."""

        def __init__(self) -> None:
            super().__init__(timeout=1, allowed_protocols={"app"}, allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, _headers: Any = None) -> URLFetcherResponse:
            path = known.get(url.removeprefix("app:"))
            if path is None:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return Locked()
