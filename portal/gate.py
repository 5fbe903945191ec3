"""The clerks' side is there for the networks of the office only: for all others it does not exist."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from budgets.addresses import address_of, within
from portal.policy import at_the_desk
from portal.views.problems import not_found

logger = logging.getLogger(__name__)


class DeskGate:
    """Middleware: addresses outside ``DESK_NETWORKS`` find nothing at the desk (404); no networks, no gate."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that there is nothing."""
        if not settings.DESK_NETWORKS or not at_the_desk(request):
            return self.get_response(request)
        if within(address_of(request), settings.DESK_NETWORKS):
            return self.get_response(request)
        logger.warning("后台不对这个地址开放：%s，%r", address_of(request), request.path_info)
        return not_found(request, LookupError())
