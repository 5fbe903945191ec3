"""What a page offers to take away: the edition's files with their size, and each table beside itself."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from disclosure.content import Content
from disclosure.enums import FileFormat, TableFormat
from disclosure.models import Edition, EditionFile, FileDamagedError
from disclosure.models.bytes import fetch
from portal.publication import Place

FORMATS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX, FileFormat.JSON)
FIGURE = re.compile(r'<figure class="statutory[^"]*" id="table-([^"]+)">.*?(?=</figure>)', re.DOTALL)
CHART = re.compile(
    r'<figure class="chart" id="chart-([a-z_]+)"[^>]*>.*?<p class="chart-title"[^>]*>(.*?)</p>.*?(?=</figure>)',
    re.DOTALL,
)


class Offer(NamedTuple):
    """A file on offer; one that is drawn when it is asked for has no size yet."""

    format: FileFormat
    size: int | None
    pages: int | None


def offers(files: dict[str, EditionFile]) -> list[Offer]:
    """Return what an edition is offered as; the PDF only where it was drawn."""
    there = [(form, files.get(form)) for form in FORMATS if form in files or form is not FileFormat.PDF]
    return [Offer(form, file.size if file else None, _pages_of(file)) for form, file in there]


def awaits_pdf(edition: Edition, files: dict[str, EditionFile]) -> bool:
    """Tell whether the PDF is still being drawn: it is not there, and nobody has failed at it."""
    return FileFormat.PDF not in files and not edition.failures.filter(format=FileFormat.PDF).exists()


def _pages_of(file: EditionFile | None) -> int | None:
    if file is None or file.format != FileFormat.PDF:
        return None
    try:
        return _pages(file.name_for(file.sha256, file.format), file.sha256)
    except FileDamagedError:  # it may be there again the next time, so that this is not remembered
        return None


@lru_cache(maxsize=1000)
def _pages(name: str, sha256: str) -> int | None:
    """Count the pages of a stored PDF, once for the same bytes; None where they are no PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(fetch(name, sha256))
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(pdf)
    finally:
        pdf.close()


def with_table_files(article: str, place: Place, content: Content, links: Mapping[str, Any]) -> str:
    """Return a stored article with what belongs to each table below it: chrome of today, for editions of any age.

    ``links``: where else a table leads to, by its key (:func:`portal.crosslinks.beside`).
    """
    tables = {table.key: table for table in content.tables}

    def below(figure: re.Match[str]) -> str:
        table = tables.get(figure[1])
        if table is None:
            return figure[0]
        context = {"edition": place, "table": table, "formats": list(TableFormat), "links": links.get(figure[1])}
        return figure[0] + render_to_string("components/table_files.html", context)

    return FIGURE.sub(below, article)


def with_chart_files(article: str, place: Place) -> str:
    """Return a stored article with each chart's files below it."""
    unit = [place.unit_code] if place.unit_code else []
    address = [place.government_code, place.year, place.department_code, *unit, place.number]

    def below(figure: re.Match[str]) -> str:
        files = {one: reverse("edition_chart", args=[*address, figure[1], one]) for one in ("svg", "png")}
        title = mark_safe(figure[2])  # noqa: S308 the article's own, rendered with escaping
        return figure[0] + render_to_string("components/chart_files.html", {**files, "title": title})

    return CHART.sub(below, article)
