"""The supervisor's board inside the admin: chosen, looked at, handed out."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budgets.models import FiscalYear
from disclosure.board.completing import completes_in
from disclosure.board.exports import grid_page
from disclosure.board.files import delimited, workbook
from disclosure.board.grid import STATES, Wanted, grid, totals
from disclosure.board.inspection import inspection_pages
from disclosure.board.rights import approves_in, boards, governments_opened_by, looks, opens
from disclosure.desk.board_doings import doings_of
from disclosure.desk.board_table import BoardTable
from disclosure.desk.files import attachment
from disclosure.models import Exemption

CSV = "text/csv; charset=utf-8"
TICKED = "ticked"
"""In the address where every line is to be ticked."""


class FilterForm(forms.Form):
    """Which lines to show; what makes no sense is left out."""

    q = forms.CharField(label="部门或单位", required=False, max_length=40)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    clock = forms.ChoiceField(
        label="时限",
        required=False,
        choices=[("", "全部"), ("overdue", "已逾期"), ("soon", "5日内到期"), ("urgent", "紧急公开待确认")],
    )
    level = forms.ChoiceField(
        label="层级", required=False, choices=[("", "部门和单位"), ("department", "只看部门"), ("unit", "只看单位")]
    )
    faulty = forms.ChoiceField(label="错误", required=False, choices=[("", "不限"), ("1", "有错误")])

    @property
    def wanted(self) -> Wanted:
        """Return the filter."""
        self.full_clean()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in Wanted._fields})


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a page of the board within the admin."""
    return render(request, name, {**admin.site.each_context(request), **context}, status=status)


def year_of(request: HttpRequest, pk: int) -> FiscalYear:
    """Return a year whose board is within reach; raise Http404 for any other."""
    year = FiscalYear.objects.select_related("government").filter(pk=pk).first()
    if year is None or not looks(request.user, year):
        raise Http404
    return year


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Offer the boards within reach; where there is only one, show it."""
    found, opened = boards(request.user), governments_opened_by(request.user)
    if len(found) == 1 and not opened:
        return HttpResponseRedirect(reverse("board", args=[found[0].pk]))
    if not found and not opened:
        raise Http404
    return page(request, "admin/board/years.html", {"title": "公开看板", "years": found, "governments": opened})


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid."""
    year, form = year_of(request, pk), FilterForm(request.GET)
    lines, wanted = grid(year, localdate()), form.wanted
    table = BoardTable([line for line in lines if wanted.fits(line)])
    RequestConfig(request, paginate=False).configure(table)
    exemptions = Exemption.objects.filter(fiscal_year=year).select_related("department", "unit")
    doings = doings_of(request.user, year)
    context = {
        "title": f"{year}预算公开看板",
        "year": year,
        "form": form,
        "table": table,
        "is_filtered": any(wanted),
        "totals": totals(lines),
        "exemptions": exemptions,
        "doings": doings,
        "offers_units": any(one.takes_units for one in doings),
        "opens": opens(request.user, year.government),
        "approves": approves_in(request.user, year),
        "completes": completes_in(request.user, year),
        "ticked": TICKED in request.GET,
        "query": _filter_of(request),
    }
    return page(request, "admin/board/board.html", context)


def _filter_of(request: HttpRequest) -> str:
    """Return the filter as an address: who ticked every line once does not find them ticked again."""
    given = request.GET.copy()
    given.pop(TICKED, None)
    return given.urlencode()


@require_safe
def exported(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Hand out the grid as it is filtered, as XLSX or CSV."""
    year, wanted = year_of(request, pk), FilterForm(request.GET).wanted
    told = grid_page(year, [line for line in grid(year, localdate()) if wanted.fits(line)])
    name = f"{year}预算公开进度.{extension}"
    return attachment(delimited(told), name, CSV) if extension == "csv" else attachment(workbook([told]), name)


@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the self-inspection sheet."""
    year = year_of(request, pk)
    return attachment(workbook(inspection_pages(year, localdate())), f"{year}预算公开自查表.xlsx")
