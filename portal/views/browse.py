"""The way to a document: home, a government, a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_tables2 import RequestConfig

from budgets.models import FiscalYear, Government
from disclosure.models import ArchivedDisclosure
from portal.asking import CONTROL
from portal.listing import UnitCount, YearSummary, summaries, summaries_of
from portal.regions import Region
from portal.tables import DepartmentTable
from portal.views import archive
from portal.views.problems import revalidated

LONGEST = 30
"""How many characters of a government's name are looked for."""


def home(request: HttpRequest) -> HttpResponse:
    """Show the government at a glance; the list of governments where there are several, of areas where many."""
    region = Region.of()
    if len(region.governments) == 1:
        return government(request, region.governments[0].code)
    return render(request, "portal/home.html", {"region": region})


def area(request: HttpRequest, beginning: str) -> HttpResponse:
    """Show the governments whose codes begin so, or the areas that they are in; raise Http404 where there are none."""
    region = Region.of(beginning)
    if not region.known:
        raise Http404
    return revalidated(render(request, "portal/area.html", {"region": region, "words": None}))


def area_found(request: HttpRequest) -> HttpResponse:
    """Show the governments of a name; without one, the box to ask in."""
    words = CONTROL.sub("", request.GET.get("government", "")).strip()[:LONGEST]
    region = Region.named(words) if words else Region("", [], [])
    return revalidated(render(request, "portal/area.html", {"region": region, "words": words}))


def government(request: HttpRequest, government: str) -> HttpResponse:
    """Show one government's years, and how many departments have published in each."""
    found = get_object_or_404(Government, code=government)
    opened = list(found.years.order_by("-year"))
    rows = summaries_of(found, opened)
    years = [YearSummary.of(year, rows[year.year]) for year in opened]
    latest = next((year for year in years if year.published), None)
    context = {
        "government": found,
        "latest": latest,
        "departments": rows[latest.year] if latest else [],
        "years": [year for year in years if year != latest],
        "older": ArchivedDisclosure.objects.live().by_year(found.code).exclude(year__in=rows),
    }
    return render(request, "portal/government.html", context)


def year(request: HttpRequest, government: str, year: str) -> HttpResponse:
    """Show all departments of a year, those that have not published included."""
    years = FiscalYear.objects.select_related("government")
    found = years.filter(government__code=government, year=int(year)).first()
    if found is None:
        return archive.of_year(request, get_object_or_404(Government, code=government), int(year))
    rows = summaries(found)
    table = DepartmentTable(rows, government=found.government, year=found.year)
    RequestConfig(request, paginate={"per_page": 100}).configure(table)
    context = {
        "year": found,
        "government": found.government,
        "summary": YearSummary.of(found, rows),
        "units": UnitCount.of(found),
        "table": table,
        "archived": ArchivedDisclosure.objects.live().of_year(government, found.year),
    }
    return render(request, "portal/year.html", context)
