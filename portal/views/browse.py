"""The way to a document: home, a government, a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_tables2 import RequestConfig

from budgets.models import FiscalYear, Government
from disclosure.models import ArchivedDisclosure
from portal.listing import UnitCount, YearSummary, summaries, summaries_of
from portal.tables import DepartmentTable
from portal.views import archive


def home(request: HttpRequest) -> HttpResponse:
    """Show the government at a glance; the list of governments where there are several."""
    governments = list(Government.objects.all())
    if len(governments) == 1:
        return government(request, governments[0].code)
    return render(request, "portal/home.html", {"governments": governments})


def government(request: HttpRequest, government: str) -> HttpResponse:
    """Show one government's years, and how many departments have published in each."""
    found = get_object_or_404(Government, code=government)
    opened_years = list(found.years.order_by("-year"))
    rows = summaries_of(found, opened_years)
    years = [YearSummary.of(year, rows[year.year]) for year in opened_years]
    opened = [year.year for year in years]
    older = ArchivedDisclosure.objects.live().by_year(found.code).exclude(year__in=opened)
    return render(request, "portal/government.html", {"government": found, "years": years, "older": older})


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
