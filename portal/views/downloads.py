"""The official files of an edition, byte for byte as stored, and each of its tables in the forms data users ask for."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.content import sha256
from disclosure.document import Document
from disclosure.enums import FileFormat, TableFormat
from disclosure.models import Edition, EditionContent, FileDamagedError
from disclosure.models.bytes import sha256_of
from disclosure.render import RENDERERS, TABLE_RENDERERS
from disclosure.render.failing import reason_of
from portal.publication import Publication, is_withdrawn
from portal.views.problems import kept_for_ever, revalidated, withdrawn

OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "sm2sig": "application/octet-stream",
    "csv": "text/csv; charset=utf-8",
}
SHOWN = ("pdf", "json")
"""What browsers show by themselves; the rest is saved."""
LONGEST_NAME = 100


def of_edition(request: HttpRequest, extension: str, **address: str) -> HttpResponse:
    """Give out a file of the newest edition at an address, or of the numbered one; a withdrawn one is gone."""
    publication = Publication.find(**address)
    if is_withdrawn(publication.edition):
        return withdrawn(request, publication, publication.edition)
    return _file(request, publication.edition, FileFormat(extension), numbered="number" in address)


def of_table(request: HttpRequest, key: str, extension: str, **address: str) -> HttpResponse:
    """Give out one table of an edition, drawn from its content; raise Http404 for a table it has not got."""
    publication = Publication.find(**address)
    edition = publication.edition
    if is_withdrawn(edition):
        return withdrawn(request, publication, edition)
    document = document_of(edition)
    try:
        table = document.table(key)
    except KeyError as error:
        raise Http404 from error
    data = TABLE_RENDERERS[TableFormat(extension)](document, table)
    return revalidated(_sent(edition, extension, data, (key, table.heading)))


def of_manifest(request: HttpRequest, extension: str, **address: str) -> HttpResponse:
    """Give out the signed list of an edition's files, or its SM2 signature; raise Http404 where it was not signed."""
    publication = Publication.find(**address)
    if is_withdrawn(publication.edition):
        return withdrawn(request, publication, publication.edition)
    row = publication.edition.manifests.first()
    if row is None:
        raise Http404
    data = row.text.encode() if extension == "json" else row.signed
    return revalidated(_sent(publication.edition, extension, data, ("manifest", "文件清单")))


def _file(request: HttpRequest, edition: Edition, form: FileFormat, *, numbered: bool) -> HttpResponse:
    """Send the stored file; one published before its format was offered is drawn from the content as it would be."""
    file = edition.files.filter(format=form).first()
    if file is not None:
        return (kept_for_ever if numbered else revalidated)(_sent(edition, form.value, file.read()))
    if form is FileFormat.PDF:
        return _none(request, edition, form)
    document = document_of(edition)
    try:
        data = RENDERERS[form](document)
    except Exception as error:  # noqa: BLE001 whatever it is, the reader is told that there is no file
        reason_of(error)
        return _none(request, edition, form)
    return revalidated(_sent(edition, form.value, data))


def _none(request: HttpRequest, edition: Edition, form: FileFormat) -> HttpResponse:
    page = render(request, "portal/no_file.html", {"edition": edition, "name": form.label}, status=404)
    return revalidated(page)


def document_of(edition: Edition) -> Document:
    """Read an edition's content; raise FileDamagedError where it is not what was published."""
    try:
        document = Document.of_edition(edition)
    except EditionContent.DoesNotExist as error:
        raise Http404 from error
    if sha256(document.canonical) != edition.content_sha256:
        raise FileDamagedError(f"“{edition}”的内容")
    return document


def _sent(edition: Edition, extension: str, data: bytes, table: tuple[str, str] | None = None) -> HttpResponse:
    """Send bytes under a name people can keep, and a plain one for whoever cannot read it (RFC 6266)."""
    response = HttpResponse(data, content_type=CONTENT_TYPES[extension])
    code, number = edition.unit_code or edition.department_code, edition.number
    key, heading = table or ("", "")
    words = "-".join(filter(None, (code, edition.title[:LONGEST_NAME], heading[:LONGEST_NAME], f"第{number}版")))
    plain = "-".join(filter(None, (code, str(edition.year), key, str(number))))
    name = quote(f"{words.replace('/', '／')}.{extension}", safe="")
    how = "inline" if extension in SHOWN else "attachment"
    response["Content-Disposition"] = f"{how}; filename=\"{plain}.{extension}\"; filename*=UTF-8''{name}"
    response["ETag"] = f'"{sha256_of(data)}"'
    return response
