"""The official PDF, by WeasyPrint, from the same templates as the page; it reads fonts from this folder only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from disclosure.document import Document
from disclosure.render.html import template_context

FONTS = Path(__file__).parent / "fonts"
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
    fetcher, fonts = _locked_fetcher(), FontConfiguration()
    html = render_to_string(
        "disclosure/pdf.html", {**template_context(document), "draft_hash": draft and document.sha256}
    )
    folder = Path(settings.BASE_DIR) / "static" / "css"
    sheets = [
        CSS(string=(folder / name).read_text(encoding="utf-8"), url_fetcher=fetcher, font_config=fonts)
        for name in (DRAFT_STYLES if draft else STYLES)
    ]
    page = HTML(string=html, url_fetcher=fetcher, base_url="app:")
    with _without_garbage_collection():
        data: bytes = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_tags=True)
    return data


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

    class Locked(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
        """Gives out our fonts under ``app:`` and refuses everything else, files included."""

        def __init__(self) -> None:
            super().__init__(timeout=1, allowed_protocols={"app"}, allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, _headers: Any = None) -> URLFetcherResponse:
            path = FONTS / url.removeprefix("app:")
            if path.parent != FONTS or path.suffix != ".ttf" or not path.is_file():
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return Locked()
