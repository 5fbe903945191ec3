"""Who stays signed in at the desk, and who still has something to do before it opens."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from budgets import sessions, steps
from budgets.addresses import address_of
from budgets.models import AuditTrail
from portal.policy import at_the_desk

logger = logging.getLogger(__name__)
FORBIDDEN = 403


class Staying:
    """Middleware: a sign-in that is over ends before anything is done with it; what was typed is kept (resuming).

    Stands after the user and the messages are known. Public pages never look at a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; note what the desk refused."""
        response = self.get_response(request)
        if response.status_code == FORBIDDEN and at_the_desk(request):
            asked = f"{request.method} {request.path_info!r}"
            logger.warning("后台拒绝了没有权限的操作：账号%s，%s，来源%s", request.user, asked, address_of(request))
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let whoever is still here and has done what comes first go on; a form was checked against forgery before."""
        if not at_the_desk(request) or not sessions.signed_in(request.session):
            return None
        if why := sessions.ended(request.session):
            return _end(request, why)
        if step := steps.pending(request.session):
            return _first(request, *step)
        return sessions.note(request.session)


def _first(request: HttpRequest, step: str, why: str) -> HttpResponse | None:
    """Let the page of a step that is due be answered; from everywhere else lead there, and say why."""
    page = steps.ADDRESSES[step]
    if request.resolver_match and request.resolver_match.view_name in {page, *steps.FREE}:
        return None
    if request.accepts("text/html"):
        messages.warning(request, why)
    return redirect_to_login(request.get_full_path(), reverse(page))


def _end(request: HttpRequest, why: str) -> None:
    """Sign somebody out, keep in the trail why, and have the sign-in page say so."""
    if request.user.is_authenticated:
        AuditTrail.append("time_out", str(request.user), by=request.user, reason=why)
    logout(request)
    if request.accepts("text/html"):
        messages.info(request, why)
