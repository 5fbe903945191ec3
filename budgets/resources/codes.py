"""Classification lists in files."""

from django.db.models import QuerySet

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

    def get_queryset(self) -> QuerySet:
        """Show each code of a year once: as its official list says, where there is one."""
        return super().get_queryset().outstanding()


class FunctionResource(CodeResource):
    """支出功能分类."""

    kind = column("kind", "所属预算", ChoiceWidget(FunctionKind))

    class Meta(CodeResource.Meta):
        """With the budget a code belongs to."""

        model = Function
        fields = (*CodeResource.Meta.fields, "kind")
        import_id_fields = (*CodeResource.Meta.import_id_fields, "kind")


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
