"""Publishes a synthetic government in seconds: its editions as publication stores them, past the reviews, without PDFs.

For tests and measurements of public pages only; what is to be looked at whole goes through
:func:`disclosure.sample.government.publish_government`.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F

from budgets.enums import Role
from budgets.models import Government
from disclosure.document import Context, Document, imprint_of
from disclosure.enums import Act, CorrectionKind, Status
from disclosure.models import Disclosure, Edition
from disclosure.roster import exemption_of
from disclosure.sample.crew import store_crew
from disclosure.workflow.drawing import ALWAYS, draw
from disclosure.workflow.making import Order, edition_of
from disclosure.workflow.publishing import moment
from disclosure.workflow.storing import store

CORRECTION = "示例：更正文字。"


def publish_quickly(government: Government, *, units: int = 0) -> list[Edition]:
    """Publish every department's budgets, year by year, and the units' of the first ``units`` departments.

    The very first budget is corrected once, so that there is a change to look at. Returns the editions in order.
    """
    by = store_crew(government, f"sample-{government.code}")[Role.PUBLISHER]
    made = [_stored(disclosure, by) for disclosure in _due(government, units)]
    if made:
        made.append(_stored(made[0].disclosure, by))
    return made


def correct_quickly(edition: Edition) -> Edition:
    """Publish a correction of an edition that :func:`publish_quickly` stored."""
    return _stored(edition.disclosure, edition.published_by)


def _due(government: Government, units: int) -> Iterator[Disclosure]:
    drafts = Disclosure.objects.filter(budget__fiscal_year__government=government, editions=None)
    related = drafts.select_related("budget__fiscal_year", "budget__department", "unit")
    codes = sorted(set(drafts.values_list("budget__department__code", flat=True)))[:units]
    whole_first = F("unit__code").asc(nulls_first=True)
    for disclosure in related.order_by("budget__fiscal_year__year", "budget__department__code", whole_first):
        wanted = disclosure.unit is None or disclosure.budget.department.code in codes
        if wanted and exemption_of(disclosure) is None:
            yield disclosure


@transaction.atomic
def _stored(disclosure: Disclosure, by: Any) -> Edition:
    """Store one edition of a draft as it is; the shortcut: nobody reviews it, and only page and JSON are drawn."""
    disclosure.correction_kind, disclosure.correction_reason = CorrectionKind.WORDS, CORRECTION
    draft = Document.of(disclosure)
    edition = edition_of(disclosure, draft, Order(Act.PUBLISH, by, moment()))
    drawn = draw(Document(draft.content, Context(imprint=imprint_of(edition))), ALWAYS)
    store(edition, draft, (), drawn.files)
    settled = {"status": Status.PUBLISHED, "index_number": edition.index_number}
    Disclosure.objects.filter(pk=disclosure.pk).update(**settled)
    disclosure.index_number = edition.index_number
    return edition
