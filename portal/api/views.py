"""The answers of the API: governments, who has published, editions, and what each of them says."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime

from budgets.models import FiscalYear, Government
from disclosure.models import Edition, EditionLine, Withdrawal
from disclosure.opendata import RESOURCES, find, key_of
from disclosure.opendata.fields import whose
from disclosure.opendata.keys import public
from disclosure.opendata.registry import EDITIONS, everything
from disclosure.opendata.resources import CELLS
from disclosure.render import json as json_form
from portal.api.asked import (
    AFTER_CELL,
    AFTER_EDITION,
    EDITION,
    FIGURE,
    PAGING,
    ROSTER,
    STATUS,
    asked,
    wanted_editions,
)
from portal.api.description import described
from portal.api.frame import ProblemError, endpoint
from portal.api.paging import paged
from portal.listing import DepartmentSummary, summaries
from portal.views.downloads import document_of

AMOUNTS = ("total", "basic", "project", "three_public", "change")


@endpoint
def index(request: HttpRequest) -> dict[str, Any]:
    """Say where things are; what has to be filled in is written as RFC 6570 does."""
    asked(request)
    names = ("governments", "roster", "editions", "figures", "openapi")
    found = {name: public(reverse(f"api_{name}")) for name in names}
    return found | {"roster": f"{found['roster']}{{?{','.join(one.name for one in ROSTER)}}}"}


@endpoint
def openapi(request: HttpRequest) -> dict[str, Any]:
    """Return the description of the API, with the address at which it is offered."""
    asked(request)
    return described(public(reverse("api_index")).rstrip("/"))


@endpoint
def governments(request: HttpRequest) -> dict[str, Any]:
    """List the governments and their years."""
    asked(request)
    years: dict[int, list[int]] = {}
    for owner, year in FiscalYear.objects.order_by("-year").values_list("government_id", "year"):
        years.setdefault(owner, []).append(year)
    return {
        "results": [
            {"code": one.code, "name": one.name, "full_name": one.full_name, "years": years.get(one.pk, [])}
            for one in Government.objects.order_by("code")
        ]
    }


@endpoint
def roster(request: HttpRequest) -> dict[str, Any]:
    """List a year's departments, those that have not published included, with their main figures."""
    said = asked(request, *ROSTER)
    wanted = {"government__code": said["government"], "year": said["year"]}
    year = FiscalYear.objects.select_related("government").filter(**wanted).first()
    if year is None:
        raise Http404
    return {"results": [_department(row) for row in summaries(year)]}


def _department(row: DepartmentSummary) -> dict[str, Any]:
    status = "withdrawn" if row.withdrawn_at else "published" if row.published_at else "unpublished"
    exempt = row.exemption.kind if row.exemption and status == "unpublished" else None
    amounts = {name: getattr(row, name) for name in AMOUNTS}
    return {"code": row.code, "name": row.name, "status": exempt or status, "published_at": row.published_at} | amounts


@endpoint
def editions(request: HttpRequest) -> dict[str, Any]:
    """List editions, newest years first."""
    said = asked(request, *EDITION, STATUS, *PAGING, AFTER_EDITION)
    rows = everything().filter(**wanted_editions(said))
    return paged(request, said, rows.order_by(*rows.query.order_by, "pk"), _listed)


def _listed(found: list[Edition]) -> list[Any]:
    return list(EDITIONS.records(found))


@endpoint
def edition(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return an edition's entry, of a withdrawn one too, and where its parts are."""
    asked(request)
    found = everything().filter(pk__in=find(key)).first()
    if found is None:
        raise Http404
    parts = {name: public(reverse("api_part", kwargs={"key": key, "part": name})) for name in ("content", *RESOURCES)}
    return _listed([found])[0] | {"parts": {} if hasattr(found, "withdrawal") else parts}


@endpoint
def part(request: HttpRequest, key: str, part: str) -> Any:
    """Return all that an edition says, or its rows of one table of open data; 410 where it was withdrawn."""
    asked(request)
    found = _readable(key)
    if part == "content":
        return document_of(found).canonical.encode()
    if part not in RESOURCES:
        raise Http404
    return {"edition": key, "results": list(RESOURCES[part].records([found]))}


@endpoint
def table(request: HttpRequest, key: str, table: str) -> bytes:
    """Return one statutory table as it was published."""
    asked(request)
    document = document_of(_readable(key))
    try:
        return json_form.render_table(document, document.table(table))
    except KeyError as error:
        raise Http404 from error


def _readable(key: str) -> Edition:
    found: Edition | None = find(key).select_related("withdrawal", "content").first()
    if found is None:
        raise Http404
    if hasattr(found, "withdrawal"):
        gone = found.withdrawal
        message = f"这一版次已于{localtime(gone.withdrawn_at).date().isoformat()}撤下，理由：{gone.reason}"
        raise ProblemError(410, message)
    return found


@endpoint
def figures(request: HttpRequest) -> dict[str, Any]:
    """List the figures of current editions, one cell each."""
    said = asked(request, *EDITION, *FIGURE, *PAGING, AFTER_CELL)
    cells = {one.lookup: said[one.name] for one in FIGURE if one.name in said}
    rows = EditionLine.objects.filter(*_current(), **wanted_editions(said, "edition__"), **cells)
    ordered = rows.select_related("edition").order_by("edition_id", "table", "row", "pk")
    return paged(request, said, ordered, _cells)


def _current() -> tuple[Any, ...]:
    """Keep what current editions say, in the words of which each engine makes a walk along the index.

    Of joins PostgreSQL expects hardly any row, and sorts them all; of subqueries SQLite makes a scan of the editions.
    """
    if connection.vendor != "postgresql":
        return (Q(edition__superseded_by=None, edition__withdrawal=None),)
    gone = Withdrawal.objects.filter(edition=OuterRef("edition"))
    return ~Exists(Edition.objects.filter(supersedes=OuterRef("edition"))), ~Exists(gone)


def _cells(found: list[EditionLine]) -> list[Any]:
    names = [field.name for field in CELLS.fields]
    return [
        dict(
            zip(
                names,
                (
                    *whose(line.edition, key_of(line.edition)),
                    *(line.table, line.row, line.code, line.name, line.column, line.amount, line.not_applicable),
                ),
                strict=True,
            )
        )
        for line in found
    ]


@endpoint
def nothing(request: HttpRequest, rest: str) -> None:  # noqa: ARG001 whatever was asked for
    """Answer whatever has no address here."""
    raise Http404
