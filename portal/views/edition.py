"""A department's page: the current edition, or one edition for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from budgets.models import Department, FiscalYear
from disclosure.content import parse
from disclosure.document import imprint_of
from disclosure.enums import FileFormat
from disclosure.models import Edition
from disclosure.signatures import frozen
from portal.glance import Glance
from portal.views.problems import withdrawn


def find(government: str, year: str, department: str, number: str = "") -> Edition:
    """Return the current edition of an address, or the numbered one; raise Http404 where there is none."""
    editions = Edition.objects.at(government, int(year), department).select_related("withdrawal", "superseded_by")
    wanted = editions.filter(number=int(number)) if number else editions.current()
    edition = wanted.first()
    if edition is None:
        raise Http404
    return edition


def current(request: HttpRequest, government: str, year: str, department: str) -> HttpResponse:
    """Show the newest edition; an honest gap where nothing has been published."""
    try:
        edition = find(government, year, department)
    except Http404:
        return _gap(request, government, year, department)
    return show(request, edition)


def numbered(request: HttpRequest, **address: str) -> HttpResponse:
    """Show one edition for ever, superseded or not."""
    return show(request, find(**address))


def show(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show an edition: chrome of today around the article as it was stored."""
    if hasattr(edition, "withdrawal"):
        return withdrawn(request, edition)
    files = {file.format: file for file in edition.files.all()}
    context = {
        "edition": edition,
        "newer": getattr(edition, "superseded_by", None),
        "imprint": imprint_of(edition, frozen(edition)),
        "glance": Glance.of(parse(edition.content.text)),
        "files": [files[form] for form in (FileFormat.PDF, FileFormat.JSON) if form in files],
        "has_pdf": FileFormat.PDF in files,
        "article": mark_safe(files[FileFormat.HTML].read().decode()),  # noqa: S308 rendered with escaping, hash checked
    }
    return render(request, "portal/disclosure.html", context)


def _gap(request: HttpRequest, government: str, year: str, department: str) -> HttpResponse:
    departments = Department.objects.select_related("government").filter(government__code=government)
    found = departments.valid_in(int(year)).filter(code=department).first()
    if found is None or not FiscalYear.objects.filter(government=found.government, year=int(year)).exists():
        raise Http404
    context = {"department": found, "government": found.government, "year": year}
    return render(request, "portal/unpublished.html", context, status=404)
