"""What every answer of the API has in common: JSON, its methods, its problems (RFC 9457), and leave for other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.views.problems import revalidated

METHODS = ("GET", "HEAD", "OPTIONS")
PROBLEM = "application/problem+json"
JSON = "application/json"
NOT_FOUND = "没有这个地址，或没有公开过这个版次。可用的地址见 /api/v1/openapi.json 。"


class ProblemError(Exception):
    """A request that cannot be answered: its status, what is wrong with it, and the parameter that it is about."""

    def __init__(self, status: int, detail: str, parameter: str = "") -> None:
        super().__init__(detail)
        self.code, self.detail, self.parameter = status, detail, parameter


TITLES = {400: "参数有误", 404: "没有找到", 405: "只能读取", 410: "已经撤下", 429: "请求过于频繁"}


def endpoint(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Make a view of a function that returns what is to be said (anything msgspec encodes, or bytes of JSON)."""

    @csrf_exempt  # nothing is ever written here: another method is answered with 405
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        return _open_to_all(_answer(view, request, named))

    return answered


def _answer(view: Callable[..., Any], request: HttpRequest, named: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
    if request.method not in METHODS:
        refused = _problem(ProblemError(405, "这里的数据只能读取（GET）。"))
        refused["Allow"] = ", ".join(METHODS)
        return refused
    try:
        said = view(request, **named)
    except ProblemError as error:
        return _problem(error)
    except Http404:
        return _problem(ProblemError(404, NOT_FOUND))
    data = said if isinstance(said, bytes) else msgspec.json.encode(said)
    return revalidated(HttpResponse(data, content_type=JSON))


def _problem(error: ProblemError) -> HttpResponse:
    said: dict[str, Any] = {"type": "about:blank", "title": TITLES[error.code], "status": error.code}
    said["detail"] = error.detail
    if error.parameter:
        said["parameter"] = error.parameter
    response = HttpResponse(msgspec.json.encode(said), content_type=PROBLEM, status=error.code)
    response["Cache-Control"] = "no-store"
    return response


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    return response
