"""填报口径: every field that a clerk fills in is explained, once, in the same words wherever it stands."""

import io

import pytest
from clerks import a_clerk_of
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from openpyxl import load_workbook
from walking import opened

from budgets.admin.guided import guidance_for
from budgets.meanings import MEANINGS, meaning_of
from budgets.models import Department, ExpenditureLine
from budgets.widgets import MoneyWidget
from disclosure.entry.grids import grids_of, key_of
from disclosure.intake.columns import columns_of
from disclosure.intake.sheets import SHEETS
from disclosure.intake.template import export

COLUMNS = [(kind, column) for kind in SHEETS for column in columns_of(kind)]
NAMES = [f"{kind.title}-{column.header}" for kind, column in COLUMNS]


def attribute(kind, column) -> str:
    return kind.resource.fields[column.name].attribute


@pytest.mark.parametrize(("kind", "column"), COLUMNS, ids=NAMES)
def test_a_column_has_a_meaning_of_its_own(kind, column):
    meaning = meaning_of(kind.model, attribute(kind, column))

    assert meaning is not None
    assert meaning.text.endswith("。")
    assert meaning.text == column.guidance.meaning


def test_what_a_model_says_of_a_field_is_not_said_again():
    twice = [
        f"{kind.title}-{column.header}"
        for kind, column in COLUMNS
        if str(kind.model._meta.get_field(attribute(kind, column)).help_text)
        and attribute(kind, column) in MEANINGS.get(kind.model._meta.label, {})
    ]

    assert twice == []


def test_meanings_are_of_fields_that_files_have():
    known = {kind.model._meta.label: {f.attribute for f in kind.resource.fields.values()} for kind in SHEETS}
    unknown = {label: set(said) - known.get(label, set()) for label, said in MEANINGS.items()}

    assert [label for label, names in unknown.items() if names] == []


def test_money_names_its_unit():
    money = [column for kind, column in COLUMNS if isinstance(kind.resource.fields[column.name].widget, MoneyWidget)]

    assert len(money) == 12
    assert [column.header for column in money if ("单位", "元") not in column.guidance.lines] == []


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.title)
def test_the_form_says_what_the_template_says(kind, rf: RequestFactory, db, django_user_model):
    page, request = admin.site.get_model_admin(kind.model), rf.get("/")
    request.user = django_user_model.objects.create(username="经办人", is_staff=True)
    boxes = {
        column.header: page.formfield_for_dbfield(kind.model._meta.get_field(attribute(kind, column)), request)
        for column in columns_of(kind)
    }

    assert {header: (box.help_text, box.guidance) for header, box in boxes.items()} == {
        column.header: (column.guidance.meaning, column.guidance) for column in columns_of(kind)
    }


def test_a_form_shows_meanings_with_rules_to_be_opened(client, disclosure):
    client.force_login(a_clerk_of(opened(disclosure)))
    line = ExpenditureLine.objects.filter(budget=disclosure.budget).first()

    text = client.get(reverse("admin:budgets_expenditureline_change", args=[line.pk])).content.decode()

    assert text.count('<details class="guidance">') == 12
    assert 'id="id_amount_helptext"><div>本年度预算支出，按批复数填。</div>' in text
    assert 'aria-describedby="id_amount_helptext"' in text
    assert "<dt>单位</dt><dd>元</dd>" in text


@pytest.mark.parametrize("key", ["expenditureline", "threepubliccost", "indicator"])
def test_a_grid_says_in_its_headings_what_the_template_comments(client, disclosure, key):
    clerk = a_clerk_of(disclosure)
    client.force_login(clerk)
    kind = grids_of(disclosure)[key]

    text = client.get(reverse("admin:grid", args=[disclosure.pk, key])).content.decode()
    sheet = load_workbook(io.BytesIO(export(disclosure, by=clerk)))[kind.title]
    comments = {cell.value: cell.comment.text for cell in sheet[3] if cell.comment}

    for column in columns_of(kind):
        said = [f"含义：{column.guidance.meaning}", *(f"{label}：{words}" for label, words in column.guidance.lines)]
        assert comments[column.header] == "\n".join(said)
        assert f'<div id="m-{column.name}"><p>{column.guidance.meaning}</p>' in text
        assert f'aria-describedby="m-{column.name}"' in text
    assert key_of(kind) == key


def test_what_nobody_explains_has_no_guidance():
    assert guidance_for(admin.site, Department, "name") is None
