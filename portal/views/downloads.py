"""The official files of an edition, byte for byte as stored."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.enums import FileFormat
from disclosure.models import Edition
from portal.publication import Publication, is_withdrawn
from portal.views.problems import revalidated, withdrawn

CONTENT_TYPES = {FileFormat.PDF: "application/pdf", FileFormat.JSON: "application/json; charset=utf-8"}


def of_edition(request: HttpRequest, extension: str, **address: str) -> HttpResponse:
    """Give out a file of the newest edition at an address, or of the numbered one; a withdrawn one is gone."""
    publication = Publication.find(**address)
    if is_withdrawn(publication.edition):
        return withdrawn(request, publication, publication.edition)
    return revalidated(_file(request, publication.edition, extension))


def _file(request: HttpRequest, edition: Edition, extension: str) -> HttpResponse:
    """Send a stored file under a name people can keep; raise Http404 for a format that is not offered."""
    file = edition.files.filter(format=extension).first()
    if file is None and extension == FileFormat.PDF:
        return render(request, "portal/no_pdf.html", {"edition": edition}, status=404)
    if file is None:
        raise Http404
    response = HttpResponse(file.read(), content_type=CONTENT_TYPES[FileFormat(extension)])
    code = edition.unit_code or edition.department_code
    name = f"{code}-{edition.title}-第{edition.number}版.{extension}"
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response["ETag"] = f'"{file.sha256}"'
    return response
