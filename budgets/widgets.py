"""Text ↔ value for import and export; complaints are in Chinese and say what may be written."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, TextChoices
from import_export.widgets import Widget

from budgets.access import allowed
from budgets.enums import PreviousRow
from budgets.models import Budget, Department, Government, Project, Unit
from budgets.money import FULL_WIDTH, number, parse


def text_of(value: Any) -> str:
    """Return a cell as text: whole numbers without “.0”, blanks around it gone."""
    if isinstance(value, Decimal | int | str) or value is None:
        return "" if value is None else str(value).strip()
    return f"{Decimal(str(value)).normalize():f}"


class TextWidget(Widget):
    """Words and codes."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> str:
        """Read text; a number cell loses no digit and gains no “.0”."""
        return text_of(value)

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write text."""
        return "" if value is None else str(value)


class NumberWidget(TextWidget):
    """A plain number, blank is missing."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Decimal | None:
        """Read a number."""
        text = text_of(value).rstrip("%％")
        if not text:
            return None
        found = number(text)
        if found is None:
            raise ValidationError(f"“{text}”不是数字。")
        return found

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> Any:
        """Write a number as a number."""
        return "" if value is None else value


class DateWidget(TextWidget):
    """A day: 2021-12-31, 2021/12/31, 2021年12月31日, or a cell that holds one."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> date | None:
        """Read a day, blank is missing."""
        text = str(value or "").translate(FULL_WIDTH).strip().removesuffix(" 00:00:00")
        if not text:
            return None
        try:
            return date(*map(int, re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text).groups()))
        except (AttributeError, ValueError) as error:
            raise ValidationError(f"“{text}”不是日期，请写成 2021-12-31。") from error


class MoneyWidget(Widget):
    """An amount in 元; blank is missing, not 0."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Decimal | None:
        """Read an amount as people type it."""
        text = text_of(value)
        return parse(text) if text else None

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> Any:
        """Write the exact amount as a number."""
        return "" if value is None else value


class ChoiceWidget(Widget):
    """One of a closed vocabulary, by its printed words; ``otherwise`` is what a blank stands for."""

    def __init__(self, choices: type[TextChoices], otherwise: str = "") -> None:
        self.choices, self.otherwise = choices, otherwise

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> str:
        """Read the words (“–” and “-” are one) or the value itself."""
        text = text_of(value).replace("-", "–")
        for choice in self.choices:
            if text in {str(choice.label).replace("-", "–"), choice.value}:
                return choice.value
        if not text:
            return self.otherwise
        offered = "、".join(str(choice.label) for choice in self.choices)
        raise ValidationError(f"“{text_of(value)}”不在可选范围内，可填：{offered}。")

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the words."""
        return str(self.choices(value).label) if value else ""


class YesNoWidget(Widget):
    """是 or 否."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> bool:
        """Read; blank is 否."""
        text = text_of(value) or "否"
        if text not in {"是", "否"}:
            raise ValidationError(f"“{text}”无效，只能填“是”或“否”。")
        return text == "是"

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write."""
        return "是" if value else "否"


class CodeWidget(Widget):
    """A code of a classification, taken from the list that fits the row's year."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Model | None:
        """Read “2013201” or “2013201 行政运行”, full-width digits and blanks as well."""
        text = next(iter(text_of(value).translate(FULL_WIDTH).split()), "")
        if not text:
            return None
        year = int(text_of((row or {}).get("年度")) or 9999)
        found = self.model.objects.worst_first(year).filter(code=text).last()
        if found is None:
            raise ValidationError(f"{self.model._meta.verbose_name}中没有编码“{text}”。")
        return found

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the code alone."""
        return value.code if value else ""


class OwnWidget(Widget):
    """A row of the register, found by its code among those the user may see."""

    model: type[Model]
    named: str

    def __init__(self) -> None:
        self.user: Any = None

    def narrowed(self, rows: Any, _row: dict[str, Any]) -> Any:
        """Keep what the other columns of the row point at."""
        return rows

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Model | None:
        """Read a code; refuse one outside the user's reach as one that is not there."""
        text = text_of(value).translate(FULL_WIDTH)
        if not text:
            return None
        rows = self.narrowed(allowed(self.user, self.model._default_manager.all()), row or {})
        found = list(rows.filter(**{self.lookup: text})[:2])
        if len(found) == 1:
            return found[0]
        problem = "没有找到，或不在您的权限范围内" if not found else "不止一个，请补充“区划代码”“部门编码”列"
        raise ValidationError(f"{self.named}“{text}”{problem}。")

    lookup = "code"

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the code."""
        return value.code if value else ""


class GovernmentWidget(OwnWidget):
    """A government by 区划代码."""

    model, named = Government, "区划代码"


class DepartmentWidget(OwnWidget):
    """A department by 部门编码."""

    model, named = Department, "部门编码"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep those of the row's government, where it names one."""
        government = text_of(row.get("区划代码"))
        return rows.filter(government__code=government) if government else rows


class UnitWidget(OwnWidget):
    """A unit by 单位编码."""

    model, named = Unit, "单位编码"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep those of the row's department, where it names one."""
        department = text_of(row.get("部门编码"))
        return rows.filter(department__code=department) if department else rows


class BudgetWidget(OwnWidget):
    """The 年初预算 of a department, by 部门编码 and the row's 年度."""

    model, named, lookup = Budget, "部门编码（本年度预算）", "department__code"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep the row's year (and government, where it names one)."""
        year, government = text_of(row.get("年度")), text_of(row.get("区划代码"))
        if not year.isdecimal():
            raise ValidationError("请填写“年度”列，例如 2022。")
        rows = rows.filter(fiscal_year__year=int(year), phase="initial")
        return rows.filter(fiscal_year__government__code=government) if government else rows

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the department's code."""
        return value.department.code if value else ""


class CounterpartWidget(UnitWidget):
    """The other unit of an internal transfer."""

    named = "内部往来单位编码"


class PreviousRowWidget(TextWidget):
    """A row of last year's figures: the printed name of a summary row, or a functional code."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> str:
        """Read the name or the code."""
        text = text_of(value)
        return next((known.value for known in PreviousRow if known.label == text), text)

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the name or the code."""
        return str(PreviousRow(value).label) if value in PreviousRow.values else value or ""


class ProjectWidget(OwnWidget):
    """A project by 项目编码."""

    model, named = Project, "项目编码"
