"""What belongs to an edition: everything between the publication before it and its own, and what was done with it."""

from datetime import datetime
from typing import Any, NamedTuple, Self

from django.db.models import Q, QuerySet

from budgets.access import allowed
from budgets.models import AuditTrail
from disclosure.enums import Act
from disclosure.models import Attachment, Comment, Contribution, Edition, ImportRun, Transition
from disclosure.scopes import siblings

PUBLISHED = (Act.PUBLISH, Act.PUBLISH_URGENTLY)
AFTERWARDS = (Act.CONFIRM_URGENT, Act.WITHDRAW)
HANDED_OUT = "download_evidence"
"""The trail's word for handing out a pack; such rows are not in the pack: it would never be the same twice."""


class Period(NamedTuple):
    """An edition's time: after ``since`` (None: from the beginning), up to and including ``until``."""

    edition: Edition
    since: datetime | None
    until: datetime

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Find the moments at which the edition and the one before it were stored."""
        before = edition.supersedes
        return cls(edition, _moment(before) if before else None, _moment(edition))

    def transitions(self) -> QuerySet[Transition]:
        """Return the steps that led to the edition, then what was done with it afterwards."""
        later = Q(act__in=AFTERWARDS, content_sha256=self.edition.content_sha256, at__gt=self.until)
        rows = self.edition.disclosure.transitions.filter(self._within() | later)
        return rows.select_related("by").order_by("id")

    def comments(self) -> QuerySet[Comment]:
        """Return the remarks made on the way to the edition."""
        rows = self.edition.disclosure.comments.filter(self._within())
        return rows.select_related("by", "resolved_by").order_by("id")

    def imports(self) -> QuerySet[ImportRun]:
        """Return what was imported for the edition: into its draft, or into one that shares its figures."""
        rows = ImportRun.objects.filter(self._within(), disclosure__in=siblings(self.edition.disclosure))
        return rows.select_related("record", "by", *(f"disclosure__{path}" for path in SPOKEN)).order_by("id")

    def imports_within_reach(self, user: Any) -> set[int]:
        """Return the imports whose files ``user`` may have: a unit's people do not get their whole department's."""
        return set(allowed(user, self.imports()).values_list("pk", flat=True))

    def attachments(self) -> QuerySet[Attachment]:
        """Return all that is kept with the disclosure: a scan may come in after publication."""
        return self.edition.disclosure.attachments.select_related("by", "void__by").order_by("id")

    def trail(self) -> QuerySet[AuditTrail]:
        """Return the disclosure's rows of the audit trail, known by its names and the people who had to do with it.

        Departments of two governments may have the same code and name; their people are not the same.
        """
        disclosure = self.edition.disclosure
        names = {str(disclosure), *map(str, disclosure.editions.all())}
        rows = AuditTrail.objects.filter(target__in=names).exclude(action=HANDED_OUT)
        return rows.filter(_had_to_do_with(disclosure)).select_related("actor").distinct().order_by("id")

    def _within(self) -> Q:
        return Q(at__lte=self.until) & (Q(at__gt=self.since) if self.since else Q())


SPOKEN = ("unit", "budget__department", "budget__fiscal_year")


def _moment(edition: Edition) -> datetime:
    """Return when an edition was stored; it is dated the second at which it began to be drawn."""
    known = {"act__in": PUBLISHED, "content_sha256": edition.content_sha256, "at__gte": edition.published_at}
    step: Transition | None = edition.disclosure.transitions.filter(**known).order_by("id").first()
    return step.at if step else edition.published_at


def _had_to_do_with(disclosure: Any) -> Q:
    own = Q(actor__memberships__government=disclosure.budget.fiscal_year.government)
    for model in (Transition, Comment, ImportRun, Attachment):
        own |= Q(actor__in=model.objects.filter(disclosure=disclosure).values("by"))
    return own | Q(actor__in=Contribution.objects.filter(budget=disclosure.budget_id).values("by"))
