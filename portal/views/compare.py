"""Departments of a year side by side, chosen in the address."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from budgets.models import FiscalYear, Government
from portal import charting
from portal.comparing import HEADLINES, MOST, Comparison
from portal.origins import MEANINGS
from portal.views.problems import revalidated


def page(request: HttpRequest, government: str) -> HttpResponse:
    """Show the chosen departments of the year that is asked for, or of the newest; raise Http404 for any other year."""
    found = get_object_or_404(Government, code=government)
    year, years, comparison = asked(request, found)
    chosen = urlencode([("year", year.year), *(("d", one.department_code) for one in comparison.editions)])
    names = {line.name for line in comparison.headlines}
    context = {
        "government": found,
        "years": years,
        "year": year,
        "most": MOST,
        "comparison": comparison,
        "chart": charting.totals(comparison),
        "meanings": [(name, MEANINGS[key]) for key, name in HEADLINES.items() if name in names],
        "query": f"?{chosen}",
        "shared": request.build_absolute_uri(f"{reverse('compare', args=[found.code])}?{chosen}"),
    }
    return revalidated(render(request, "portal/compare.html", context))


def asked(request: HttpRequest, government: Government) -> tuple[FiscalYear, list[FiscalYear], Comparison]:
    """Read what an address compares, among all years; raise Http404 for a year that is not there."""
    years = list(FiscalYear.objects.filter(government=government).select_related("government").order_by("-year"))
    named = request.GET.get("year", "")
    year = next((one for one in years if named in ("", str(one.year))), None)
    if year is None:
        raise Http404
    wanted = [code for code in request.GET.getlist("d")[:100] if code]
    return year, years, Comparison.of(year, wanted)
