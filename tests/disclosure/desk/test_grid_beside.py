"""Beside a grid: one project's rows alone, and last year's figures as typed where there is no last year."""

import re
from html import unescape

import pytest
from django.urls import reverse
from gridded import a_clerk, a_line

from budgets.models import PreviousFigure, Unit
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of
from disclosure.entry.lastyear import LastYear
from performance.models import Indicator


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


def address(disclosure, project="") -> str:
    page = reverse("admin:grid", args=[disclosure.pk, "indicator"])
    return f"{page}?project={project}" if project else page


def shown_projects(client, where) -> set[str]:
    page = unescape(client.get(where).content.decode())
    return set(re.findall(r'name="\d+\.goal" id="[^"]+" value="([^"]*)"', page))


def test_a_grid_of_indicators_is_narrowed_to_a_project_and_stays_so(client, disclosure, clerk):
    code, other = (
        Indicator.objects.filter(goal__budget=disclosure.budget)
        .values_list("goal__project__code", flat=True)
        .distinct()
        .order_by("goal__project__code")[:2]
    )

    page = unescape(client.get(address(disclosure, code)).content.decode())
    answer = client.post(address(disclosure, code), {"do": "save"})

    assert {code, other} <= shown_projects(client, address(disclosure))
    assert shown_projects(client, address(disclosure, code)) == {code}
    assert f'action="{address(disclosure, code)}"' in page
    assert re.search(rf'name="n1\.goal" id="[^"]+" value="{code}"', page)
    assert answer.url == address(disclosure, code)


def test_a_project_that_is_none_narrows_nothing_and_other_grids_are_not_narrowed(client, disclosure, clerk):
    lines = client.get(reverse("admin:grid", args=[disclosure.pk, "revenueline"])).content.decode()

    assert shown_projects(client, address(disclosure, "nothing")) == shown_projects(client, address(disclosure))
    assert "只看一个项目" not in lines


def test_a_projects_page_leads_to_its_rows(client, disclosure, clerk):
    goal = disclosure.budget.project_goals.first()

    page = client.get(reverse("admin:performance_projectgoal_change", args=[goal.pk])).content.decode()

    assert f'href="{address(disclosure, goal.project.code)}"' in page


def figure(disclosure, measure: str, amount: str | None) -> PreviousFigure:
    missing = {"amount_not_applicable": amount is None}
    place = {"measure": measure, "table": "general_expenditure", "code": "2013201"}
    return PreviousFigure.objects.create(budget=disclosure.budget, amount=amount, **place, **missing)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([("budget", "12.00"), ("execution", "11.00")], "本科目预算数合计 12.00"),
        ([("execution", "1234.50")], "本科目执行数合计 1,234.50"),
        ([("budget", None)], "本科目预算数合计 不适用"),
        ([], ""),
    ],
)
def test_where_last_year_is_not_here_what_was_typed_stands_once_beside_its_item(disclosure, clerk, typed, said):
    PreviousFigure.objects.filter(budget=disclosure.budget).delete()
    for measure, amount in typed:
        figure(disclosure, measure, amount)
    for label in ("一", "二"):
        a_line(disclosure, Unit.objects.get(code="203001"), label)
    grid = Grid(disclosure, grids_of(disclosure)["expenditureline"], clerk)
    last = LastYear(grid, clerk)

    found = [
        text for row in grid.stored.values() if row.function.code == "2013201" for text in last.beside(row).values()
    ]

    assert found == ([said] if said else [])
