"""The website's emblem."""

from django.http import Http404, HttpRequest, HttpResponse

from budgets import emblems


def emblem(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Send an emblem; its name is the hash of what it shows, so it may be kept for ever."""
    try:
        picture = emblems.read(name)
    except FileNotFoundError as error:
        raise Http404 from error
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=kept)
