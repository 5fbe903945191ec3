"""The whole 填报口径 of a field: its meaning, unit, rule and example, from its Resource, its model and its widget."""

from typing import Any, NamedTuple

from budgets.exchange import FigureField, ScopedResource
from budgets.meanings import Meaning, meaning_of
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

OWNER = ("区划代码", "年度", "部门编码")
"""Columns that say whose row it is."""
YES_NO = ("是", "否")
SORTS: tuple[tuple[Any, str, str], ...] = (
    (MoneyWidget, "填金额，最多两位小数，可写千分位；没有填留空，确实为零写 0", "改成数字，例如 1090.88。"),
    (NumberWidget, "填数字", "改成数字。"),
    (DateWidget, "填日期，例如 2021-12-31", "改成“年-月-日”，例如 2021-12-31。"),
    (CodeWidget, "填本年度目录中的编码，可带名称，例如 2013201 行政运行", "从下拉列表中选择，或查“代码表”工作表。"),
    (UnitWidget, "填本部门的单位编码", "改成“代码表”工作表中列出的单位编码。"),
    (OwnWidget, "填已有的编码或名称，或本文件其他工作表中的", "先在对应的工作表中填写它，或改成已有的。"),
    ((ChoiceWidget, YesNoWidget), "", "从下拉列表中选择一项。"),
)
"""By widget: what may be written, and what to do where something else is."""


class Guidance(NamedTuple):
    """What whoever fills in a field is told, wherever it stands."""

    meaning: str
    unit: str
    rule: str
    example: str
    key: bool
    """Whether the field tells one row from another."""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return what is said besides the meaning, line by line with its label."""
        said = (
            ("单位", self.unit),
            ("要求", f"{self.rule}。"),
            ("示例", self.example),
            ("区分", "用来区分各行，不能重复。" if self.key else ""),
        )
        return [(label, text) for label, text in said if text]


def guidance_of(resource: type[ScopedResource], name: str) -> Guidance:
    """Return the guidance of a Resource's field; what no declaration explains is named by its model's words."""
    field: Any = resource.fields[name]
    model = resource._meta.model
    of: Any = model._meta.get_field(field.attribute)
    plain = Meaning(f"{of.model._meta.verbose_name}的{of.verbose_name}。")
    said = meaning_of(model, field.attribute) or plain
    figure = isinstance(field, FigureField)
    return Guidance(
        meaning=said.text,
        unit=_unit(field),
        rule=("选本部门本年度的" if field.column_name in OWNER else _rule(of, field.widget))
        + ("；不适用的写“不适用”" if figure else "")
        + ("；必填" if required(of, field.widget, figure=figure) else "；可空"),
        example=said.example,
        key=name in resource._meta.import_id_fields,
    )


def required(of: Any, widget: Any, *, figure: bool) -> bool:
    """Tell whether a field must say something."""
    return not (
        getattr(widget, "otherwise", "") or of.blank or of.null or figure or of.get_internal_type() == "BooleanField"
    )


def choices_of(widget: Any) -> tuple[str, ...]:
    """Return the words that may be chosen, where it is a choice."""
    if isinstance(widget, ChoiceWidget):
        return tuple(str(choice.label) for choice in widget.choices)
    return YES_NO if isinstance(widget, YesNoWidget) else ()


def _unit(field: Any) -> str:
    if isinstance(field.widget, MoneyWidget):
        return "元"
    return "%" if "%" in field.column_name else ""


def _rule(of: Any, widget: Any) -> str:
    if choices := choices_of(widget):
        return f"可填：{'、'.join(choices)}"
    said = next((rule for sort, rule, _ in SORTS if isinstance(widget, sort)), "填文字")
    longest = getattr(of, "max_length", None)
    return f"{said}，不超过{longest}字" if said == "填文字" and longest else said
