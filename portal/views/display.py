"""Chooses how pages are shown."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.display import KEYS, MODES, keep
from portal.views.problems import revalidated


def choose(request: HttpRequest) -> HttpResponse:
    """Remember a choice and lead back to where it was made; without one, explain what there is to choose."""
    mode = KEYS.get(request.GET.get("mode", ""))
    if mode is None:
        return revalidated(render(request, "portal/display.html", {"modes": MODES}))
    back = request.GET.get("back", "")
    here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if here else reverse("home"))
    keep(response, mode)
    response["Cache-Control"] = "no-store"
    return response
