"""Everything a model demands of a row, checked without a query: fields, its own rules, constraints, reach and owner."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import IntegerField

from budgets.access import reaches
from disclosure.intake.constraints import broken, fields_of
from disclosure.intake.sheets import SheetKind, owners
from disclosure.models import Disclosure

Complaint = tuple[str, ValidationError]
"""The field to blame (blank: the whole row), and the sentence."""


def complaints_of(row: Any, kind: SheetKind, disclosure: Disclosure, by: Any) -> Iterator[Complaint]:
    """Yield what is wrong with a row that has not been stored yet."""
    found = list(_fields(row))
    yield from found
    if not found:
        yield from _own(row)
        yield from _constraints(row)
        yield from _place(row, kind, disclosure, by)


def _fields(row: Any) -> Iterator[Complaint]:
    keys = [field for field in row._meta.concrete_fields if field.is_relation]
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, IntegerField) and isinstance(value, Decimal) and value != value.to_integral_value():
            yield field.name, ValidationError("应为整数。")
    for key in keys:
        if getattr(row, key.attname) is None and not key.blank:
            yield key.name, ValidationError("请填写这一列。")
    try:
        row.clean_fields(exclude={key.name for key in keys})
    except ValidationError as error:
        yield from _named(error)


def _own(row: Any) -> Iterator[Complaint]:
    try:
        row.clean()
    except ValidationError as error:
        yield from _named(error)


def _named(error: ValidationError) -> Iterator[Complaint]:
    """Take a complaint apart; ask for what is missing in words a clerk uses."""
    for name, found in (error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}).items():
        for one in found:
            blank = one.code in {"null", "blank"}
            yield name, ValidationError("请填写这一列。") if blank else ValidationError(one.messages)


def _constraints(row: Any) -> Iterator[Complaint]:
    for constraint in broken(row):
        names = fields_of(constraint.condition)
        yield names[0] if names else "", ValidationError(str(constraint.violation_error_message))


def _place(row: Any, kind: SheetKind, disclosure: Disclosure, by: Any) -> Iterator[Complaint]:
    known = owners(disclosure)
    if any(_follow(row, path) != known[name] for path, name in kind.owner):
        yield kind.owner[0][0].partition("__")[0], ValidationError("不属于本部门的这一年度。")
    elif kind.unit and disclosure.unit and _follow(row, kind.unit) != disclosure.unit:
        yield kind.unit.partition("__")[0], ValidationError(f"这是{disclosure.unit}的文件，不能写其他单位的内容。")
    elif not reaches(by, row, "change" if row.pk else "add"):
        yield "", ValidationError("这一行不在您可以修改的范围内。")


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row
