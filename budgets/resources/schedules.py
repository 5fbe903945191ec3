"""The schedules beside the main figures in files; a figure is a number, blank (missing) or “不适用”."""

from budgets.enums import AssetCategory, ProcurementMode, ProcurementType, ThreePublicItem
from budgets.exchange import ScopedResource, column, figure
from budgets.models import AssetHolding, ProcurementCatalogue, ProcurementItem, ThreePublicCost
from budgets.resources.facts import FactResource, OfBudgetResource
from budgets.widgets import ChoiceWidget, CodeWidget, DateWidget, MoneyWidget, NumberWidget, ProjectWidget, TextWidget


class ThreePublicCostResource(FactResource):
    """“三公”经费."""

    item = column("item", "项目", ChoiceWidget(ThreePublicItem))
    amount = column("amount", "本年预算（元）", MoneyWidget())
    previous = figure("previous", "上年预算（元）", MoneyWidget())
    reason = column("reason", "增减原因", TextWidget())
    occasions = column("occasions", "团组数或接待批次", NumberWidget())
    persons = column("persons", "人次", NumberWidget())
    vehicles = column("vehicles", "购置数或保有量", NumberWidget())

    class Meta(ScopedResource.Meta):
        """One row for each unit, item and source."""

        model = ThreePublicCost
        import_id_fields = ("budget", "unit", "item", "source")
        fields = ("year", *import_id_fields, "amount", "previous", "reason", "occasions", "persons", "vehicles")


class ProcurementItemResource(FactResource):
    """政府采购."""

    project = column("project", "项目编码", ProjectWidget())
    name = column("name", "采购物品名称", TextWidget())
    catalogue = column("catalogue", "采购品目", CodeWidget(ProcurementCatalogue))
    type = column("type", "采购类型", ChoiceWidget(ProcurementType))
    mode = column("mode", "组织形式", ChoiceWidget(ProcurementMode))
    measure = column("measure", "数量单位", TextWidget())
    quantity = figure("quantity", "数量", NumberWidget())
    unit_price = figure("unit_price", "单价（元）", MoneyWidget())
    other_channels = column("other_channels", "其他渠道资金（元）", MoneyWidget())
    reserved = column("reserved", "预留中小企业（元）", MoneyWidget())
    reserved_micro = column("reserved_micro", "其中：小微企业（元）", MoneyWidget())

    class Meta(ScopedResource.Meta):
        """A thing has one name within its project, item of the catalogue and source."""

        model = ProcurementItem
        import_id_fields = ("budget", "unit", "project", "name", "catalogue", "source")
        amounts = ("amount", "other_channels", "reserved", "reserved_micro")
        fields = ("year", *import_id_fields, "type", "mode", "measure", "quantity", "unit_price", *amounts)


class AssetHoldingResource(OfBudgetResource):
    """固定资产占用."""

    category = column("category", "类别", ChoiceWidget(AssetCategory))
    quantity = figure("quantity", "数量", NumberWidget())
    measure = column("measure", "计量单位", TextWidget())
    value = figure("value", "价值（元）", MoneyWidget())
    as_of = column("as_of", "截至日期", DateWidget())

    class Meta(ScopedResource.Meta):
        """One row for each unit and category."""

        model = AssetHolding
        import_id_fields = ("budget", "unit", "category")
        fields = ("year", *import_id_fields, "quantity", "measure", "value", "as_of")
