"""Old disclosures as the very files that were published: a page, and the file byte for byte."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from budgets.models import Government
from disclosure.filetypes import TYPES, plain_name
from disclosure.models import ArchivedDisclosure


def find(government: str, year: str, department: str, number: str) -> ArchivedDisclosure:
    """Return the file of an address, withdrawn or not; raise Http404 where there is none."""
    where = {"government_code": government, "year": int(year), "department_code": department, "pk": int(number)}
    archived: ArchivedDisclosure | None = (
        ArchivedDisclosure.objects.filter(**where).select_related("withdrawal", "government").first()
    )
    if archived is None:
        raise Http404
    return archived


def page(request: HttpRequest, **address: str) -> HttpResponse:
    """Show what is known of an old file, and where it can be had."""
    archived = find(**address)
    if hasattr(archived, "withdrawal"):
        return _withdrawn(request, archived)
    context = {"archived": archived, "kind": TYPES[archived.extension], "government": archived.government}
    return render(request, "portal/archive.html", context)


def file(request: HttpRequest, extension: str, **address: str) -> HttpResponse:
    """Send the file: a PDF to be read in the browser, anything else to be saved."""
    archived = find(**address)
    if hasattr(archived, "withdrawal"):
        return _withdrawn(request, archived)
    if extension != archived.extension:
        raise Http404
    response = HttpResponse(archived.read(), content_type=TYPES[extension].content_type)
    name = plain_name(f"{archived.department_code}-{archived.title}.{extension}")
    response["Content-Disposition"] = content_disposition_header(extension != "pdf", name)
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{archived.sha256}"'
    return response


def of_year(request: HttpRequest, government: Government, year: int) -> HttpResponse:
    """Show a year of which there are only old files; raise Http404 where there is not even one."""
    archived = ArchivedDisclosure.objects.live().of_year(government.code, year)
    if not archived:
        raise Http404
    context = {"government": government, "year": year, "archived": archived}
    return render(request, "portal/archive_year.html", context)


def _withdrawn(request: HttpRequest, archived: ArchivedDisclosure) -> HttpResponse:
    """Say that a file was withdrawn, when and why (410)."""
    context = {"archived": archived, "government": archived.government}
    return render(request, "portal/archive_withdrawn.html", context, status=410)
