"""The vocabulary of the schedules beside the main figures, and of last year's figures."""

from decimal import Decimal
from typing import Self

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Substr

from budgets.enums import Source
from budgets.money import ZERO
from budgets.sums import added, inapplicable, whole


class ThreePublicQuerySet(QuerySet):
    """Sentences about “三公”经费."""

    def by_item_and_source(self) -> dict[tuple[str, str], Decimal]:
        """Total each item and source in 元."""
        rows = self.values_list("item", "source").annotate(total=Sum("amount", default=ZERO)).order_by("item")
        return {(item, source): total for item, source, total in rows}

    def by_item(self) -> Self:
        """Total each item in 元, this year's and last year's; last year's stays missing where one row lacks it."""
        return (
            self.values("item")
            .annotate(total=added(), before=whole("previous", may_not_apply=True), none_before=inapplicable("previous"))
            .order_by("item")
        )


class AssetQuerySet(QuerySet):
    """Sentences about fixed assets."""

    def by_category(self) -> dict[str, dict]:
        """Total quantity and value (元) of each category; a sum that lacks a part is missing."""
        figures = {}
        for field in ("quantity", "value"):
            figures |= {field: whole(field, may_not_apply=True), f"{field}_not_applicable": inapplicable(field)}
        return {row["category"]: row for row in self.values("category").annotate(**figures).order_by("category")}

    def total_value(self) -> Decimal:
        """Total the value of all categories in 元."""
        return self.aggregate(total=Sum("value", default=ZERO))["total"]


class ProcurementQuerySet(QuerySet):
    """Sentences about 政府采购."""

    def total(self) -> Decimal:
        """Total all things in 元."""
        return self.aggregate(total=Sum("amount", default=ZERO))["total"]

    def totals_by(self, paid_by: dict[str, tuple[Source, ...]]) -> dict[str, Decimal]:
        """Total in 元 what each group of sources pays, this year's budget, and what comes through other channels."""
        parts = {key: added(Q(source__in=sources)) for key, sources in paid_by.items()}
        return self.aggregate(budgeted=added(), other_channels=added(field="other_channels"), **parts)

    def by_type(self) -> dict[str, Decimal]:
        """Total 货物, 工程 and 服务 in 元."""
        return dict(self.values_list("type").annotate(total=added()).order_by("type"))

    def reserved_totals(self) -> dict[str, Decimal]:
        """Total in 元 what is reserved for 中小企业, and of it for 小微企业."""
        return self.aggregate(reserved=added(field="reserved"), micro=added(field="reserved_micro"))


class PreviousQuerySet(QuerySet):
    """Sentences about last year's figures."""

    def rolled_up(self, digits: int) -> Self:
        """Total in 元 what stands under the first ``digits`` digits of a functional code."""
        return (
            self.annotate(head=Substr("code", 1, digits))
            .values("head")
            .annotate(total=whole("amount", may_not_apply=True), none=inapplicable("amount"))
            .order_by("head")
        )

    def by_code(self) -> Self:
        """Total each measure, table and code in 元."""
        return (
            self.values("measure", "table", "code")
            .annotate(total=whole("amount", may_not_apply=True), none=inapplicable("amount"))
            .order_by("table", "code", "measure")
        )
