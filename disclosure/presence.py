"""Who else is at work on a draft: noted when a page is opened or saved, forgotten after some minutes."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from disclosure.models import Disclosure, Presence
from disclosure.signatures import name_of

LASTING = timedelta(minutes=10)
"""How long somebody counts as being there."""
MINUTE = timedelta(minutes=1)


class Other(NamedTuple):
    """Somebody else, where they were last, and how many minutes ago."""

    name: str
    place: str
    minutes: int


def arrive(disclosure: Disclosure, place: str, *, by: Any) -> None:
    """Note that somebody is at a place of a draft now, in one statement."""
    row = Presence(disclosure=disclosure, user=by, place=place, at=timezone.now())
    Presence.objects.bulk_create(
        [row], update_conflicts=True, update_fields=["at"], unique_fields=["disclosure", "user", "place"]
    )


def others(disclosure: Disclosure, place: str | None = None, *, than: Any) -> list[Other]:
    """Return who else is there, the latest first and each once; ``place``: only those who are at it, None: anywhere."""
    now = timezone.now()
    found = Presence.objects.filter(disclosure=disclosure, at__gt=now - LASTING).exclude(user=than)
    if place is not None:
        found = found.filter(place=place)
    latest: dict[int, Presence] = {}
    for row in found.select_related("user").order_by("-at"):
        latest.setdefault(row.user_id, row)
    return [Other(name_of(row.user), row.place, _minutes(row.at, now)) for row in latest.values()]


def _minutes(then: datetime, now: datetime) -> int:
    return max(0, (now - then) // MINUTE)
