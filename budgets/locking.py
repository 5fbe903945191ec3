"""Names that are locked after wrong passwords: each at one address, so that nobody locks out a whole office.

django-axes counts; what is said of it, and kept of it, is ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from budgets import edits
from budgets.access import reaches
from budgets.addresses import address_of, household_of
from budgets.models.trail import AuditTrail

LONGEST_NAME = 150


def watch() -> None:
    """Listen."""
    user_locked_out.connect(locked_out, dispatch_uid="budgets.locking.locked_out")


def place_of(request: Any) -> str | None:
    """Return what wrong passwords are counted by beside the name: the address, or the network of an IPv6 address."""
    return household_of(address_of(request)).partition("/")[0] or None


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one guess at a name be judged and counted before the next; how many arrive at once does not matter."""
    with transaction.atomic():
        list(get_user_model().objects.select_for_update(no_key=True).filter(username=name).values_list("pk"))
        yield


def locked_out(*, request: Any, username: str, **_signal: Any) -> None:
    """Record that a lock begins; tries while it lasts are recorded as failed."""
    if request.axes_failures_since_start is None:
        return
    name, address = str(username or "")[:LONGEST_NAME], address_of(request)
    AuditTrail.append("lock_out", name, by=None, address=address, minutes=settings.LOCK_MINUTES)


def refusal(request: HttpRequest, _response: Any, credentials: dict[str, Any] | None) -> HttpResponse:
    """Say until when a name is locked, and who can unlock it (429)."""
    name = (credentials or {}).get("username")
    ends = _end_of(AccessAttempt.objects.filter(username=name, ip_address=place_of(request)))
    context = {"ends": ends, "failures": settings.LOCK_AFTER, "minutes": settings.LOCK_MINUTES}
    response = render(request, "admin/locked.html", context, status=429)
    response["Retry-After"] = str(max(1, int((ends - timezone.now()).total_seconds())))
    response["Cache-Control"] = "no-store"
    return response


def _end_of(attempts: Any) -> datetime:
    newest = attempts.aggregate(newest=Max("attempt_time"))["newest"] or timezone.now()
    return newest + timedelta(minutes=settings.LOCK_MINUTES)


def locks_of(user: Any) -> list[dict[str, Any]]:
    """List where an account is locked now: the address, how many wrong passwords, and until when."""
    since = timezone.now() - timedelta(minutes=settings.LOCK_MINUTES)
    counted = (
        AccessAttempt.objects.filter(username=user.get_username(), attempt_time__gte=since)
        .order_by()
        .values("ip_address")
        .annotate(failures=Sum("failures_since_start"), newest=Max("attempt_time"))
        .filter(failures__gte=settings.LOCK_AFTER)
        .order_by("ip_address")
    )
    return [{**one, "ends": one["newest"] + timedelta(minutes=settings.LOCK_MINUTES)} for one in counted]


def unlock(user: Any, *, by: Any) -> None:
    """Forget an account's wrong passwords, at every address.

    Raises ValidationError with a sentence where nothing is locked, or where that is not for ``by`` to do.
    """
    if not reaches(by, user, "change"):
        raise ValidationError(f"用户“{by}”不能解除锁定，请由系统管理员办理。")
    with transaction.atomic():
        locks = locks_of(user)
        if not locks:
            raise ValidationError(f"账号“{user}”现在没有锁定，不需要解除。")
        AccessAttempt.objects.filter(username=user.get_username()).delete()
        where = [one["ip_address"] for one in locks]
        AuditTrail.append("unlock", edits.target_of(user), by=by, subject=edits.subject_of(user), addresses=where)
