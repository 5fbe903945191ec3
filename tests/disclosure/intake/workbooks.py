"""Workbooks for tests: the sample's, taken apart and put together otherwise."""

import io

import openpyxl
from django.contrib.auth import get_user_model

from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership
from disclosure.intake.run import Upload
from disclosure.intake.sheets import EMPTY_TABLES, sheets_of
from disclosure.intake.template import export
from disclosure.models import Disclosure

DRAWN: dict[int, bytes] = {}


def a_clerk(disclosure, name="经办人"):
    user = get_user_model().objects.create(username=f"{name}{disclosure.pk}", is_staff=True)
    department = disclosure.budget.department
    Membership.objects.create(user=user, role=Role.CLERK, government=department.government, department=department)
    return user


def clear(disclosure) -> None:
    """Delete everything that a workbook of this disclosure holds."""
    for kind in sheets_of(disclosure)[::-1]:
        kind.rows(disclosure).delete()


def clear_facts(disclosure) -> None:
    """Delete the facts and words, but keep the register of projects."""
    for kind in (EMPTY_TABLES, *sheets_of(disclosure)[::-1]):
        if not kind.kept:
            kind.rows(disclosure).delete()


def the_book(disclosure, clerk):
    """Open the workbook of the sample as every test finds it; it is drawn once."""
    if disclosure.pk not in DRAWN:
        DRAWN[disclosure.pk] = export(disclosure, by=clerk)
    return opened(DRAWN[disclosure.pk])


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def uploaded(book, name="填报表.xlsx") -> Upload:
    kept = io.BytesIO()
    book.save(kept)
    return Upload(name, kept.getvalue())


def fresh(disclosure) -> Disclosure:
    return Disclosure.objects.get(pk=disclosure.pk)


def canonical_lines(disclosure) -> list[tuple]:
    """Return the budget lines as codes and amounts, in an order of their own."""
    names = ("unit__code", "kind", "project__code", "function__code", "economic__code", "government_economic__code")
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget)
    return sorted(lines.values_list(*names, "source", "carried_over", "label", "amount"), key=str)
