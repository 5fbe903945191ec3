"""A department rebuilt in an empty portal from its workbook alone says the same, letter by letter."""

import pytest
from depth import times
from django.db import connection
from walking import crew_of, opened
from workbooks import a_clerk, clear, fresh

from budgets.enums import Role
from budgets.models import Project
from disclosure import workflow
from disclosure.document import Document
from disclosure.intake.run import Upload, commit
from disclosure.intake.sheets import sheets_of
from disclosure.intake.template import export
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from disclosure.sample.government import Plan, make_government, publish_government

SEEDS = range(100, 150)
PUBLISHED = {100, 149}
STARTS = SEEDS[:: times(5, 15)] if connection.vendor == "sqlite" else (SEEDS[0], SEEDS[-5])
"""A generated government is the same on both engines; PostgreSQL rebuilds the first five and the last five."""


def emptied(disclosure) -> None:
    """Take away everything a workbook brings, the register of projects included; codes, units and the year stay."""
    clear(disclosure)
    assert not Project.objects.filter(unit__department=disclosure.budget.department).exists()
    assert not any(kind.rows(disclosure).exists() for kind in sheets_of(disclosure))


def rebuilt(disclosure) -> tuple[str, str]:
    """Return the canonical text before, and after everything came back from the workbook."""
    clerk, before = a_clerk(disclosure), Document.of(fresh(disclosure)).canonical
    upload = Upload("填报表.xlsx", export(disclosure, by=clerk))
    emptied(disclosure)
    commit(fresh(disclosure), upload, by=clerk)
    return before, Document.of(fresh(disclosure)).canonical


@pytest.mark.parametrize("first", STARTS)
def test_governments_of_chance_are_rebuilt(db, first):
    for seed in range(first, first + 5):
        government = make_government(Plan(departments=1, years=1, seed=seed))
        disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)

        before, after = rebuilt(disclosure)

        assert after == before
        if seed in PUBLISHED:
            [edition] = publish_government(government)
            assert Document.of_edition(edition).canonical == before


def test_the_sample_is_rebuilt_as_published(disclosure, edition):
    before, after = rebuilt(opened(disclosure))

    assert after == before
    assert Document.of(fresh(disclosure)).sha256 == edition.content_sha256
    assert Document.of_edition(edition).canonical == after


def test_the_rebuilt_sample_is_nothing_new_to_publish(disclosure, edition):
    rebuilt(opened(disclosure))

    with pytest.raises(RefusalError, match="完全相同"):
        workflow.submit(fresh(disclosure), by=crew_of(disclosure)[Role.CLERK])
