"""Constraints judged in Python are judged as the database judges them, and by the database where they cannot be."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from factories import a_row_of_everything, a_unit, in_every_state

from budgets.enums import Source
from disclosure.intake.constraints import UnjudgedError, broken, fields_of, judge
from disclosure.intake.sheets import SHEETS

VALUES = {"amount": Decimal(-1), "source": Source.BUSINESS, "kind": "handed_up", "code": "x", "measure": "个"}


def refused(row) -> set[str]:
    found = set()
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(row), row)
            except ValidationError:
                found.add(constraint.name)
    return found


@pytest.fixture
def rows(db):
    unit = a_unit("990001", "901", "901001")
    everything = list(a_row_of_everything(unit).values())
    return [*everything, *in_every_state(a_unit("990001", "901", "901002"))]


def test_every_constraint_is_judged_as_the_database_does(rows):
    spoiled = 0
    for row in rows:
        assert {one.name for one in broken(row)} == refused(row) == set()
        for name in [field.attname for field in row._meta.concrete_fields]:
            kept = getattr(row, name)
            for value in (None, VALUES.get(name), kept):
                setattr(row, name, value)
                assert {one.name for one in broken(row)} == refused(row), (row, name, value)
                spoiled += bool(refused(row))
            setattr(row, name, kept)

    assert spoiled >= 10


def test_no_constraint_of_a_sheet_needs_the_database(rows):
    kinds = {kind.model for kind in SHEETS}
    for row in rows:
        if type(row) in kinds:
            for constraint in row._meta.constraints:
                if isinstance(constraint, CheckConstraint):
                    try:
                        judge(constraint.condition, row)
                    except UnjudgedError:
                        pytest.fail(constraint.name)
                    assert fields_of(constraint.condition)
