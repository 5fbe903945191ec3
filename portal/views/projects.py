"""A project's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from budgets.models import Government
from portal.projects import ProjectPage
from portal.views.problems import revalidated


def page(request: HttpRequest, government: str, code: str) -> HttpResponse:
    """Show a project; raise Http404 where no published document names it, secret ones included."""
    found = get_object_or_404(Government, code=government)
    project = ProjectPage.of(found, code)
    if project is None:
        raise Http404
    return revalidated(render(request, "portal/project.html", {"government": found, "page": project}))
