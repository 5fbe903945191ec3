"""目录: what is published, for readers without scripts, and for the site that is written as files."""

import re

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.catalogue import index, publishing, shelves
from portal.views.problems import revalidated

CODE = re.compile(r"[0-9]{6}")


def page(request: HttpRequest) -> HttpResponse:
    """List everything, or a government's; where scripts run, a box finds names, codes and terms in it."""
    government = _asked(request)
    found = shelves(government)
    context = {"shelves": found, "government": government, "publishing": publishing() if found is None else None}
    return revalidated(render(request, "portal/contents.html", context))


def _asked(request: HttpRequest) -> str:
    """Return the code of the government that is asked for; blank where none is."""
    code = request.GET.get("government", "")
    return code if CODE.fullmatch(code) else ""


def search_index(request: HttpRequest) -> HttpResponse:
    """Give out the index: addresses are relative to the root of the site."""
    root = reverse("home")
    rows = [[*one[:-1], one.address.removeprefix(root)] for one in index(_asked(request))]
    return revalidated(HttpResponse(msgspec.json.encode(rows), content_type="application/json"))
