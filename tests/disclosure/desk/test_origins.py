"""The form of an imported row says from which file it came."""

import html

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from workbooks import a_clerk, clear_facts, opened, the_book, uploaded

from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership
from disclosure.desk.origins import beside
from disclosure.intake.run import commit
from disclosure.intake.sheets import sheets_of
from disclosure.intake.template import export
from disclosure.intake.undo import undo


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


@pytest.fixture
def run(disclosure, clerk):
    book = the_book(disclosure, clerk)
    clear_facts(disclosure)
    return commit(disclosure, uploaded(book), by=clerk).run


@pytest.fixture
def line(disclosure, run):
    return disclosure.budget.expenditurelines.order_by("pk").first()


def form_of(client, line: ExpenditureLine) -> str:
    page = client.get(reverse("admin:budgets_expenditureline_change", args=[line.pk]))
    return html.unescape(page.content.decode())


def test_a_row_names_its_file_its_day_who_brought_it_and_its_line(client, clerk, line, run):
    said = form_of(client, line)

    day = f"{timezone.localtime(run.at):%Y-%m-%d}"
    assert f"出处：文件“填报表.xlsx”（{day}，{clerk}导入）工作表“支出明细”第4行" in said
    assert reverse("admin:disclosure_importrun_change", args=[run.pk]) in said


def test_the_newest_import_that_stated_a_row_is_its_origin(client, disclosure, clerk, line):
    commit(disclosure, uploaded(opened(export(disclosure, by=clerk)), "更正.xlsx"), by=clerk)

    assert "文件“更正.xlsx”" in form_of(client, line)


def test_an_import_that_was_undone_is_nobodys_origin(client, disclosure, clerk, line, run):
    second = commit(disclosure, uploaded(opened(export(disclosure, by=clerk)), "更正.xlsx"), by=clerk).run
    undo(second, by=clerk)

    assert "文件“填报表.xlsx”" in form_of(client, line)


def test_a_row_that_no_file_stated_says_nothing(client, disclosure, clerk):
    assert "出处：" not in form_of(client, disclosure.budget.expenditurelines.first())


def test_a_units_own_clerk_is_not_told_of_the_departments_import(client, disclosure, line):
    user = get_user_model().objects.create(username="单位经办人", is_staff=True)
    department = disclosure.budget.department
    Membership.objects.create(
        user=user, role=Role.CLERK, government=department.government, department=department, unit=line.unit
    )
    client.force_login(user)

    assert "出处：" not in form_of(client, line)


def test_rows_of_every_sheet_have_an_origin(rf, disclosure, clerk, run):
    request = rf.get("/")
    request.user = clerk
    firsts = {kind.title: kind.rows(disclosure).first() for kind in sheets_of(disclosure)}

    said = {title: beside(request, row)[0].sentence for title, row in firsts.items() if row}

    assert len(said) >= 12
    assert all(f"工作表“{title}”第" in sentence for title, sentence in said.items())
