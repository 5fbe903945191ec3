"""Opening a year from the board: who will be opened is shown first, with last year's exemptions to confirm."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from budgets.models import Government
from disclosure.board.opening import open_year, preview_opening
from disclosure.board.rights import governments_opened_by
from disclosure.desk.board import page
from disclosure.refusal import RefusalError


class YearForm(forms.Form):
    """Which year of which government; last year's exemptions that go on."""

    government = forms.ModelChoiceField(label="政府", queryset=Government.objects.none(), empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)

    def __init__(self, *args: object, offered: list[Government], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        own = Government.objects.filter(pk__in=[one.pk for one in offered])
        self.fields["government"].queryset = own  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Ask for the year, show who would be opened, open."""
    offered = governments_opened_by(request.user)
    if not offered:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    form = YearForm(asked or None, offered=offered, initial={"government": offered[0], "year": _next(localdate())})
    context: dict[str, object] = {"title": "开放年度", "form": form}
    if not form.is_bound or not form.is_valid():
        return page(request, "admin/board/open.html", context, 400 if form.errors else 200)
    government, year = form.cleaned_data["government"], form.cleaned_data["year"]
    if request.method == "POST":
        try:
            return _opened(request, government, year)
        except RefusalError as refusal:
            context["refusal"] = str(refusal)
    plan = preview_opening(government, year)
    context |= {"plan": plan, "government": government, "year": year, "title": f"开放{government}{year}年"}
    return page(request, "admin/board/open.html", context, 400 if "refusal" in context else 200)


def _opened(request: HttpRequest, government: Government, year: int) -> HttpResponse:
    keep = [int(key) for key in request.POST.getlist("keep") if key.isascii() and key.isdigit()]
    done = open_year(government, year, by=request.user, keep=keep)
    said = f"已开放{done.year}：部门{done.departments}个，单位{done.units}个，沿用例外{done.exemptions}条。"
    nothing = f"{done.year}已经全部开放，没有需要补的。"
    messages.success(request, said if done.departments or done.units or done.exemptions else nothing)
    return HttpResponseRedirect(reverse("board", args=[done.year.pk]))


def _next(today: date) -> int:
    """Return the year whose budget is being prepared: from October on the next one."""
    return today.year + (today.month >= 10)  # noqa: PLR2004 (October)
