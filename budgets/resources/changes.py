"""Changes of codes, and the crosswalk between the economic classifications, in files."""

from typing import Any

from budgets.enums import ChangeKind, CodeScheme
from budgets.exchange import ByNaturalKey, ScopedResource, column
from budgets.models import CodeChange, Economic, EconomicCrosswalk, GovernmentEconomic
from budgets.widgets import ChoiceWidget, CodeWidget, NumberWidget, TextWidget, YesNoWidget


class CodeChangeResource(ScopedResource):
    """What became of a code: a row for each code it continues in."""

    scheme = column("scheme", "分类", ChoiceWidget(CodeScheme))
    kind = column("kind", "方式", ChoiceWidget(ChangeKind))
    old_code = column("old_code", "原编码", TextWidget())
    old_name = column("old_name", "原名称", TextWidget())
    new_code = column("new_code", "新编码", TextWidget())
    new_name = column("new_name", "新名称", TextWidget())
    last_year_of_old = column("last_year_of_old", "原编码最后使用年度", NumberWidget())
    share = column("share", "占比（%）", NumberWidget())
    comparable = column("comparable", "口径可比", YesNoWidget())
    origin = column("origin", "来源", TextWidget())

    class Meta(ScopedResource.Meta):
        """One row for each old and new code of a change."""

        model = CodeChange
        fields = (
            "scheme",
            "kind",
            "old_code",
            "old_name",
            "new_code",
            "new_name",
            "last_year_of_old",
            "share",
            "comparable",
            "origin",
        )
        import_id_fields = ("scheme", "old_code", "old_name", "new_code", "last_year_of_old")


class ByCode(ByNaturalKey):
    """Finds a pair by its codes, whichever year's list they were taken from."""

    def key(self, row: dict[str, Any]) -> dict[str, Any]:
        """Look up codes instead of rows."""
        given = super().key(row)
        economic, government = given.pop("economic"), given.pop("government_economic")
        return {**given, "economic__code": economic.code, "government_economic__code": government.code}


class EconomicCrosswalkResource(ScopedResource):
    """Which 政府经济分类 a 部门经济分类 becomes."""

    economic = column("economic", "部门经济分类", CodeWidget(Economic))
    payer = column("payer", "适用单位", TextWidget())
    government_economic = column("government_economic", "政府经济分类", CodeWidget(GovernmentEconomic))

    class Meta(ScopedResource.Meta):
        """All three make the pair: a row is there or it is not."""

        model = EconomicCrosswalk
        instance_loader_class = ByCode
        fields = ("economic", "payer", "government_economic")
        import_id_fields = ("economic", "payer", "government_economic")

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        """Leave a pair that is there as it is."""
        if instance.pk is None:
            super().import_instance(instance, row, **kwargs)
