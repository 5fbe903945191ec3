"""The public catalogue of the audit's rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.audit.rulebook import CHECKLIST, families


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every rule by family, and which rule carries what of the statutory checklist."""
    found = families()
    context = {"families": found, "total": sum(len(family.rules) for family in found), "checklist": CHECKLIST}
    return render(request, "portal/rules.html", context)
