"""The two addresses that a supervisor asks: whether this process answers, and whether the site can do its work."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from budgets.addresses import address_of, within
from portal.health import healthy, look

SICK = 503


def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 Django's signature
    """Say that this process answers; it asks nobody else."""
    return _told("ok", 200)


def health(request: HttpRequest) -> HttpResponse:
    """Say whether the site can do its work; only the addresses of HEALTH_ALLOWED are told what was looked at."""
    if "live" in request.GET:
        return live(request)
    checks = look()
    good = healthy(checks)
    if not within(address_of(request), settings.HEALTH_ALLOWED):
        return _told("ok" if good else "不可用", 200 if good else SICK)
    details = {check.name: {"good": check.good, "said": check.said} for check in checks}
    said = {"status": "ok" if good else "不可用", "checks": details}
    answer = JsonResponse(said, status=200 if good else SICK, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


def _told(word: str, status: int) -> HttpResponse:
    answer = HttpResponse(word, content_type="text/plain; charset=utf-8", status=status)
    answer["Cache-Control"] = "no-store"
    return answer
