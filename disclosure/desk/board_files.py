"""补齐文件 on the board: one edition's missing files, drawn while somebody waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from disclosure.board.completing import complete as complete_edition
from disclosure.board.records import of_year
from disclosure.desk.board import year_of
from disclosure.models import Edition
from disclosure.refusal import RefusalError


@require_POST
def complete(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Draw, say what came of it, and show the board as it was filtered."""
    year = year_of(request, pk)
    followed = Edition.objects.select_related("disclosure__budget__fiscal_year", "disclosure__budget__department")
    found = get_object_or_404(followed.filter(disclosure__in=of_year(year)), pk=edition)
    try:
        messages.success(request, complete_edition(found, by=request.user))
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("board", args=[year.pk]) + (f"?{query}" if query else ""))
