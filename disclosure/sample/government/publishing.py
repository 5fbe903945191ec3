"""Publishes a synthetic government: every department's disclosure of every year, in order."""

from collections.abc import Iterator

from budgets.enums import Role
from budgets.models import Government, Membership
from disclosure import workflow
from disclosure.enums import Roster
from disclosure.models import Disclosure, Edition


def publish_government(government: Government) -> Iterator[Edition]:
    """Yield each edition as it is published; raise RefusalError where a draft is not ready.

    Without the PDF engine editions go without their PDF, as in :func:`disclosure.workflow.publish`.
    """
    publisher = Membership.objects.get(
        government=government, role=Role.PUBLISHER, user__username=f"sample-publisher-{government.code}"
    ).user
    drafts = Disclosure.objects.filter(
        budget__fiscal_year__government=government, unit=None, roster=Roster.TO_PUBLISH, editions=None
    )
    for disclosure in drafts.order_by("budget__fiscal_year__year", "budget__department__code"):
        yield workflow.publish(disclosure, by=publisher)
