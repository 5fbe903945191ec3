"""The identities hold for whatever a government puts in: random departments and units, in every layout, every table."""

from decimal import Decimal
from itertools import groupby

import pytest
from django.core.exceptions import ValidationError
from layouts import SMALL
from whole_layouts import WHOLE

from budgets.models import AssetHolding, Function, RevenueLine
from disclosure.audit import across_units, run
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.render import RENDERERS
from disclosure.sample.government import Plan, make_government, publish_government

PLANS = (
    Plan(departments=3, years=2, seed=41),
    Plan(departments=2, years=2, seed=42, units=1),
    Plan(departments=1, years=2, seed=43, units=4, lines=300),
)
LAID_OUT = (*LAYOUTS.values(), SMALL, *WHOLE.values())


def written(government, layout) -> list[list[Document]]:
    """Return each budget's documents: the department's, then its units'."""
    of_government = Disclosure.objects.filter(budget__fiscal_year__government=government)
    drafts = sorted(of_government, key=lambda draft: (draft.budget_id, draft.unit_id or 0))
    return [[Document.of(draft, layout) for draft in own] for _, own in groupby(drafts, lambda draft: draft.budget_id)]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"seed-{plan.seed}")
def test_every_document_keeps_the_identities(db, plan, monkeypatch):
    monkeypatch.setitem(LAYOUTS, SMALL.key, SMALL)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())
    government = make_government(plan)
    last_years = len(list(publish_government(government)))

    budgets = [own for layout in LAID_OUT for own in written(government, layout)]
    reports = [run(document) for own in budgets for document in own]

    assert last_years
    assert {finding for report in reports for finding in report.errors} == set()
    assert [across_units(own[0], own[1:]).passed for own in budgets] == [["X15"]] * len(budgets)
    assert any("X16" in report.passed for report in reports)


def test_a_unit_that_lacks_the_value_of_an_asset(disclosure):
    first, second = disclosure.budget.department.units.order_by("code")[:2]
    held = AssetHolding.objects.get(budget=disclosure.budget, unit=first, category="vehicles")
    AssetHolding.objects.create(
        budget=disclosure.budget, unit=second, category="vehicles", quantity=Decimal(1), as_of=held.as_of
    )

    assert run(Document.of(disclosure), ["T14.4"]).findings == ()


def test_operating_costs_paid_from_what_was_carried_over(disclosure):
    budget = disclosure.budget
    line = budget.expenditurelines.filter(kind="public", unit__code="203001").order_by("-amount").first()
    line.carried_over = True
    line.save()
    fresh = budget.revenuelines.get(unit=line.unit, carried_over=False)
    fresh.amount -= line.amount
    fresh.save()
    given = {"budget": budget, "unit": line.unit, "source": line.source}
    RevenueLine.objects.create(**given, carried_over=True, amount=line.amount)

    assert run(Document.of(disclosure, LAYOUTS["national"]), ["X11"]).findings == ()


def test_income_is_given_by_item_or_not_at_all(disclosure):
    line = disclosure.budget.revenuelines.first()
    line.function = Function.objects.get(code="20132")

    with pytest.raises(ValidationError, match="功能分类须细化到项"):
        line.full_clean()
