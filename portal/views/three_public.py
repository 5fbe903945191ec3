"""“三公”经费 of all departments, years side by side."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime

from budgets.models import FiscalYear, Government
from budgets.money import MoneyUnit, shown
from disclosure.render.csv import harmless
from portal import charting
from portal.listing import gaps
from portal.origins import MEANINGS
from portal.three_public import SCOPE, Columns, Grid, YearTotal, owners, totals
from portal.views.problems import revalidated

SHOWN = 4
"""How many years stand side by side."""
HEADS = (
    *("年度", "阶段", "部门编码", "部门", "项目"),
    *("本年预算数（元）", "上年预算数（元）", "增减（元）"),
    *("增减原因", "版次", "公开日期"),
)


def page(request: HttpRequest, government: str) -> HttpResponse:
    """Show the newest year, or the one asked for, item by item, below the totals of the years before it."""
    found = get_object_or_404(Government, code=government)
    known = totals(found.code)
    wanted = asked_year(request, known)
    opened = FiscalYear.objects.select_related("government").filter(government=found, year=wanted or 0).first()
    until = [one.year for one in known if wanted and one.year <= wanted][:SHOWN]
    spenders = list(owners(found.code, [wanted] if wanted else []))
    context = {
        "government": found,
        "known": known,
        "year": wanted,
        "grid": Grid.of(found.code, until),
        "owners": spenders,
        "chart": charting.years(known, wanted) if wanted else None,
        "meaning": MEANINGS["three_public"],
        "scope": SCOPE,
        "parts": [(one.edition, one.costs[0].amount) for one in spenders],
        "columns": Columns.of(spenders),
        "gaps": gaps(opened) if opened else [],
    }
    return revalidated(render(request, "portal/three_public.html", context))


def asked_year(request: HttpRequest, known: list[YearTotal]) -> int | None:
    """Return the year that is asked for, else the newest; raise Http404 where nobody published it."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() else None
    if asked and year not in [one.year for one in known]:
        raise Http404
    return year or (known[0].year if known else None)


def download(request: HttpRequest, government: str) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out every item of every year as CSV, amounts in 元 (UTF-8 with BOM, for Excel and WPS)."""
    found = get_object_or_404(Government, code=government)
    years = [one.year for one in totals(found.code)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for owner in owners(found.code, years):
        edition = owner.edition
        about = (edition.year, edition.get_phase_display(), edition.department_code, harmless(edition.department_name))
        day = localtime(edition.published_at).date().isoformat()
        for cost in owner.costs:
            figures = [shown(figure, MoneyUnit.YUAN) for figure in (cost.amount, cost.previous, cost.change)]
            writer.writerow((*about, harmless(cost.name), *figures, harmless(cost.reason), edition.number, day))
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="three-public-{found.code}.csv"'
    return revalidated(response)
