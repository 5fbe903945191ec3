"""Files handed out, under names that no browser misreads; the trail says who took a draft away."""

from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from budgets.models import AuditTrail
from disclosure.filetypes import plain_name
from disclosure.models import Disclosure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANY = "application/octet-stream"


def attachment(data: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """Hand out a file to be saved, never shown (RFC 6266, UTF-8 name)."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, plain_name(name))  # noqa: FBT003 Django's own
    response["X-Content-Type-Options"] = "nosniff"
    return response


def stem(name: str) -> str:
    """Return a file's name without its end."""
    return PurePath(name).stem


def record_export(disclosure: Disclosure, name: str, *, by: Any) -> None:
    """Keep in the trail that somebody took a file of a draft."""
    AuditTrail.append("export", str(disclosure), by=by, subject=f"disclosure:{disclosure.pk}", file=name)
