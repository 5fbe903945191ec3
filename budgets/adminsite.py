"""The admin site in our words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from budgets import edits, locking, resuming, steps
from budgets.pickers import Picker
from budgets.sign_in_form import SignInForm

APPS = ("budgets", "performance", "disclosure")
ORDER = (
    "budgets.Budget",
    "disclosure.Disclosure",
    "budgets.RevenueLine",
    "budgets.ExpenditureLine",
    "budgets.Project",
    "performance.ProjectGoal",
    "budgets.ThreePublicCost",
    "budgets.ProcurementItem",
    "budgets.AssetHolding",
)
"""The order of a clerk's work; what is not named follows by name."""

GOALS = (
    "performance.OverallGoal",
    "performance.DutyGoal",
    "performance.AnnualTask",
    "performance.OverallIndicator",
    "performance.ProjectGoal",
    "performance.GoalStatement",
    "performance.Indicator",
)
FIGURES = (
    "budgets.UnitProfile",
    "budgets.Project",
    "budgets.RevenueLine",
    "budgets.ExpenditureLine",
    "budgets.CarryForward",
    "budgets.ThreePublicCost",
    "budgets.ProcurementItem",
    "budgets.AssetHolding",
    "budgets.PreviousFigure",
    "budgets.ControlFigure",
    "budgets.Withholding",
)
RECORDS = (
    "disclosure.Edition",
    "disclosure.ArchivedDisclosure",
    "disclosure.Attachment",
    "disclosure.ImportRun",
    "disclosure.Comment",
    "disclosure.Transition",
    "disclosure.EditionSignOff",
    "disclosure.EditionEvidence",
    "disclosure.EditionManifest",
    "disclosure.LedgerEntry",
    "disclosure.WithdrawnFile",
    "disclosure.UrgentPublication",
    "disclosure.AuditResult",
    "disclosure.Explanation",
    "disclosure.Waiver",
    "disclosure.Contribution",
    "disclosure.CarriedRow",
    "disclosure.Exemption",
    "budgets.AuditTrail",
)
TEXTS = ("disclosure.Narrative", "disclosure.GlossaryTerm", "disclosure.EmptyTable")
SECTIONS = (
    ("年度填报", "yearly", ("disclosure.Disclosure", "budgets.Budget", *FIGURES)),
    ("绩效目标", "goals", GOALS),
    ("文字和空表", "texts", TEXTS),
    ("公开和办理记录", "records", RECORDS),
)
"""The first page: its sections in the order of daily work; what is in none of them comes last."""

PANELS: list[Callable[[HttpRequest], dict[str, Any]]] = []
"""What packages above show on the first page, above the lists: each a context that names its ``template``."""


class DeskSite(AdminSite):
    """The clerks' and supervisors' side."""

    site_header = "部门预算填报"
    site_title = "部门预算填报"
    index_title = "工作台"
    enable_nav_sidebar = False
    site_url = None
    empty_value_display = "—"
    index_template = "admin/desk.html"
    login_form = SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever is active and holds a post; rights on rows are decided row by row."""
        user = request.user
        return user.is_active and user.is_staff

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:  # noqa: FBT001, FBT002
        """Keep what a form brings after its session has ended; forget it once the form is sent again."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            typed = resuming.waiting(request)
            if request.method == "POST" and not request.user.is_authenticated:
                resuming.keep(request)
            elif typed and resuming.KEPT in request.GET:
                resuming.drop(request)
                return HttpResponseRedirect(typed.path)
            elif typed and request.method == "POST" and typed.path == request.get_full_path():
                resuming.drop(request)
            return inner(request, *args, **kwargs)

        return answered

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Say on every page what waits to be filled in again."""
        typed = resuming.waiting(request)
        here = typed is not None and typed.path == request.get_full_path()
        told = {"typed": typed, "typed_here": here, "typed_back": getattr(request, "resumed", False)}
        return {**super().each_context(request), **told}

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the second factor and of one's own sessions."""
        from budgets.admin.own_sessions import own_sessions
        from budgets.admin.second import second

        own = [
            path("second/", self.admin_view(second), name="second"),
            path("sessions/", self.admin_view(own_sessions), name="own_sessions"),
        ]
        return [*own, *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign somebody in; guesses at one name are judged one after the other."""
        if request.method != "POST":
            return super().login(request, extra_context)
        with locking.one_at_a_time(request.POST.get("username", "")):
            return super().login(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Let people change their own password; the trail says that they did."""
        with transaction.atomic():
            before = edits.stored(request.user)
            response = super().password_change(request, extra_context)
            after = edits.stored(request.user)
            if changes := edits.compared(before, after):
                edits.write([edits.Edit("change", after, changes)], by=request.user)
                steps.done(request.session, steps.PASSWORD)
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show what waits for whoever is signed in, then the lists (see ``PANELS``)."""
        panels = [panel(request) for panel in PANELS]
        listed = {"panels": panels, "app_list": _sections(self.get_app_list(request))}
        return super().index(request, {**listed, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Offer codes with the names of what they belong to."""
        return Picker.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """List models in the order of a clerk's work."""
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: APPS.index(app["app_label"]) if app["app_label"] in APPS else len(APPS))
        for app in apps:
            app["models"].sort(key=lambda listed: _place(listed["model"]._meta.label))
        return apps


def _sections(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the year's work first, then its records, then lists and settings; what is empty is left out."""
    listed = {model["model"]._meta.label: model for app in apps for model in app["models"]}
    named = [
        (title, key, [listed.pop(label) for label in labels if label in listed]) for title, key, labels in SECTIONS
    ]
    named.append(("名录和设置", "lists", list(listed.values())))
    return [{"name": title, "app_label": key, "models": models} for title, key, models in named if models]


def _place(label: str) -> int:
    return ORDER.index(label) if label in ORDER else len(ORDER)
