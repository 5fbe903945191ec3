"""Accounts that nobody has used for a long time: refused at sign-in, and suspended by a command (等保: 过期账户)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from budgets import edits, passwords
from budgets.accounts import sign_out_everywhere
from budgets.enums import Role
from budgets.models import AuditTrail, Membership


def last_used(user: Any) -> datetime:
    """Return when an account was last used, or made ready for use: made, or given a new password."""
    record = passwords.present(user)
    known = (user.last_login, user.date_joined, record.at if record else None)
    return max(one for one in known if one is not None)


def idle(user: Any) -> bool:
    """Tell whether an account has not been used for too long."""
    days = settings.ACCOUNT_IDLE_DAYS
    return bool(days) and timezone.now() - last_used(user) > timedelta(days=days)


def idle_accounts() -> list[Any]:
    """List the idle accounts that can be suspended: never the last system administrators who could undo it."""
    active = get_user_model().objects.filter(is_active=True).order_by("username")
    found = [user for user in active if idle(user)]
    posts = Membership.objects.in_force().filter(role=Role.SYSTEM_ADMINISTRATOR, user__is_active=True)
    administrators = set(posts.values_list("user", flat=True))
    if administrators <= {user.pk for user in found}:
        found = [user for user in found if user.pk not in administrators]
    return found


def suspend(user: Any) -> None:
    """Disable an idle account until a system administrator opens it again; its posts stay."""
    with transaction.atomic():
        locked = get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        if not (locked.is_active and idle(locked)):
            return
        locked.is_active = False
        locked.set_unusable_password()
        locked.save(update_fields=["is_active", "password"])
        sign_out_everywhere(locked)
        detail = {"days": settings.ACCOUNT_IDLE_DAYS}
        AuditTrail.append(
            "suspend_account", edits.target_of(locked), by=None, subject=edits.subject_of(locked), **detail
        )
