"""What a column means, in which unit, and what may be written there: said once, from the Resources and the models."""

from functools import cache
from typing import Any, NamedTuple

from django.db.models import Field as ModelField
from django.db.models import Model

from budgets.exchange import FigureField
from budgets.models import Budget, Unit
from budgets.widgets import (
    ChoiceWidget,
    CodeWidget,
    DateWidget,
    MoneyWidget,
    NumberWidget,
    OwnWidget,
    UnitWidget,
    YesNoWidget,
)
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure

OWNER = ("区划代码", "年度", "部门编码")
"""Columns that say whose file it is: written once at the head of a sheet, not in every row."""
YES_NO = ("是", "否")


class Column(NamedTuple):
    """A column of a sheet."""

    name: str
    """The field of the Resource."""
    header: str
    meaning: str
    unit: str
    rule: str
    """What may be written."""
    fix: str
    """What to do where something else is written."""
    choices: tuple[str, ...]
    key: bool
    """Whether it tells one row from another."""
    money: bool
    required: bool
    optional: bool
    """Whether a file may lack it."""


@cache
def columns_of(kind: SheetKind) -> tuple[Column, ...]:
    """Return the columns that a clerk fills in."""
    fields: dict[str, Any] = kind.resource.fields
    return tuple(
        _column(kind, name, field)
        for name, field in fields.items()
        if field.column_name not in OWNER and not field.readonly
    )


@cache
def owner_headers(kind: SheetKind) -> tuple[str, ...]:
    """Return the columns that only say whose file it is."""
    own = {column.header for column in columns_of(kind)}
    found = [field.column_name for field in kind.resource.fields.values() if field.column_name not in own]
    return tuple(dict.fromkeys((*OWNER, *found)))


def _column(kind: SheetKind, name: str, field: Any) -> Column:
    of: Any = kind.model._meta.get_field(field.attribute)
    widget, figure = field.widget, isinstance(field, FigureField)
    money, required = isinstance(widget, MoneyWidget), _required(of, figure=figure)
    choices = _choices(widget)
    return Column(
        name=name,
        header=field.column_name,
        meaning=str(of.help_text) or f"{of.model._meta.verbose_name}的{of.verbose_name}。",
        unit="元" if money else "%" if "%" in field.column_name else "",
        rule=_rule(of, widget, choices)
        + ("；不适用的写“不适用”" if figure else "")
        + ("；必填" if required else "；可空"),
        fix=_fix(widget),
        choices=choices,
        key=name in kind.resource._meta.import_id_fields,
        money=money,
        required=required,
        optional=field.column_name in kind.resource.optional_columns,
    )


def _required(of: "ModelField[Any, Any]", *, figure: bool) -> bool:
    return not (of.blank or of.null or figure or of.get_internal_type() == "BooleanField")


def _choices(widget: Any) -> tuple[str, ...]:
    if isinstance(widget, ChoiceWidget):
        return tuple(str(choice.label) for choice in widget.choices)
    return YES_NO if isinstance(widget, YesNoWidget) else ()


def _rule(of: Any, widget: Any, choices: tuple[str, ...]) -> str:
    if choices:
        return f"可填：{'、'.join(choices)}"
    said = next((rule for sort, rule, _ in SORTS if isinstance(widget, sort)), "填文字")
    longest = getattr(of, "max_length", None)
    return f"{said}，不超过{longest}字" if said == "填文字" and longest else said


def _fix(widget: Any) -> str:
    return next((fix for sort, _, fix in SORTS if isinstance(widget, sort)), "改成要求的文字。")


SORTS: tuple[tuple[Any, str, str], ...] = (
    (MoneyWidget, "填金额，最多两位小数，可写千分位；没有填留空，确实为零写 0", "改成数字，例如 1090.88。"),
    (NumberWidget, "填数字", "改成数字。"),
    (DateWidget, "填日期，例如 2021-12-31", "改成“年-月-日”，例如 2021-12-31。"),
    (CodeWidget, "填本年度目录中的编码，可带名称，例如 2013201 行政运行", "从下拉列表中选择，或查“代码表”工作表。"),
    (UnitWidget, "填本部门的单位编码", "改成“代码表”工作表中列出的单位编码。"),
    (OwnWidget, "填已有的编码或名称，或本文件其他工作表中的", "先在对应的工作表中填写它，或改成已有的。"),
    ((ChoiceWidget, YesNoWidget), "", "从下拉列表中选择一项。"),
)


def owner_value(model: type[Model], disclosure: Disclosure) -> Any:
    """Return the row an owner column stands for."""
    return {Budget: disclosure.budget, Disclosure: disclosure, Unit: disclosure.unit}[model]
