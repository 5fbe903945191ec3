"""The pages of what comes from last year: what would be carried over, and what was and waits to be looked at."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from budgets.models import ThreePublicCost
from disclosure.carrying import Carried, carry_over, confirm, cost_before, plan_of, sources
from disclosure.desk.blocks import address_of, sections_of
from disclosure.desk.leftovers import leftovers_of
from disclosure.intake.gate import locked
from disclosure.models import CarriedRow, Disclosure
from disclosure.refusal import RefusalError

MARK, TEXT = "mark", "text"


class CarriedPages:
    """The disclosure's page with the offer to start from last year, and the pages behind it."""

    admin_site: Any
    seen: Any
    permitted: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the carrying over and the review."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/carry-over/", view(self.carry_over), name="carry_over"),
            path("<int:pk>/carried/", view(self.carried), name="carried"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer last year while something of it is still lacking."""
        one = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        shown: dict[str, Any] = dict(extra_context or {})
        if one:
            shown["start"] = _start(one) if self.permitted(request, "change", one) else None
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def carry_over(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would be carried over; carry it over."""
        disclosure: Disclosure = self.seen(request, pk)
        if not self.permitted(request, "change", disclosure):
            raise PermissionDenied
        choice = sources(disclosure)
        asked = request.POST.get("source") or request.GET.get("source")
        source = next((one for one in choice if str(one.pk) == asked), None)
        shown: dict[str, Any] = {"choice": choice, "locked": locked(disclosure)}
        try:
            if request.method == "POST":
                return _told(request, carry_over(disclosure, by=request.user, source=source), pk)
            shown["plan"] = plan_of(disclosure, source) if source or len(choice) <= 1 else None
        except RefusalError as refusal:
            shown["refusal"] = str(refusal)
        return self._drawn(request, disclosure, "admin/carrying/start.html", {"title": "从上年带入", **shown})

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def carried(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what nobody has looked at beside last year's, and what is left of last year; take confirmations."""
        disclosure: Disclosure = self.seen(request, pk)
        if request.method == "POST":
            return _confirmed(request, disclosure)
        sections = sections_of(disclosure)
        shown = {
            "title": "上年带入的内容",
            "sections": sections,
            "count": sum(len(section.blocks) for section in sections),
            "leftovers": leftovers_of(disclosure),
            "works": self.permitted(request, "change", disclosure) and not locked(disclosure),
        }
        return self._drawn(request, disclosure, "admin/carrying/review.html", shown)

    def _drawn(self, request: HttpRequest, disclosure: Disclosure, name: str, shown: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "disclosure": disclosure}
        return render(request, name, {**common, **shown}, status=400 if shown.get("refusal") else 200)


def _start(disclosure: Disclosure) -> Disclosure | str | None:
    """Say from what a draft may be started, nothing where nothing is lacking or nobody may write."""
    found = sources(disclosure)
    if not found or locked(disclosure):
        return None
    if len(found) > 1:
        return f"前身（{len(found)}个）的上年预算"
    return found[0] if plan_of(disclosure).total else None


def _told(request: HttpRequest, carried: Carried, pk: int) -> HttpResponse:
    if carried.total:
        messages.success(request, f"已从{carried.source}带入{carried.total}处，都标为未复核。请逐项确认或修改。")
    else:
        messages.info(request, "没有可以带入的内容：本年都已填写。")
    return HttpResponseRedirect(reverse("admin:carried", args=[pk]))


def _confirmed(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Confirm one block, or all of a section that were shown; say what became of it where they were looking."""
    one = request.POST.get("only")
    keys: dict[str, list[int]] = {MARK: [], TEXT: []}
    for key in [one] if one else request.POST.getlist("shown"):
        kind, _, number = key.partition("-")
        if kind in keys and number.isdecimal():
            keys[kind].append(int(number))
    try:
        count = confirm(disclosure, by=request.user, marks=keys[MARK], texts=keys[TEXT])
        messages.success(request, f"已确认{count}处。")
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    after = request.POST.get("at", "")
    at = f"#part-{after}" if after.isdecimal() else ""
    return HttpResponseRedirect(f"{reverse('admin:carried', args=[disclosure.pk])}{at}")


class Beside(NamedTuple):
    """A sentence beside a form, an address, and what the link there is called."""

    sentence: str
    address: str
    link: str


def beside(_request: HttpRequest, row: Model) -> list[Beside]:
    """Say beside a row that it came from last year and waits, and what reason stood there last year."""
    found = []
    for mark in CarriedRow.objects.filter(model=row._meta.label, row=row.pk, reviewed_at=None).select_related("budget"):
        if draft := mark.disclosure or mark.budget.disclosures.filter(unit=None).first():
            address = reverse("admin:carried", args=[draft.pk])
            found.append(Beside("这一行从上年带入，还没有复核；修改后保存即为复核。", address, "上年带入的内容"))
    if isinstance(row, ThreePublicCost) and (last := cost_before(row)):
        found.append(
            Beside(f"上年预算{last.amount}元，增减原因：{last.reason or '没有填写'}。", address_of(last), "上年这一行")
        )
    return found
