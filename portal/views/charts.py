"""Every chart as a file: drawn when it is asked for, from the edition or from the figures of the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime

from budgets.models import Government
from disclosure.charts import CHARTS, Chart, chart_of
from disclosure.content import parse
from disclosure.models import Edition
from disclosure.models.bytes import sha256_of
from disclosure.render import picture
from portal import charting
from portal.publication import Publication, is_withdrawn
from portal.three_public import SCOPE, totals
from portal.views import compare, drill, three_public
from portal.views.problems import revalidated, withdrawn

DRAWN = {"svg": (picture.svg, "image/svg+xml; charset=utf-8"), "png": (picture.png, "image/png")}


def of_edition(request: HttpRequest, key: str, extension: str, **address: str) -> HttpResponse:
    """Give out a chart of the newest edition at an address, or of the numbered one; a withdrawn one is gone."""
    publication = Publication.find(**address)
    edition = publication.edition
    if is_withdrawn(edition):
        return withdrawn(request, publication, edition)
    chart = chart_of(key, parse(edition.content.text)) if key in CHARTS else None
    name = f"{edition.unit_code or edition.department_code}-{edition.year}-{key}-{edition.number}"
    return _sent(chart, _source(edition), extension, name)


def of_item(request: HttpRequest, key: str, extension: str, **address: str) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out a chart of the page of a code or a source."""
    opened, scheme, drilled = drill.find(**address)
    chart = charting.history(drilled, opened.year) if key == "history" else charting.departments(drilled)
    name = f"{opened.year}-{scheme.key}-{drilled.item.code}-{key}"
    return _sent(chart, _said(opened.government, scheme.scope), extension, name)


def of_three_public(request: HttpRequest, extension: str, government: str) -> HttpResponse:
    """Give out the years of “三公”经费."""
    found = get_object_or_404(Government, code=government)
    known = totals(found.code)
    year = three_public.asked_year(request, known)
    chart = charting.years(known, year) if year else None
    return _sent(chart, _said(found, SCOPE), extension, f"{found.code}-three-public-{year}")


def of_comparison(request: HttpRequest, extension: str, government: str) -> HttpResponse:
    """Give out the departments that an address compares."""
    found = get_object_or_404(Government, code=government)
    year, _, comparison = compare.asked(request, found)
    said = _said(found, f"{year.year}年，年初预算，部门本级及所属单位合计。")
    return _sent(charting.totals(comparison), said, extension, f"{found.code}-compare-{year.year}")


def _source(edition: Edition) -> str:
    scope = "本单位" if edition.unit_code else "部门本级及所属单位合计"
    day = localtime(edition.published_at)
    said = f"出自《{edition.title}》第{edition.number}版，{edition.get_phase_display()}，{scope}"
    return f"{edition.notice}　{said}，{day.year}年{day.month}月{day.day}日公开。".strip()


def _said(government: Government, scope: str) -> str:
    return f"{government.notice}　{government.full_name}。口径：{scope}".strip()


def _sent(chart: Chart | None, source: str, extension: str, name: str) -> HttpResponse:
    """Draw a chart; raise Http404 where there is nothing to draw."""
    if chart is None:
        raise Http404
    draw, kind = DRAWN[extension]
    data = draw(chart, source)
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{sha256_of(data)}"'
    return revalidated(response)
