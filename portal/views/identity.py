"""The website's emblem."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from budgets.emblems import FOLDER


def emblem(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001 Django's signature
    """Send an emblem; its name is the hash of what it shows, so it may be kept for ever."""
    try:
        picture = default_storage.open(f"{FOLDER}/{name}")
    except FileNotFoundError as error:
        raise Http404 from error
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(picture, content_type="image/png", headers=kept)
