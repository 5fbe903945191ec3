"""Documents to audit: a synthetic department with money of every sort and its units, in layouts that print every table.

They are built once and their rows taken back: a document is plain data.
"""

from decimal import Decimal

import msgspec
import pytest
from django.db import transaction
from whole_layouts import WHOLE

from budgets.models import AssetHolding
from disclosure.document import Context, Document
from disclosure.facts import Facts, exact
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government

PLAN = Plan(departments=1, years=2, seed=8, units=3)
BASIC = {"total": "basic", "personnel": "personnel", "public": "public"}


@pytest.fixture(scope="session")
def built(django_db_setup, django_db_blocker) -> dict[str, list[Document]]:
    """The department's document, then its units', by layout."""
    with django_db_blocker.unblock(), transaction.atomic():
        government = make_government(PLAN)
        AssetHolding.objects.filter(value=None, value_not_applicable=False).update(value=Decimal(5000), quantity=1)
        drafts = Disclosure.objects.filter(
            budget__fiscal_year__government=government, budget__fiscal_year__year=PLAN.first_year
        )
        own = [drafts.get(unit=None), *drafts.exclude(unit=None).order_by("unit__code")]
        documents = {key: [Document.of(draft, layout) for draft in own] for key, layout in WHOLE.items()}
        transaction.set_rollback(True)
    return documents


@pytest.fixture
def departments(built, db) -> dict[str, Document]:
    """The department's document by layout."""
    return {key: documents[0] for key, documents in built.items()}


@pytest.fixture
def bases(departments, document) -> dict[str, Document]:
    """Every right document that faults are put into: the departments', the sample's, one with last year's."""
    facts = departments["hebei"].content.facts
    return {
        **departments,
        "sample": document,
        "successor": Document(departments["national"].content, Context(last_year=before(facts))),
    }


def before(facts: Facts) -> Facts:
    """Return the facts of the document that last year would have had, as far as this year's speak of it."""
    then, spent = facts.expenditure.previous, facts.expenditure
    basic = msgspec.structs.replace(spent.basic, **{k: exact(getattr(then, n)) for k, n in BASIC.items()})
    items = tuple(msgspec.structs.replace(i, amount=exact(i.previous)) for i in facts.three_public.items)
    replace = msgspec.structs.replace
    return replace(
        facts,
        revenue=replace(facts.revenue, total=exact(facts.revenue.previous_total)),
        expenditure=replace(spent, total=exact(then.total), basic=basic, project=exact(then.project)),
        three_public=replace(facts.three_public, total=exact(facts.three_public.previous_total), items=items),
    )


@pytest.fixture
def units(built, db) -> dict[str, list[Document]]:
    """The units' documents by layout."""
    return {key: documents[1:] for key, documents in built.items()}
