"""Open data: what there is, what its columns mean, and the files."""

from pathlib import Path

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from budgets.models import FiscalYear, Government
from disclosure.models import Edition
from disclosure.opendata import Bundle, BusyError
from disclosure.opendata.packing import PACKAGE, TABLES
from portal.linked_data import catalogue_of
from portal.views.problems import revalidated

TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json; charset=utf-8", ".zip": "application/zip"}
OPEN = {"Access-Control-Allow-Origin": "*"}


MOST = 20
"""Of how many governments one page lists the files; where there are more, each has a page of its own."""


def page(request: HttpRequest) -> HttpResponse:
    """List what can be had of each government, a year or all; of one that is asked for, where they are many."""
    code = request.GET.get("government", "")
    published = Exists(Edition.objects.filter(government_code=OuterRef("code")))
    governments = list(Government.objects.filter(published).order_by("code"))
    chosen = [one for one in governments if one.code == code]
    many = len(governments) > MOST and not chosen
    listed = [] if many else chosen or governments
    years = _years(listed)
    offered = [{"government": one, "years": years[one.pk]} for one in listed]
    linked = catalogue_of((one["government"], one["years"]) for one in offered)
    context = {"offered": offered, "tables": list(TABLES.values()), "linked": linked}
    known = {"others": governments if many else [], "chosen": bool(chosen) and len(governments) > 1}
    return revalidated(render(request, "portal/data.html", {**context, **known}))


def _years(governments: list[Government]) -> dict[int, list[int]]:
    """Return of each government the years in which something was published, the newest first."""
    here = {"government_code": OuterRef("government__code"), "year": OuterRef("year")}
    published = FiscalYear.objects.filter(Exists(Edition.objects.filter(**here)), government__in=governments)
    years: dict[int, list[int]] = {}
    for owner, year in published.order_by("-year").values_list("government", "year"):
        years.setdefault(owner, []).append(year)
    return years


def dictionary(request: HttpRequest) -> HttpResponse:
    """Explain every column of every table."""
    return revalidated(render(request, "portal/dictionary.html", {"tables": list(TABLES.values())}))


def file(request: HttpRequest, government: str, scope: str, name: str) -> HttpResponse:  # noqa: ARG001 as views are
    """Give out a file of a bundle; raise Http404 where nothing was published."""
    wanted = Bundle(get_object_or_404(Government, code=government), None if scope == "all" else int(scope))
    if not Edition.objects.filter(government_code=government, **({"year": scope} if scope != "all" else {})).exists():
        raise Http404
    try:
        opened = wanted.open(name)
    except BusyError as error:
        return HttpResponse(
            str(error), content_type="text/plain; charset=utf-8", status=503, headers={"Retry-After": "5"}
        )
    shown = f"budget-{government}-{scope}.zip" if name == PACKAGE else f"{government}-{scope}-{name}"
    path = Path(opened.name)
    response = FileResponse(opened, content_type=TYPES[path.suffix], headers=OPEN)
    how = "inline" if path.suffix == ".json" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{shown}"'
    response["ETag"] = f'"{path.parent.name}-{name}"'
    return revalidated(response)
