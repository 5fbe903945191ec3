"""The terms that published budgets explain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.terms import READ, terms
from portal.views.problems import revalidated


def page(request: HttpRequest) -> HttpResponse:
    """Show every term with its explanations and the departments that give them."""
    return revalidated(render(request, "portal/glossary.html", {"terms": terms(), "most": READ}))
