"""Stores what sheets plan, in bulk; what the database refuses is said of its row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Model, ProtectedError

from budgets.refusals import sentence_of
from disclosure.intake.bulk import insert, overwrite
from disclosure.intake.lines import Line
from disclosure.intake.plans import Draft, Plan
from disclosure.intake.problems import Problem

ELSEWHERE = "数据库拒绝了这一行：可能与其他部门已有的编码重复，或与另一行冲突"


def store(plan: Plan) -> None:
    """Store what a sheet adds and changes; refused rows are noted, each with the database's reason."""
    try:
        with transaction.atomic():
            put(plan.kind.model, [draft.row for draft in plan.added], [draft.row for draft in plan.changed])
    except IntegrityError:
        lines = {line.number: line for line in plan.lines}
        for draft in (*plan.added, *plan.changed):
            _store_alone(plan, lines[draft.line], draft)


def put(model: type[Model], added: list[Any], changed: list[Any]) -> None:
    """Insert new rows, overwrite stored ones."""
    insert(model, added)
    overwrite(model, changed)


def _store_alone(plan: Plan, line: Line, draft: Draft) -> None:
    if draft.before is None:
        draft.row.pk = None
        draft.row._state.adding = True
    try:
        with transaction.atomic():
            draft.row.save()
    except IntegrityError as error:
        plan.refuse(line, None, ValidationError(sentence_of(error) or ELSEWHERE))


def remove(plan: Plan) -> None:
    """Delete what a sheet leaves out; what something else still needs is named."""
    model, keys = plan.kind.model, [row.pk for row in plan.removed]
    if left := _left_behind(model, keys):
        return _keep(plan, left)
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=keys).delete()
    except ProtectedError as error:
        _keep(plan, {str(row._meta.verbose_name) for row in error.protected_objects})


def _left_behind(model: type[Model], keys: list[int]) -> set[str]:
    """Name what would vanish with rows though no sheet says so."""
    return {
        str(one.related_model._meta.verbose_name)
        for one in model._meta.related_objects
        if one.on_delete is CASCADE
        and one.related_model._default_manager.filter(**{f"{one.field.name}__in": keys}).exists()
    }


def _keep(plan: Plan, users: set[str]) -> None:
    names, used = "、".join(str(row) for row in plan.removed[:5]), "、".join(sorted(users))
    place = plan.found.sheet.name or plan.kind.title
    fix = f"请同时在文件中修改或删去{used}，或保留这些行。"
    plan.problems.append(Problem(place, 0, 0, "", "", f"不能删除：{names}等仍有{used}", "", fix))
