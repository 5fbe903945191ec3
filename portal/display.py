"""How large and how plain a reader wants the pages: kept in a cookie, drawn by the server, no script needed."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COOKIE = f"{settings.COOKIE_PREFIX}display"
LASTS = 365 * 24 * 3600
"""Seconds for which a browser keeps the choice."""


class Mode(NamedTuple):
    """A way of showing pages: its key (a class of the page), its name, what it does, and whether type is larger."""

    key: str
    label: str
    note: str
    larger: bool = True


MODES = (
    Mode("standard", "标准", "平常的字号，跟随系统的明暗。", larger=False),
    Mode("large", "大字", "字号放大四分之一。"),
    Mode("elder", "长辈版", "字号放大一半，黑字白底，按钮和链接更大，内容一点不少。"),
)
STANDARD = MODES[0]
KEYS = {mode.key: mode for mode in MODES}


def mode_of(request: HttpRequest) -> Mode:
    """Return what the reader chose, the standard where nothing known was chosen."""
    return KEYS.get(request.COOKIES.get(COOKIE, ""), STANDARD)


def keep(response: HttpResponse, mode: Mode) -> None:
    """Have the reader's browser remember a choice."""
    response.set_cookie(
        COOKIE,
        mode.key,
        max_age=LASTS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


class Varied:
    """Middleware: caches are told that a page is drawn as its reader's cookie says, and to ask whether it still stands.

    What was published may be corrected or withdrawn at any moment; a view that knows better says so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        if not request.path_info.startswith(f"/{settings.DESK_PATH}"):
            response.setdefault("Cache-Control", "no-cache")
        return response
