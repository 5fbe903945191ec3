"""The lists behind the drop-downs, each a column of a sheet of its own."""

from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.models import Project
from budgets.widgets import ChoiceWidget, CodeWidget, ProjectWidget, UnitWidget, YesNoWidget
from disclosure.intake.cells import write
from disclosure.intake.columns import Column
from disclosure.intake.recognition import CODES
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure
from performance.models import IndicatorClass
from performance.resources import ClassWidget, GoalWidget


class Vocabulary:
    """The columns of 代码表, written when a sheet first asks for them."""

    def __init__(self, disclosure: Disclosure, sheet: Worksheet) -> None:
        self.disclosure, self.sheet = disclosure, sheet
        self.ranges: dict[str, str] = {}
        self.names: dict[str, dict[str, str]] = {}
        """“编码 名称” by code, for each list of codes."""

    def offer(self, kind: SheetKind, column: Column) -> str:
        """Return the range of a column's drop-down, blank where it has none."""
        title, words = self._words(kind.resource.fields[column.name].widget, column)
        if title and title not in self.ranges and words:
            self.ranges[title] = self._write(title, words)
        return self.ranges.get(title, "")

    def named(self, kind: SheetKind, column: Column, code: Any) -> Any:
        """Return “编码 名称” where the code is on a list."""
        title, _ = self._words(kind.resource.fields[column.name].widget, column)
        return self.names.get(title, {}).get(code, code) if isinstance(code, str) else code

    def finish(self) -> None:
        """Lock the sheet."""
        self.sheet.protection.sheet = True
        self.sheet.freeze_panes = "A2"

    def _words(self, widget: Any, column: Column) -> tuple[str, list[str]]:
        if isinstance(widget, ChoiceWidget | YesNoWidget):
            return "、".join(column.choices), list(column.choices)
        if isinstance(widget, ClassWidget):
            classes = dict.fromkeys(map(str, IndicatorClass.objects.all()))
            return "指标类别", list(classes)
        title = _title(widget)
        if title and title not in self.names:
            self.names[title] = {code: f"{code} {name}" for code, name in self._codes(widget)}
        return title, list(self.names.get(title, {}).values())

    def _codes(self, widget: Any) -> list[tuple[str, str]]:
        department = self.disclosure.budget.department
        if isinstance(widget, CodeWidget):
            model: Any = widget.model
            rows = model.objects.worst_first(self.disclosure.budget.fiscal_year.year)
            return sorted(dict(rows.values_list("code", "name")).items())
        if isinstance(widget, UnitWidget):
            units = department.units.all()
            units = units.filter(pk=self.disclosure.unit_id) if self.disclosure.unit_id else units
            return list(units.order_by("code").values_list("code", "name"))
        projects = Project.objects.filter(unit__department=department)
        return list(projects.order_by("code").values_list("code", "name"))

    def _write(self, title: str, words: list[str]) -> str:
        at = len(self.ranges) + 1
        write(self.sheet.cell(1, at), title[:60]).font = Font(bold=True)
        for row, word in enumerate(words, start=2):
            write(self.sheet.cell(row, at), word)
        letter = get_column_letter(at)
        self.sheet.column_dimensions[letter].width = 30
        return f"'{CODES}'!${letter}$2:${letter}${len(words) + 1}"


def _title(widget: Any) -> str:
    if isinstance(widget, CodeWidget):
        return str(widget.model._meta.verbose_name)
    if isinstance(widget, UnitWidget):
        return "单位"
    return "项目" if isinstance(widget, ProjectWidget | GoalWidget) else ""
