"""A year by what it is for, how it is spent, and where it comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from budgets.models import FiscalYear
from portal import charting
from portal.drilling import Drilled, Overview
from portal.listing import gaps
from portal.schemes import SCHEMES, Scheme
from portal.views.problems import revalidated


def overview(request: HttpRequest, government: str, year: str, scheme: str) -> HttpResponse:
    """Show the widest items of a year."""
    opened, wanted = _opened(government, year), SCHEMES[scheme]
    context = {
        "scheme": wanted,
        "schemes": list(SCHEMES.values()),
        "year": opened,
        "government": opened.government,
        "overview": Overview.of(wanted, government, opened.year),
        "gaps": gaps(opened),
    }
    return revalidated(render(request, "portal/items.html", context))


def item(request: HttpRequest, government: str, year: str, scheme: str, code: str) -> HttpResponse:
    """Show one code or source; raise Http404 where no published table has it."""
    opened, wanted, drilled = find(government, year, scheme, code)
    context = {
        "scheme": wanted,
        "year": opened,
        "government": opened.government,
        "drilled": drilled,
        "history": charting.history(drilled, opened.year),
        "departments": charting.departments(drilled),
        "gaps": gaps(opened),
    }
    return revalidated(render(request, "portal/item.html", context))


def find(government: str, year: str, scheme: str, code: str) -> tuple[FiscalYear, Scheme, Drilled]:
    """Drill into a code or source; raise Http404 where no published table has it."""
    opened, wanted = _opened(government, year), SCHEMES[scheme]
    others = opened.government.years.exclude(pk=opened.pk).order_by("-year").values_list("year", flat=True)
    drilled = Drilled.of(wanted, government, code, [opened.year, *others]) if wanted.knows(code) else None
    if drilled is None:
        raise Http404
    return opened, wanted, drilled


def _opened(government: str, year: str) -> FiscalYear:
    years = FiscalYear.objects.select_related("government")
    return get_object_or_404(years, government__code=government, year=int(year))
