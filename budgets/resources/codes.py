"""Classification lists in files."""

from typing import Any

from django.core.exceptions import ValidationError

from budgets.enums import FunctionKind
from budgets.exchange import ScopedResource, column
from budgets.models import Economic, Function, GovernmentEconomic, ProcurementCatalogue
from budgets.widgets import ChoiceWidget, NumberWidget, TextWidget


class CodeResource(ScopedResource):
    """A classification list of one year."""

    code = column("code", "编码", TextWidget())
    name = column("name", "名称", TextWidget())
    vintage = column("vintage", "目录年份", NumberWidget())
    valid_from = column("valid_from", "起始年度", NumberWidget())
    valid_to = column("valid_to", "终止年度", NumberWidget())
    origin = column("origin", "来源", TextWidget())

    class Meta(ScopedResource.Meta):
        """A code stands once in a year's list."""

        fields = ("code", "name", "vintage", "valid_from", "valid_to", "origin")
        import_id_fields = ("code", "vintage")

    def before_save_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        """Refuse to change a code that an edition printed."""
        super().before_save_instance(instance, row, **kwargs)
        if instance.published:
            raise ValidationError(f"编码{instance.code}已用于公开版次，不能修改；请导入新年度的目录。")


class FunctionResource(CodeResource):
    """支出功能分类."""

    kind = column("kind", "所属预算", ChoiceWidget(FunctionKind))

    class Meta(CodeResource.Meta):
        """With the budget a code belongs to."""

        model = Function
        fields = (*CodeResource.Meta.fields, "kind")


class EconomicResource(CodeResource):
    """部门预算支出经济分类."""

    class Meta(CodeResource.Meta):
        """As all lists."""

        model = Economic


class GovernmentEconomicResource(CodeResource):
    """政府预算支出经济分类."""

    class Meta(CodeResource.Meta):
        """As all lists."""

        model = GovernmentEconomic


class ProcurementCatalogueResource(CodeResource):
    """政府采购品目."""

    class Meta(CodeResource.Meta):
        """As all lists."""

        model = ProcurementCatalogue
