"""目录: what is published, for readers without scripts, and for the site that is written as files."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.catalogue import index, shelves
from portal.views.problems import revalidated


def page(request: HttpRequest) -> HttpResponse:
    """List everything; where scripts run, a box finds names, codes and terms in it."""
    return revalidated(render(request, "portal/contents.html", {"shelves": shelves()}))


def search_index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out the index: addresses are relative to the root of the site."""
    root = reverse("home")
    rows = [[*one[:-1], one.address.removeprefix(root)] for one in index()]
    return revalidated(HttpResponse(msgspec.json.encode(rows), content_type="application/json"))
