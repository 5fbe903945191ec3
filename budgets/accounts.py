"""Accounts of people who leave, and who come back: closed and opened again with a reason, never deleted."""

from typing import Any

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from budgets import edits
from budgets.access import reaches
from budgets.models import AuditTrail


def close_account(user: Any, *, by: Any, reason: str) -> None:
    """End an account: nobody signs in with it, its sessions and posts end; its name stays in every record.

    Raises ValidationError with a sentence where that cannot be.
    """
    reason = _given(user, by, reason, "停用")
    if user.pk == by.pk:
        raise ValidationError("不能停用自己的账号，请由另一名系统管理员停用。")
    with transaction.atomic():
        locked = get_user_model().objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            raise ValidationError(f"账号“{locked}”已经停用。")
        locked.is_active = False
        locked.set_unusable_password()
        locked.save(update_fields=["is_active", "password"])
        posts = _end_posts(locked, by)
        sign_out_everywhere(locked)
        _record("close_account", locked, by, reason=reason, posts=posts)


def reopen_account(user: Any, *, by: Any, reason: str) -> None:
    """Let a closed account be used again: without a password and without posts, which others give anew."""
    reason = _given(user, by, reason, "恢复")
    with transaction.atomic():
        locked = get_user_model().objects.select_for_update().get(pk=user.pk)
        if locked.is_active:
            raise ValidationError(f"账号“{locked}”没有停用，不需要恢复。")
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        _record("reopen_account", locked, by, reason=reason)


def end_sessions(user: Any, *, by: Any) -> int:
    """Sign an account out wherever it is signed in, and return at how many places.

    Raises ValidationError with a sentence where that is not for ``by`` to do.
    """
    if not reaches(by, user, "change"):
        raise ValidationError(f"用户“{by}”不能结束别人的登录，请由系统管理员办理。")
    with transaction.atomic():
        places = sign_out_everywhere(user)
        _record("end_sessions", user, by, places=places)
    return places


def sessions_of(user: Any) -> list[str]:
    """List the keys of the sessions in which an account is signed in now."""
    return [key for key, _ in places_of(user)]


def places_of(user: Any) -> list[tuple[str, dict[str, Any]]]:
    """List the sessions in which an account is signed in now, each with what it keeps, the oldest first."""
    sessions = Session.objects.filter(expire_date__gt=timezone.now()).order_by("expire_date")
    kept = ((one.pk, one.get_decoded()) for one in sessions.iterator())
    return [(key, own) for key, own in kept if own.get(SESSION_KEY) == str(user.pk)]


def end_other_sessions(user: Any, *, keep: str) -> int:
    """Sign somebody out everywhere but in one session, and return at how many places."""
    with transaction.atomic():
        others = [key for key in sessions_of(user) if key != keep]
        Session.objects.filter(pk__in=others).delete()
        _record("end_sessions", user, user, places=len(others))
    return len(others)


def sign_out_everywhere(user: Any) -> int:
    """Delete an account's sessions, and return how many there were."""
    keys = sessions_of(user)
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def _given(user: Any, by: Any, reason: str, act: str) -> str:
    if not reaches(by, user, "change"):
        raise ValidationError(f"用户“{by}”不能{act}账号，请由系统管理员办理。")
    if not reason.strip():
        raise ValidationError(f"请填写{act}账号的理由。")
    return reason.strip()


def _end_posts(user: Any, by: Any) -> list[str]:
    """End what the account may do, and say what that was."""
    ended = []
    for post in user.memberships.select_for_update().filter(closed_on=None):
        post.closed_on = timezone.localdate()
        post.save(update_fields=["closed_on"])
        edits.tell([post], by=by)
        ended.append(f"{post.pk} {post.get_role_display()}")
    return ended


def _record(act: str, user: Any, by: Any, **detail: Any) -> None:
    AuditTrail.append(act, edits.target_of(user), by=by, subject=edits.subject_of(user), **detail)
