"""What people see when a page cannot be had: what happened, and the way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Say that there is nothing here."""
    return render(request, "portal/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Say that the request makes no sense."""
    return render(request, "portal/bad_request.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without telling what."""
    return render(request, "portal/failed.html", status=500)


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
