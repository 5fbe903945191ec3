"""The page of one's own notices, and how many of them are unread, for the head of every page of the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from disclosure.board.rights import looks_at_any
from disclosure.models import Notice
from disclosure.notices import mark_read

PER_PAGE = 30


class ReadForm(forms.Form):
    """Which notices have been read: one, or all up to one."""

    notice = forms.IntegerField(required=False, min_value=1)
    until = forms.IntegerField(required=False, min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show whoever is signed in their own notices and nobody else's; by POST, mark as read."""
    if request.method == "POST":
        form = ReadForm(request.POST)
        if form.is_valid():
            mark_read(request.user, **form.cleaned_data)
        return HttpResponseRedirect(reverse("notices"))
    own = Notice.objects.of(request.user)
    page = Paginator(own.unread_first().with_names(), PER_PAGE).get_page(request.GET.get("p"))
    newest = own.aggregate(newest=Max("pk"))["newest"]
    context = {**admin.site.each_context(request), "title": "通知", "page": page, "newest": newest}
    return render(request, "admin/notices.html", context)


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of one's own unread notices, and whether one sees a board; asked where printed."""
    return {
        "unread_notices": SimpleLazyObject(lambda: Notice.objects.of(request.user).unread().count()),
        "sees_board": SimpleLazyObject(lambda: looks_at_any(request.user)),
    }
