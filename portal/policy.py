"""What every answer tells the browser: what it may load and do, who may frame it, and what it may keep."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from portal.hardening import DIRECTIVES

OF_PDF = {name: DIRECTIVES[name] for name in ("frame-ancestors", "form-action", "base-uri")}
"""A PDF loads nothing of ours; the viewers of browsers, being pages themselves, stumble over the rest."""
NOT_ASKED_FOR = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial"),
    *("usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_ASKED_FOR)
FRAME = "X-Frame-Options"
SIGN_OUT = "admin:logout"


def at_the_desk(request: HttpRequest) -> bool:
    """Tell whether a request is for the clerks' side."""
    return request.path_info.startswith(f"/{settings.DESK_PATH}")


class Policy(CSPMiddleware):
    """Middleware: the content security policy, and the headers that go with it, on every answer."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 the library's signature
    ) -> PolicyParts:
        """Say what this answer allows: the desk shows its own preview in a frame, a county's portal the public side."""
        parts = super().get_policy_parts(request, response, report_only)
        if _kind(response) == "application/pdf":
            parts.config = OF_PDF
        replaced: dict[str, Any] = {"frame-ancestors": _framers(request, response)}
        if at_the_desk(request):
            replaced["frame-src"] = ["'self'"]
        parts.replace = {**replaced, **(parts.replace or {})}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the headers."""
        response = super().process_response(request, response)
        if settings.FRAME_ANCESTORS and not at_the_desk(request):
            response.headers.pop(FRAME, None)  # it knows no list of websites; frame-ancestors does
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", _takers(request, response))
        if at_the_desk(request):
            patch_cache_control(response, no_store=True, private=True)
        if _signs_out(request):
            response.headers["Clear-Site-Data"] = '"storage"'
        return response


def _kind(response: HttpResponseBase) -> str:
    return response.get("Content-Type", "").partition(";")[0].strip().lower()


def _framers(request: HttpRequest, response: HttpResponseBase) -> list[str]:
    """List who may show this answer in a frame."""
    if not at_the_desk(request) and settings.FRAME_ANCESTORS:
        return ["'self'", *settings.FRAME_ANCESTORS]
    return ["'self'"] if response.get(FRAME) == "SAMEORIGIN" else ["'none'"]


def _takers(request: HttpRequest, response: HttpResponseBase) -> str:
    """Say who may load this answer into a page: public data and files are for everyone."""
    public = not at_the_desk(request) and _kind(response) != "text/html"
    return "cross-origin" if public else "same-origin"


def _signs_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name == SIGN_OUT
