"""A department's or a unit's page: the current edition, or one edition for ever."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from budgets.models import Department, FiscalYear, Unit
from disclosure.content import parse
from disclosure.document import imprint_of, reviews_of
from disclosure.enums import FileFormat
from disclosure.models import ArchivedDisclosure, Edition, Exemption
from disclosure.opendata.citing import citation_of
from disclosure.signatures import frozen
from disclosure.verifying import code_of
from portal.absences import outside
from portal.articles import linked
from portal.four_years import Past
from portal.glance import Glance
from portal.lineage import Lineages
from portal.linked_data import dataset_of, organisation_of
from portal.listing import unit_summaries
from portal.offers import awaits_pdf, offers
from portal.publication import Publication, is_withdrawn
from portal.shortcuts import largest, shortcuts
from portal.views.problems import revalidated, withdrawn


def current(request: HttpRequest, **address: str) -> HttpResponse:
    """Show the newest edition, a department's with its units below it; an honest gap where nothing is published."""
    try:
        publication = Publication.find(**address)
    except Http404:
        return revalidated(_gap(request, **address))
    edition = publication.edition
    if is_withdrawn(edition):
        return withdrawn(request, publication, edition)
    return _show(request, publication, _units(edition))


def numbered(request: HttpRequest, **address: str) -> HttpResponse:
    """Show one edition for ever, superseded or not."""
    publication = Publication.find(**address)
    if is_withdrawn(publication.edition):
        return withdrawn(request, publication, publication.edition)
    return _show(request, publication, {})


def _show(request: HttpRequest, publication: Publication, below: dict[str, Any]) -> HttpResponse:
    """Show an edition: chrome of today around the article as it was stored."""
    edition: Edition = publication.edition
    files = {file.format: file for file in edition.files.order_by()}
    content, imprint = parse(edition.content.text), imprint_of(edition, frozen(edition))
    stands, past = _stands(publication), Past(edition)
    article = linked(files[FileFormat.HTML], edition, stands=stands)
    context = {
        "publication": publication,
        "edition": edition,
        "imprint": imprint,
        "reviews": reviews_of(content, imprint),
        "glance": Glance.of(content, past),
        "after": past.lineage.after,
        "shortcuts": shortcuts(content),
        "largest": largest(content),
        "stands": stands,
        "offers": offers(files),
        "code": code_of(edition.content_sha256),
        "citation": citation_of(edition),
        "government": content.government,
        "dataset": dataset_of(edition, content, files),
        "organisation": organisation_of(edition, content) if below else None,
        "manifest": bool(settings.SM2_KEY) and edition.manifests.exists(),
        "has_pdf": FileFormat.PDF in files,
        "awaits_pdf": awaits_pdf(edition, files),
        "article": mark_safe(article),  # noqa: S308 rendered with escaping, hash checked
        **below,
    }
    return revalidated(render(request, "portal/disclosure.html", context))


def _stands(publication: Publication) -> bool:
    """Tell whether an edition is what its department publishes now: then the pages of its projects and codes do too."""
    return publication.edition == publication.newest and not publication.edition.unit_code


def _units(edition: Edition) -> dict[str, Any]:
    return {"units": unit_summaries(edition.government_code, edition.year, edition.department_code)}


def _gap(request: HttpRequest, government: str, year: str, department: str, unit: str = "") -> HttpResponse:
    """Say that a department or unit of the register has published nothing, and why; raise Http404 for any other."""
    departments = Department.objects.select_related("government").filter(government__code=government)
    owner = departments.filter(code=department).first()
    archived = ArchivedDisclosure.objects.live().of_year(government, int(year)).filter(department_code=department)
    opened = FiscalYear.objects.filter(government__code=government, year=int(year))
    if owner is None or not (opened.exists() or archived):
        raise Http404
    context = {"department": owner, "government": owner.government, "year": year, "archived": archived}
    if absent := outside(owner, int(year)):
        lineage = Lineages.of(government).trace(department)
        context |= {"absent": absent, "breaks": [*lineage.breaks, *lineage.after]}
        return render(request, "portal/absent.html", context, status=404)
    exempt = Exemption.objects.filter(fiscal_year__in=opened, department=owner)
    if not unit:
        context["exemption"] = exempt.filter(unit=None).first()
        context["units"] = unit_summaries(government, int(year), department)
        return render(request, "portal/unpublished.html", context, status=404)
    silent = Unit.objects.filter(department=owner, code=unit).valid_in(int(year)).first()
    if silent is None:
        raise Http404
    context |= {"unit": silent, "exemption": exempt.filter(unit=silent).first()}
    return render(request, "portal/unpublished_unit.html", context, status=404)
