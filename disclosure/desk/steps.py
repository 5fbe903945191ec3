"""办理: the way of one disclosure from draft to edition, and every act on it, each for whoever may take it now."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from budgets.resuming import resume
from disclosure.desk.anchoring import Places
from disclosure.desk.asking import ActForm, typed
from disclosure.desk.offers import FORMS, offers
from disclosure.desk.remarkforms import PLACES, AnswerForm, RemarkForm
from disclosure.desk.remarking import Remarked, remarked
from disclosure.desk.standing import Standing
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from disclosure.workflow.people import holds
from disclosure.workflow.remarks import WORKING

POSTED: dict[str, Any] = {**{form.key: form for form in FORMS}, RemarkForm.key: RemarkForm, AnswerForm.key: AnswerForm}


class StepsPages:
    """The page of a disclosure's steps."""

    admin_site: Any
    seen: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        own = path("<int:pk>/steps/", self.admin_site.admin_view(self.steps), name="disclosure_steps")
        return [own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how it stands; take one act, and say what became of it."""
        disclosure: Disclosure = self.seen(request, pk)
        back = resume(request)
        if request.method != "POST":
            return self._steps(request, disclosure)
        form = _posted(request, disclosure)
        if back:
            form.add_error(None, back)
        if not form.is_valid():
            return self._steps(request, self.seen(request, pk), form)
        try:
            if isinstance(form, ActForm):
                form.unchanged()
            form.take(request.user)
        except RefusalError as refusal:
            form.add_error(None, str(refusal))
            return self._steps(request, self.seen(request, pk), form)
        fresh: Disclosure = self.seen(request, pk)
        messages.success(request, f"“{form.button}”已办理。现在是“{fresh.get_status_display()}”。")
        return HttpResponseRedirect(_back(request) or reverse("admin:disclosure_steps", args=[pk]))

    def _steps(self, request: HttpRequest, disclosure: Disclosure, posted: Any = None) -> HttpResponse:
        standing = Standing(disclosure)
        offered = offers(standing, request.user, posted)
        works = holds(request.user, disclosure, WORKING)
        remark = posted if isinstance(posted, RemarkForm) else RemarkForm(disclosure)
        remarks = _remarks(standing, posted, request.user)
        answers = (one.form for one in remarks)
        shown = [*(one.form for one in offered if not one.why_not), *answers, *([remark] * works)]
        context = {
            **self.admin_site.each_context(request),
            "disclosure": disclosure,
            "title": "办理",
            "standing": standing,
            "offers": offered,
            "works": works,
            "remark": remark,
            "remarks": remarks,
            "places": PLACES,
            "posted": posted,
            "lost": _lost(shown, posted),
        }
        return render(
            request,
            "admin/steps/page.html",
            context,
            status=400 if posted and not getattr(request, "resumed", False) else 200,
        )


def _posted(request: HttpRequest, disclosure: Disclosure) -> Any:
    """Return the form of the button that was pressed."""
    form = POSTED.get(request.POST.get("act", ""))
    if form is None:
        raise Http404
    return form(disclosure, data=request.POST)


def _back(request: HttpRequest) -> str:
    """Return the page of this site on which somebody answered a remark; blank where it was this one."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


def _remarks(standing: Standing, posted: Any, by: Any) -> list[Remarked]:
    """Return each remark with its place and its form; the form that was not taken as it was typed."""
    found = remarked(standing.disclosure, standing.comments, by, Places(standing.disclosure, by), "")
    own = posted if isinstance(posted, AnswerForm) else None
    asked = own.data.get("comment") if own else None
    return [one._replace(form=own) if own and one.form and str(one.row.pk) == asked else one for one in found]


def _lost(shown: list[Any], posted: Any) -> list[tuple[str, str]]:
    """Return what was typed into a form that the page does not show any more."""
    return [] if posted is None or any(form is posted for form in shown) else typed(posted)
