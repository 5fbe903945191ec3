"""操作手册 at the desk: the steps of a year, with pictures that the tests take of the very pages."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Show the manual to whoever is signed in."""
    return render(request, "admin/manual/page.html", {**admin.site.each_context(request), "title": "操作手册"})
