"""Acting on the ticked lines of a board: confirmed first, then each line its own step with its own answer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from budgets.access import allowed
from budgets.models import FiscalYear
from disclosure.board.acts import AT_ONCE
from disclosure.board.records import of_year
from disclosure.desk.board import page, year_of
from disclosure.desk.board_doings import Doing, chosen, doings_of
from disclosure.models import Disclosure

FOLLOWED = ("unit", "budget__department", "budget__fiscal_year__government")


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the confirmation, with the list; confirmed, act and say of each line what happened."""
    year = year_of(request, pk)
    doing = next((one for one in doings_of(request.user, year) if one.key == request.POST.get("act")), None)
    if doing is None:
        raise PermissionDenied
    rows = chosen(_ticked(request, year), doing, with_units="with_units" in request.POST)
    form = doing.form(request.POST) if "confirmed" in request.POST else doing.form()
    if not rows or not form.is_bound or not form.is_valid():
        return _asked(request, year, doing, rows, form)
    results = doing.done(rows, by=request.user, **form.cleaned_data)
    refused = sum(one.is_refused for one in results)
    context = {"year": year, "doing": doing, "results": results, "refused": refused, "done": len(results) - refused}
    return page(
        request, "admin/board/result.html", {**context, "title": f"{doing.name}的结果", "query": _query(request)}
    )


def _asked(request: HttpRequest, year: FiscalYear, doing: Doing, rows: list[Disclosure], form: object) -> HttpResponse:
    context = {
        "title": f"确认{doing.name}",
        "year": year,
        "doing": doing,
        "rows": rows,
        "form": form,
        "is_queued": doing.key == "publish" and len(rows) > AT_ONCE,
        "query": _query(request),
    }
    return page(request, "admin/board/confirm.html", context, 200 if rows else 400)


def _ticked(request: HttpRequest, year: FiscalYear) -> list[Disclosure]:
    keys = [int(key) for key in request.POST.getlist("row") if key.isascii() and key.isdigit()]
    rows = allowed(request.user, of_year(year)).filter(pk__in=keys).select_related(*FOLLOWED)
    return list(rows.order_by("budget__department__code", "unit__code"))


def _query(request: HttpRequest) -> str:
    """Return the filter the board had, to come back to."""
    return request.POST.get("query", "")
