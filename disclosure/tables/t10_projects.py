"""表十：项目支出表."""

from collections.abc import Iterable
from typing import Any, ClassVar

from budgets.enums import ProjectCategory, WithheldScheme
from budgets.querysets import ExpenditureQuerySet
from budgets.sums import FUNDING_SUMS
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope

WITHHELD = "涉密项目（依法不细化）"
WORDS = {"unit": "project__unit__name", "category": "project__category", "name": "project__name"}


class Projects(StatutoryTable):
    """项目支出 by project and by what pays for it; secret projects are one row together."""

    key: ClassVar[str] = "projects"
    number: ClassVar[int | None] = 10

    unit = TextColumn("单位")
    category = TextColumn("项目类别")
    code = CodeColumn("项目编码")
    name = TextColumn("项目名称")
    total = MoneyColumn("合计")
    general = MoneyColumn("一般公共预算", "本年拨款")
    fund = MoneyColumn("政府性基金预算", "本年拨款")
    capital = MoneyColumn("国有资本经营预算", "本年拨款")
    general_carried = MoneyColumn("一般公共预算", "财政拨款结转结余")
    fund_carried = MoneyColumn("政府性基金预算", "财政拨款结转结余")
    capital_carried = MoneyColumn("国有资本经营预算", "财政拨款结转结余")
    special_account = MoneyColumn("财政专户管理资金")
    own = MoneyColumn("单位资金")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then one row a project in the order of units and codes."""
        lines = scope.expenditures.projects()
        printed = [_printed(row) for row in open_projects(scope, lines)]
        secret = lines.filter(project__code__in=scope.withheld[WithheldScheme.PROJECT]).funding_totals()
        if not printed and not secret["total"]:
            return
        yield Line({"name": "合计", **lines.funding_totals()}, level=0, total=True)
        yield from (Line(row) for row in printed)
        if secret["total"]:
            yield Line({"name": WITHHELD, **secret})


def open_projects(scope: Scope, lines: ExpenditureQuerySet) -> Iterable[dict[str, Any]]:
    """Total each project that is not secret in 元, with its words, in the order of units and codes."""
    kept = lines.exclude(project__code__in=scope.withheld[WithheldScheme.PROJECT])
    named = kept.values("project", "project__code", *WORDS.values()).annotate(**FUNDING_SUMS)
    found: Iterable[dict[str, Any]] = named.order_by("project__unit__code", "project__code")
    return found


def _printed(row: dict[str, Any]) -> dict[str, Any]:
    said = {key: row[path] for key, path in WORDS.items()}
    said["category"] = str(ProjectCategory(said["category"]).label)
    return {**row, **said, "code": row["project__code"]}
