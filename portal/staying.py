"""Who stays signed in at the desk."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from budgets import sessions
from budgets.models import AuditTrail
from portal.policy import at_the_desk


class Staying:
    """Middleware: a sign-in that is over ends before anything is done with it; what was typed is kept (resuming).

    Stands after the user and the messages are known. Public pages never look at a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer whoever is still here."""
        if at_the_desk(request) and sessions.signed_in(request.session):
            if why := sessions.ended(request.session):
                _end(request, why)
            else:
                sessions.note(request.session)
        return self.get_response(request)


def _end(request: HttpRequest, why: str) -> None:
    """Sign somebody out, keep in the trail why, and have the sign-in page say so."""
    if request.user.is_authenticated:
        AuditTrail.append("time_out", str(request.user), by=request.user, reason=why)
    logout(request)
    if request.accepts("text/html"):
        messages.info(request, why)
