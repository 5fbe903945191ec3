"""How often one address may ask for what costs work: a bucket of tokens each, in memory, for each process."""

import logging
import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budgets.addresses import address_of, household_of
from portal.logs import MARK

logger = logging.getLogger(__name__)
MINUTE = 60
LARGEST = 10_000
"""How many addresses are remembered for one sort of request; whoever was heard of longest ago is forgotten first."""
PROBLEM = "application/problem+json"


class Sort(NamedTuple):
    """A sort of request that costs work: its key in ``settings.RATES``, and the paths and methods it is known by."""

    key: str
    path: re.Pattern[str]
    methods: frozenset[str]


READING = frozenset({"GET", "HEAD", "POST"})
SORTS = (
    Sort("sign_in", re.compile(rf"/{settings.DESK_PATH}(?:login|second)/"), frozenset({"POST"})),
    Sort("search", re.compile(r"/search/"), READING),
    Sort("verify", re.compile(r"/verify/"), READING),
    Sort("api", re.compile(r"/api/"), READING),
    Sort("downloads", re.compile(r"/data/[0-9]{6}/"), READING),
)


class Buckets:
    """The buckets of one sort: each holds as many tokens as are allowed in a minute, and fills up evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, whose: str, rate: int) -> int:
        """Take a token and return 0; where none is left, return after how many seconds there is one."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(whose, (float(rate), now))
            left = min(float(rate), left + (now - since) * rate / MINUTE)
            wait = 0 if left >= 1 else math.ceil((1 - left) * MINUTE / rate)
            self._left[whose] = (left if wait else left - 1, now)
            if len(self._left) > LARGEST:
                self._left.popitem(last=False)
        return wait


class RateLimits:
    """Middleware: who asks too often is told when to come back (429); ``RATE_LIMITS=no`` switches it off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.buckets = {sort.key: Buckets() for sort in SORTS}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        limited = settings.RATE_LIMITS and MARK not in request.META  # writing the site as files asks for everything
        sort = sort_of(request) if limited else None
        rate = settings.RATES[sort.key] if sort else 0
        if sort is None or not rate:
            return self.get_response(request)
        whose = household_of(address_of(request))
        if wait := self.buckets[sort.key].take(whose, rate):
            logger.warning("请求过于频繁：%s，%s", whose, sort.key)
            return refusal(request, sort, wait)
        return self.get_response(request)


def sort_of(request: HttpRequest) -> Sort | None:
    """Say what sort of costly request this is; None for all others."""
    fitting = (one for one in SORTS if request.method in one.methods and one.path.match(request.path_info))
    return next(fitting, None)


def refusal(request: HttpRequest, sort: Sort, wait: int) -> HttpResponse:
    """Say when to come back: to people by a page, to programs by a problem (RFC 9457)."""
    if sort.key == "api" or not request.accepts("text/html"):
        detail = f"请求过于频繁，请在{wait}秒后再试（见 Retry-After）。需要大量数据时，请下载 /data/ 的数据包。"
        said = {"type": "about:blank", "title": "请求过于频繁", "status": 429, "detail": detail}
        response = HttpResponse(msgspec.json.encode(said), content_type=PROBLEM, status=429)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Retry-After"
    else:
        response = render(request, "portal/too_many.html", {"wait": wait, "sort": sort.key}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response
