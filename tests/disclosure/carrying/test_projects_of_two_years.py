"""Projects stand in no one year: a published year locks those it prints, and no new ones."""

import pytest

from budgets.models import FiscalYear
from disclosure.carrying import sources
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of
from disclosure.entry.rows import blank_rows
from disclosure.entry.saving import save
from disclosure.enums import Status
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from disclosure.scopes import ANOTHER_PROJECT

NEW = {"项目编码": "13030323P000000000NEW", "项目名称": "本年新设项目", "项目类别": "特定目标类"}


@pytest.fixture
def grid(draft, clerk) -> Grid:
    """This year's projects, while last year is published and still open."""
    [last] = sources(draft)
    Disclosure.objects.filter(budget=last.budget).update(status=Status.PUBLISHED)
    FiscalYear.objects.filter(pk=last.budget.fiscal_year_id).update(is_open=True)
    return Grid(draft, grids_of(draft)["project"], clerk)


def a_new_one(grid):
    [row] = blank_rows([], grid.defaults(), 1)
    row.cells.update({**NEW, "单位编码": grid.disclosure.budget.department.units.first().code})
    return row


def test_a_project_can_be_added_while_last_year_is_published(draft, clerk, grid):
    saved = save(draft, grid.kind, [a_new_one(grid)], by=clerk)

    assert saved.added == 1


def test_a_project_that_a_published_year_prints_is_not_renamed_and_the_way_out_is_said(draft, clerk, grid):
    [last] = sources(draft)
    used = last.budget.project_goals.first().project
    row = next(row for row in grid.rows() if row.key == str(used.pk))
    row.cells["项目名称"] = "换了名称"

    with pytest.raises(RefusalError) as refused:
        save(draft, grid.kind, [row], by=clerk)

    assert str(refused.value).endswith(ANOTHER_PROJECT)


def test_no_project_is_added_where_every_year_is_locked(draft, clerk, grid):
    row = a_new_one(grid)
    unit = draft.budget.department.units.first()
    Disclosure.objects.filter(budget=draft.budget).exclude(pk=draft.pk).update(status=Status.DRAFTING)
    Disclosure.objects.filter(pk=draft.pk).update(status=Status.DEPARTMENT_REVIEW)

    with pytest.raises(RefusalError):
        save(draft, grid.kind, [row], by=clerk)

    assert not unit.projects.filter(code=NEW["项目编码"]).exists()
