"""Telling people: what happened to a disclosure, and who has to know of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from budgets.models import Membership
from disclosure import mailing
from disclosure.models import Disclosure, Notice, NoticeKind


def notify(disclosure: Disclosure | None, kind: NoticeKind, text: str, *, to: Iterable[Any], key: str = "") -> None:
    """Store a notice for each person within the caller's transaction, and mail it after the commit.

    A mail that fails stops nobody; ``send_notices`` tries again. Whoever has a notice with the same ``key`` gets no
    second one; without a key it is told each time.
    """
    key = key or f"{kind}:{timezone.now().isoformat()}:{_name(disclosure)}"
    told = keep(disclosure, kind, text, to=to, key=key)
    if told:
        transaction.on_commit(lambda: _mail(key, told), robust=True)


def keep(disclosure: Disclosure | None, kind: NoticeKind, text: str, *, to: Iterable[Any], key: str) -> list[int]:
    """Store a notice for each person who has none with this key, mail nothing; return whom it is new to, as keys."""
    users = {user.pk for user in to}
    if not users:
        return []
    knowing = Notice.objects.filter(key=key, user__in=users).values_list("user_id", flat=True)
    told = sorted(users.difference(knowing))
    fresh = {"disclosure": disclosure, "kind": kind, "text": text, "key": key, "at": timezone.now()}
    Notice.objects.bulk_create([Notice(user_id=user, **fresh) for user in told], ignore_conflicts=True)
    return told


def _mail(key: str, users: list[int]) -> None:
    mailing.send(mailing.waiting().filter(key=key, user__in=users))


def _name(disclosure: Disclosure | None) -> str:
    return f"disclosure {disclosure.pk}" if disclosure else "general"


def holders(disclosure: Disclosure, role: str) -> list[Any]:
    """Return the active users who hold ``role`` nearest to ``disclosure``, in one query (see :func:`recipients`)."""
    return recipients(disclosure, role)


def recipients(disclosure: Disclosure, *roles: str) -> list[Any]:
    """Return the active users who hold any of ``roles`` nearest to ``disclosure``, each once, by name, in one query.

    Nearest: the unit's own people; where it has none in a role, the department's; where that has none, whoever holds
    the role for the whole government.
    """
    posts: dict[str, list[Membership]] = {}
    for post in _posts(disclosure).filter(role__in=roles):
        posts.setdefault(post.role, []).append(post)
    found = {}
    for held in posts.values():
        nearest = max(map(_nearness, held))
        found.update({post.user.pk: post.user for post in held if _nearness(post) == nearest})
    return sorted(found.values(), key=lambda user: user.username)


def _posts(disclosure: Disclosure) -> Any:
    """Return the posts that reach a disclosure, with their active users."""
    budget = disclosure.budget
    reach = Q(unit=None) & (Q(department=None) | Q(department=budget.department_id))
    if disclosure.unit_id:
        reach |= Q(unit=disclosure.unit_id)
    posts = Membership.objects.filter(reach, government=budget.fiscal_year.government_id, user__is_active=True)
    return posts.select_related("user")


def _nearness(post: Membership) -> int:
    return bool(post.department_id) + bool(post.unit_id)


def mark_read(user: Any, *, notice: int | None = None, until: int | None = None) -> int:
    """Mark one of the user's own notices as read, or all of them up to the one with key ``until``; return how many."""
    own = Notice.objects.of(user).unread()
    if notice is not None:
        own = own.filter(pk=notice)
    elif until is not None:
        own = own.filter(pk__lte=until)
    else:
        return 0
    return int(own.update(read_at=timezone.now()))
