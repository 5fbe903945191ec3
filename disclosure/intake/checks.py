"""Everything a model demands of a row, checked without a query: fields, its own rules, constraints, reach and owner."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, IntegerField

from budgets.access import access_of, reaches
from disclosure.intake.constraints import attributes_of, fields_of, holds
from disclosure.intake.owner import way_to_whole
from disclosure.intake.sheets import SheetKind, owners
from disclosure.models import Disclosure

MOST = 5000
"""How many good values of a field are kept in mind."""
Key = tuple[Any, ...]
Complaint = tuple[str, ValidationError]
"""The field to blame (blank: the whole row), and the sentence."""


class Checker:
    """Checks the rows of one sheet, each different value and combination once."""

    def __init__(self, kind: SheetKind, disclosure: Disclosure, by: Any) -> None:
        self.kind, self.disclosure, self.by = kind, disclosure, by
        fields = kind.model._meta.concrete_fields
        self._plain = [(field, dict[Any, Any]()) for field in fields if not field.is_relation]
        self._keys = [field.attname for field in fields if field.is_relation and not field.blank]
        checks = [one for one in kind.model._meta.constraints if isinstance(one, CheckConstraint)]
        self._constraints = [(one, attributes_of(kind.model, one.condition), set[Key]()) for one in checks]
        self._where = _ways(kind)
        self._reached: set[Key] = set()

    def complaints(self, row: Any) -> list[Complaint]:
        """Return what is wrong with a row that has not been stored yet."""
        found = [] if self._filled(row) else list(_fields(row))
        return found or [*_own(row), *self._broken(row), *self._misplaced(row)]

    def _filled(self, row: Any) -> bool:
        """Tell whether every field holds something that has already been found good, tidied as it was then."""
        values = row.__dict__
        if any(values[name] is None for name in self._keys):
            return False
        for field, good in self._plain:
            value = values[field.attname]
            if value not in good:
                if not _good(field, row, value):
                    return False
                if len(good) < MOST:
                    good[value] = values[field.attname]
            else:
                values[field.attname] = good[value]
        return True

    def _broken(self, row: Any) -> list[Complaint]:
        """Judge the constraints, one whose fields have already been found good together not again."""
        found: list[Complaint] = []
        for constraint, names, good in self._constraints:
            key = tuple([row.__dict__[name] for name in names])
            if key not in good:
                complaints = list(_constraints(row, constraint))
                if not complaints and len(good) < MOST:
                    good.add(key)
                found += complaints
        return found

    def _misplaced(self, row: Any) -> list[Complaint]:
        """Look along the ways to owner, unit and rights: rows that set out alike arrive alike."""
        key = tuple([row.__dict__[name] for name in self._where] + [bool(row.pk)])
        if key in self._reached:
            return []
        found = list(_place(row, self.kind, self.disclosure, self.by))
        if not found:
            self._reached.add(key)
        return found


def _good(field: Any, row: Any, value: Any) -> bool:
    if isinstance(field, IntegerField) and isinstance(value, Decimal) and value != value.to_integral_value():
        return False
    if field.blank and value in field.empty_values:
        return True
    try:
        setattr(row, field.attname, field.clean(value, row))
    except ValidationError:
        return False
    return True


def _ways(kind: SheetKind) -> list[str]:
    """Name the columns with which the ways to a row's owner, its unit and the rights to it begin."""
    access = access_of(kind.model)
    paths = [*(path for path, _ in kind.owner), kind.unit, access.government, access.department, access.unit]
    first = dict.fromkeys(path.partition("__")[0] for path in paths if path and path != "pk")
    return [kind.model._meta.get_field(name).attname for name in first]  # type: ignore[union-attr]


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


def _constraints(row: Any, constraint: CheckConstraint) -> Iterator[Complaint]:
    if not holds(constraint, row):
        names = fields_of(constraint.condition)
        yield names[0] if names else "", ValidationError(str(constraint.violation_error_message))


def _place(row: Any, kind: SheetKind, disclosure: Disclosure, by: Any) -> Iterator[Complaint]:
    known = owners(disclosure)
    if any(_follow(row, path) != known[name] for path, name in kind.owner):
        yield kind.owner[0][0].partition("__")[0], ValidationError("不属于本部门的这一年度。")
    elif kind.unit and disclosure.unit and _follow(row, kind.unit) != disclosure.unit:
        yield kind.unit.partition("__")[0], ValidationError(_elsewhere(disclosure))
    elif not reaches(by, row, "change" if row.pk else "add"):
        yield "", ValidationError("这一行不在您可以修改的范围内。")


def _elsewhere(disclosure: Disclosure) -> str:
    """Say where a row of another unit belongs."""
    return (
        f"这里只导入{disclosure.unit}的，不能写其他单位的。整份文件{way_to_whole(disclosure)}；"
        "只导入本单位的，请删去其他单位的行"
    )


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row
