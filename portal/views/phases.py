"""The addresses that 调整预算 and 决算 will have: until then an answer, not a bare “not found”."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budgets.enums import Phase
from budgets.models import Department, FiscalYear, Unit
from portal.views.problems import revalidated

SPOKEN = {Phase.ADJUSTED: "预算调整", Phase.FINAL: "决算"}


def page(request: HttpRequest, phase: str, unit: str = "", **address: str) -> HttpResponse:
    """Say that a phase of a department's or a unit's year is not public here; raise Http404 for anybody unknown."""
    government, year, code = (address[name] for name in ("government", "year", "department"))
    departments = Department.objects.select_related("government").filter(government__code=government, code=code)
    owner = departments.valid_in(int(year)).first()
    if owner is None or not FiscalYear.objects.filter(government=owner.government, year=int(year)).exists():
        raise Http404
    below = Unit.objects.filter(department=owner, code=unit).valid_in(int(year)).first() if unit else None
    if unit and below is None:
        raise Http404
    context = {
        "government": owner.government,
        "department": owner,
        "unit": below,
        "name": (below or owner).name,
        "year": year,
        "phase": SPOKEN[Phase(phase)],
        "budget": reverse("disclosure", args=[government, year, code, *([unit] if unit else [])]),
    }
    return revalidated(render(request, "portal/phase.html", context, status=404))
