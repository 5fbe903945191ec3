"""What people see when a page cannot be had: what happened, and the way out."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse

from budgets import resuming
from disclosure.models import Edition, FileDamagedError
from portal import returning
from portal.outages import outage_of
from portal.publication import Publication

logger = logging.getLogger(__name__)


def withdrawn(request: HttpRequest, publication: Publication, edition: Edition) -> HttpResponse:
    """Say that an edition was withdrawn, when and why, and which others still stand (410, never stored)."""
    context = {"publication": publication, "edition": edition}
    response = render(request, "portal/withdrawn.html", context, status=410)
    response["Cache-Control"] = "no-store"
    return response


def revalidated(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer but ask each time whether it still stands: it may be corrected or withdrawn."""
    response["Cache-Control"] = "no-cache"
    return response


def kept_for_ever(response: HttpResponse) -> HttpResponse:
    """Let a reader's own browser keep a stored file of a numbered edition without asking: its bytes never change.

    Caches that serve others keep none of it: what is withdrawn must be gone there at once.
    """
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Say that there is nothing here."""
    return render(request, "portal/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Say that the request makes no sense."""
    return render(request, "portal/bad_request.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without telling what; where it is an outage, which (503), and give back what was typed.

    The page of an outage needs no database. Where even the usual page cannot be drawn, the same plain one serves.
    """
    number = getattr(request, "number", "")
    if outage := outage_of(sys.exc_info()[1]):
        return _plain(request, {"title": outage.title, "said": outage.said, "number": number}, status=503)
    try:
        return render(request, "portal/failed.html", {"number": number}, status=500)
    except Exception:
        logger.exception("the page that says so could not be drawn either")
        context = {"title": "页面暂时不能显示", "said": "系统出现了问题，已经记录。请稍后再试。", "number": number}
        return _plain(request, context, status=500)


def _plain(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """Draw the page that needs nothing, with what was typed into a form of ours."""
    known = {"home": get_script_prefix(), "styles": _styles(), **returning.unsaved(request)}
    page = render_to_string("portal/unavailable.html", {**context, **known})
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:  # noqa: PLR2004 the status that promises a return
        response["Retry-After"] = "60"
    return response


def _styles() -> list[str]:
    """Return the addresses of the style sheets; none where the static files were never collected."""
    try:
        return [static(f"css/{name}.css") for name in ("tokens", "base", "components")]
    except ValueError:
        return []


def outdated(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 Django's signature
    """Take nothing from a form that was drawn before its reader signed in again, but bring back what was typed."""
    if not request.path_info.startswith(f"/{settings.DESK_PATH}") or not resuming.keep(request):
        return render(request, "portal/outdated.html", status=403)
    here = request.get_full_path()
    if request.user.is_authenticated:
        return HttpResponseRedirect(here)
    return redirect_to_login(here, reverse("admin:login"))


class DamagedFiles:
    """Middleware: a stored file that is missing or altered is refused with a sentence, never served (503)."""

    def __init__(self, get_response) -> None:  # noqa: ANN001 Django's callable
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn FileDamagedError into a page."""
        if isinstance(error, FileDamagedError):
            return render(request, "portal/damaged.html", {"message": str(error)}, status=503)
        return None
