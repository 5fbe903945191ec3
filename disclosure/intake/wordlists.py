"""What may be picked in a column: the words of a closed vocabulary, or the codes of a list with their names."""

from typing import Any

from budgets.models import Project
from budgets.widgets import ChoiceWidget, CodeWidget, ProjectWidget, UnitWidget, YesNoWidget
from disclosure.intake.columns import Column
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure
from performance.models import IndicatorClass
from performance.resources import ClassWidget, GoalWidget


class WordLists:
    """The lists of one disclosure, each looked up when a column first asks for it."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.names: dict[str, dict[str, str]] = {}
        """The name by code, for each list of codes."""
        self._classes: list[str] = []

    def title(self, kind: SheetKind, column: Column) -> str:
        """Name a column's list; blank where anything may be written."""
        return _title(kind.resource.fields[column.name].widget, column)

    def codes(self, kind: SheetKind, column: Column) -> dict[str, str]:
        """Return the names by code where a column holds codes; empty where it does not."""
        widget = kind.resource.fields[column.name].widget
        title = _title(widget, column)
        if not _coded(widget):
            return {}
        if title not in self.names:
            self.names[title] = dict(self._codes(widget))
        return self.names[title]

    def words(self, kind: SheetKind, column: Column) -> list[str]:
        """Return what may be picked, codes as “编码 名称”."""
        widget = kind.resource.fields[column.name].widget
        if isinstance(widget, ChoiceWidget | YesNoWidget):
            return list(column.choices)
        if isinstance(widget, ClassWidget):
            self._classes = self._classes or list(dict.fromkeys(map(str, IndicatorClass.objects.all())))
            return self._classes
        return [f"{code} {name}" for code, name in self.codes(kind, column).items()]

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


def _coded(widget: Any) -> bool:
    return isinstance(widget, CodeWidget | UnitWidget | ProjectWidget | GoalWidget)


def _title(widget: Any, column: Column) -> str:
    if isinstance(widget, ChoiceWidget | YesNoWidget):
        return "、".join(column.choices)
    if isinstance(widget, CodeWidget):
        return str(widget.model._meta.verbose_name)
    if isinstance(widget, UnitWidget):
        return "单位"
    if isinstance(widget, ClassWidget):
        return "指标类别"
    return "项目" if isinstance(widget, ProjectWidget | GoalWidget) else ""
