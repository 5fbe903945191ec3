"""Texts, glossary and empty tables in files; 年度, 部门编码 and 单位编码 name the disclosure."""

from typing import Any

from django.core.exceptions import ValidationError

from budgets.exchange import ScopedResource, column
from budgets.widgets import ChoiceWidget, NumberWidget, OwnWidget, TextWidget, text_of
from disclosure.enums import NarrativeKey, NarrativeState, TableKey
from disclosure.models import Disclosure, EmptyTable, GlossaryTerm, Narrative


class DisclosureWidget(OwnWidget):
    """The disclosure of a department, or of the unit the row names, in the row's year."""

    model, named, lookup = Disclosure, "部门编码（本年度预算公开）", "budget__department__code"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep the row's year and unit (and government, where it names one)."""
        year, unit, government = (text_of(row.get(name)) for name in ("年度", "单位编码", "区划代码"))
        if not year.isdecimal():
            raise ValidationError("请填写“年度”列，例如 2022。")
        rows = rows.filter(budget__fiscal_year__year=int(year), budget__phase="initial")
        rows = rows.filter(unit__code=unit) if unit else rows.filter(unit=None)
        return rows.filter(budget__fiscal_year__government__code=government) if government else rows

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the department's code."""
        return value.budget.department.code if value else ""


class OfDisclosureResource(ScopedResource):
    """What people write for one disclosure; 单位编码 is blank in a department's own."""

    year = column("disclosure__budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    disclosure = column("disclosure", "部门编码", DisclosureWidget())
    unit = column("disclosure__unit__code", "单位编码", TextWidget(), readonly=True)


class NarrativeResource(OfDisclosureResource):
    """文字说明."""

    key = column("key", "栏目", ChoiceWidget(NarrativeKey))
    text = column("text", "内容", TextWidget())
    state = column("state", "状态", ChoiceWidget(NarrativeState, otherwise=NarrativeState.EDITED))

    class Meta(ScopedResource.Meta):
        """Each text once."""

        model = Narrative
        import_id_fields = ("disclosure", "key")
        fields = ("year", "disclosure", "unit", "key", "text", "state")


class GlossaryTermResource(OfDisclosureResource):
    """名词解释."""

    position = column("position", "次序", NumberWidget())
    term = column("term", "名词", TextWidget())
    explanation = column("explanation", "解释", TextWidget())

    class Meta(ScopedResource.Meta):
        """Each term once."""

        model = GlossaryTerm
        import_id_fields = ("disclosure", "term")
        fields = ("year", "disclosure", "unit", "position", "term", "explanation")


class EmptyTableResource(OfDisclosureResource):
    """空表说明."""

    table = column("table", "表", ChoiceWidget(TableKey))
    reason = column("reason", "空表说明", TextWidget())

    class Meta(ScopedResource.Meta):
        """Each table once."""

        model = EmptyTable
        import_id_fields = ("disclosure", "table")
        fields = ("year", "disclosure", "unit", "table", "reason")
