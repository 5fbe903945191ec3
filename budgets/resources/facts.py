"""A year's figures in files."""

from budgets.enums import Kind, PreviousMeasure, PreviousTable, Source
from budgets.exchange import ScopedResource, column, figure
from budgets.models import (
    CarryForward,
    ControlFigure,
    Economic,
    ExpenditureLine,
    Function,
    GovernmentEconomic,
    PreviousFigure,
    RevenueLine,
)
from budgets.widgets import (
    BudgetWidget,
    ChoiceWidget,
    CodeWidget,
    CounterpartWidget,
    MoneyWidget,
    NumberWidget,
    PreviousRowWidget,
    ProjectWidget,
    TextWidget,
    UnitWidget,
    YesNoWidget,
)

COUNTERPART = "内部往来单位编码"


class OfBudgetResource(ScopedResource):
    """Rows of a budget: 年度 and 部门编码 name the budget, 单位编码 the unit."""

    year = column("budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    budget = column("budget", "部门编码", BudgetWidget())
    unit = column("unit", "单位编码", UnitWidget())


class FactResource(OfBudgetResource):
    """Money of a budget, from a source."""

    source = column("source", "资金来源", ChoiceWidget(Source))
    amount = column("amount", "金额（元）", MoneyWidget())


class RevenueLineResource(FactResource):
    """收入明细."""

    carried_over = column("carried_over", "上年结转", YesNoWidget())
    function = column("function", "功能分类", CodeWidget(Function))
    counterpart = column("counterpart", COUNTERPART, CounterpartWidget())
    optional_columns = FactResource.optional_columns | {COUNTERPART}

    class Meta(ScopedResource.Meta):
        """A unit has one line for each source, 结转, function and internal counterpart."""

        model = RevenueLine
        fields = ("year", "budget", "unit", "source", "carried_over", "function", "counterpart", "amount")
        import_id_fields = ("budget", "unit", "source", "carried_over", "function", "counterpart")


class ExpenditureLineResource(FactResource):
    """支出明细."""

    kind = column("kind", "支出类别", ChoiceWidget(Kind))
    project = column("project", "项目编码", ProjectWidget())
    function = column("function", "功能分类", CodeWidget(Function))
    economic = column("economic", "部门经济分类", CodeWidget(Economic))
    government_economic = column("government_economic", "政府经济分类", CodeWidget(GovernmentEconomic))
    carried_over = column("carried_over", "上年结转", YesNoWidget())
    label = column("label", "明细名称", TextWidget())
    counterpart = column("counterpart", COUNTERPART, CounterpartWidget())
    optional_columns = FactResource.optional_columns | {COUNTERPART}

    class Meta(ScopedResource.Meta):
        """All codes and the 明细 label tell one line from another."""

        model = ExpenditureLine
        import_id_fields = (
            "budget",
            "unit",
            "kind",
            "project",
            "function",
            "economic",
            "source",
            "carried_over",
            "label",
            "counterpart",
        )
        fields = ("year", *import_id_fields, "government_economic", "amount")


class CarryForwardResource(FactResource):
    """结转下年."""

    class Meta(ScopedResource.Meta):
        """One line for each unit and source."""

        model = CarryForward
        fields = ("year", "budget", "unit", "source", "amount")
        import_id_fields = ("budget", "unit", "source")


class ControlFigureResource(FactResource):
    """批复控制数."""

    kind = column("kind", "支出类别", ChoiceWidget(Kind))

    class Meta(ScopedResource.Meta):
        """One figure for each scope, source and kind."""

        model = ControlFigure
        fields = ("year", "budget", "unit", "source", "kind", "amount")
        import_id_fields = ("budget", "unit", "source", "kind")


class PreviousFigureResource(OfBudgetResource):
    """上年数."""

    measure = column("measure", "口径", ChoiceWidget(PreviousMeasure))
    table = column("table", "表", ChoiceWidget(PreviousTable))
    code = column("code", "行", PreviousRowWidget())
    amount = figure("amount", "金额（元）", MoneyWidget())

    class Meta(ScopedResource.Meta):
        """One figure for each scope, measure, table and row."""

        model = PreviousFigure
        fields = ("year", "budget", "unit", "measure", "table", "code", "amount")
        import_id_fields = ("budget", "unit", "measure", "table", "code")
