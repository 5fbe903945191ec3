"""Publishes a synthetic government: every disclosure of every year, in order, through all its steps."""

from collections.abc import Iterator

from budgets.models import Government
from disclosure.models import Disclosure, Edition
from disclosure.roster import exemption_of
from disclosure.sample.crew import store_crew, walk_to_the_public

REASON = "示例数据，由程序生成。"


def publish_government(government: Government, *, units: bool = False) -> Iterator[Edition]:
    """Yield each edition as it is published, and those of ``units`` where asked; raise RefusalError where refused.

    Without the PDF engine editions go without their PDF, as in :func:`disclosure.workflow.publish`.
    """
    crew = store_crew(government, f"sample-{government.code}")
    drafts = Disclosure.objects.filter(budget__fiscal_year__government=government, editions=None)
    drafts = drafts if units else drafts.filter(unit=None)
    for disclosure in drafts.order_by("budget__fiscal_year__year", "budget__department__code", "unit__code"):
        if exemption_of(disclosure) is None:
            yield walk_to_the_public(disclosure, crew, reason=REASON)
