"""The pages of the second factor: setting it up, and giving it at sign-in."""

from typing import Any

import segno
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from budgets import second_factor, steps
from budgets.admin.proving import proven


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Set a telephone up where there is none; ask for its code where a sign-in waits for it; else say how it stands."""
    if second_factor.device_of(request.user) is None:
        return _set_up(request)
    if steps.waits_for(request.session, steps.SECOND):
        return _ask(request)
    return _page(request, "admin/second/state.html", left=second_factor.spare_codes_left(request.user))


def _set_up(request: HttpRequest) -> HttpResponse:
    """Set a telephone up; who does so unasked, some time after signing in, gives the password again."""
    problem, asks = "", not steps.waits_for(request.session, steps.SECOND)
    if request.method == "POST":
        try:
            if asks:
                proven(request, "没有设置动态口令")
            codes = second_factor.confirm(request.user, request.POST.get("one_time_password", ""))
        except ValidationError as error:
            problem = "".join(error.messages)
        else:
            _passed(request)
            return _page(request, "admin/second/spare.html", codes=codes, onward=_onward(request))
    device = second_factor.begin_set_up(request.user)
    picture = segno.make(device.config_url, micro=False, error="l")
    drawn = mark_safe(picture.svg_inline(omitsize=True, light="#fff", title="动态口令的二维码"))  # noqa: S308 drawn by segno
    key = device.config_url.partition("secret=")[2].partition("&")[0]
    return _page(request, "admin/second/set_up.html", picture=drawn, key=key, problem=problem, asks_password=asks)


def _ask(request: HttpRequest) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            second_factor.verify(request.user, request.POST.get("one_time_password", ""))
        except ValidationError as error:
            problem = "".join(error.messages)
        else:
            _passed(request)
            return HttpResponseRedirect(_onward(request))
    return _page(request, "admin/second/ask.html", problem=problem)


def _passed(request: HttpRequest) -> None:
    """Let the sign-in go on, under a new session key."""
    steps.done(request.session, steps.SECOND)
    request.session.cycle_key()


def _onward(request: HttpRequest) -> str:
    """Return where somebody wanted to go; never to another website."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("admin:index")


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    common = {**admin.site.each_context(request), "title": second_factor.NAME}
    return render(request, template, {**common, **context})
