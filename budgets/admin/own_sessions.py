"""The page on which somebody sees where they are signed in, and ends the rest after giving their password again."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from budgets.accounts import end_other_sessions, places_of
from budgets.admin.proving import proven
from budgets.second_factor import device_of
from budgets.sessions import BEGAN, SEEN


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List the places where one is signed in; by POST, with the password, end all but this one."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            user = proven(request, "没有结束其他登录")
            told = {"ended": end_other_sessions(user, keep=request.session.session_key)}
        except ValidationError as error:
            told = {"problem": "".join(error.messages)}
    here = request.session.session_key
    places = [_place(kept, here=key == here) for key, kept in places_of(request.user)]
    context = {**admin.site.each_context(request), "title": "我的登录", "places": places, **told}
    return render(request, "admin/own_sessions.html", {**context, "device": device_of(request.user)})


def _place(kept: dict[str, Any], *, here: bool) -> dict[str, Any]:
    moments = {name: datetime.fromtimestamp(kept.get(name, 0), UTC) for name in (BEGAN, SEEN)}
    return {**moments, "here": here, "address": kept.get("address", "")}
