"""What people see when a page cannot be had: what happened, and the way out."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from budgets import resuming
from disclosure.models import Edition, FileDamagedError
from portal.publication import Publication


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
    """Say that something broke, without telling what."""
    return render(request, "portal/failed.html", status=500)


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
