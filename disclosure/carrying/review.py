"""Somebody has looked at what was carried over and stands by it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail, Budget
from disclosure.carrying.carry import admit
from disclosure.enums import NarrativeState
from disclosure.marks import marks_of
from disclosure.models import Disclosure
from disclosure.scopes import remember


def confirm(disclosure: Disclosure, *, by: Any, marks: Iterable[int] = (), texts: Iterable[int] = ()) -> int:
    """Confirm carried rows by the keys of their marks and texts by their own; return how many were still open.

    Whoever confirms answers for the words as if they were typed. Raise RefusalError where ``by`` may not, or while the
    draft is locked.
    """
    with transaction.atomic():
        Budget.objects.select_for_update().get(pk=disclosure.budget_id)
        fresh = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        admit(fresh, by=by)
        rows = marks_of(fresh).filter(pk__in=list(marks), reviewed_at=None)
        written = fresh.narratives.filter(pk__in=list(texts), state=NarrativeState.CARRIED_OVER)
        said = {
            "rows": [f"{label} {row}" for label, row in rows.values_list("model", "row")],
            "texts": [key for (key,) in written.values_list("key")],
        }
        units = set(rows.values_list("unit", flat=True)) | ({fresh.unit_id} if said["texts"] else set())
        rows.update(reviewed_by=by, reviewed_at=timezone.now())
        written.update(state=NarrativeState.CONFIRMED)
        for unit in sorted(units, key=lambda one: one or 0):
            remember(by, fresh.budget, unit)
        confirmed = len(said["rows"]) + len(said["texts"])
        if confirmed:
            AuditTrail.append("confirm_carried", str(fresh), by=by, subject=f"disclosure:{fresh.pk}", **said)
        return confirmed
