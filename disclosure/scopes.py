"""Which drafts a stored row speaks in, who wrote in them, and whether they may be changed now."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from budgets.access import Area, access_of
from budgets.models import Budget, Project
from disclosure.enums import EDITABLE, Status
from disclosure.models import Contribution, Disclosure
from disclosure.moves import HOLDERS

OF_YEAR = "fiscal_year__government"
"""How the path ends by which a row that belongs to one budget finds its government."""
ANOTHER_PROJECT = "只是本年要换名称的，请在“项目”中另登记一个项目（新的编码），再在支出明细和项目绩效目标中改用它。"
"""The way out where a project is printed in a year that is locked."""
WRITTEN = (Area.FACTS, Area.DISCLOSURES)


def budgets_of(row: Model) -> list[tuple[Budget, int | None]]:
    """Return the budgets a row speaks in, each with the row's unit (None: the whole department).

    What belongs to a unit and no one budget (a project, a unit's profile) speaks in all its department's budgets of
    the years that are open.
    """
    access = access_of(type(row))
    if access.area not in WRITTEN or not access.government:
        return []
    unit = _follow(row, access.unit)
    if access.government.endswith(OF_YEAR):
        budget = _follow(row, access.government.removesuffix(OF_YEAR).strip("_"))
        return [(budget, unit.pk if unit else None)] if budget else []
    department = _follow(row, access.department)
    budgets = Budget.objects.filter(department=department, fiscal_year__is_open=True)
    if year := getattr(row, "year", None):
        budgets = budgets.filter(fiscal_year__year=year)
    return [(budget, unit.pk if unit else None) for budget in budgets]


def drafts_of(row: Model) -> QuerySet[Disclosure]:
    """Return the disclosures whose documents a row changes: its unit's and its department's, or its own only."""
    own = row if isinstance(row, Disclosure) else getattr(row, "disclosure", None)
    found = Disclosure.objects.select_related("budget__fiscal_year__government", "budget__department", "unit")
    if own is not None:
        return found.filter(pk=own.pk)
    wanted = Q(pk__in=())
    for budget, unit in budgets_of(row):
        wanted |= Q(budget=budget.pk) & (Q(unit__isnull=True) | Q(unit=unit) if unit else Q(unit__isnull=True))
    return found.filter(wanted)


def hold(row: Model) -> None:
    """Lock the budgets a row speaks in, as a grid does before it stores."""
    keys = sorted(budget.pk for budget, _ in budgets_of(row))
    if keys:
        list(Budget.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def locked(row: Model) -> str:
    """Say why a row may not be changed now; blank where it may."""
    if isinstance(row, Project):
        return _locked_project(row)
    return next((reason for draft in drafts_of(row) if (reason := locked_draft(draft))), "")


def _locked_project(project: Project) -> str:
    """Say why a project may not be changed: one of the years that use it is locked, or every year where none does."""
    users = (project.lines, project.goals) if project.pk else ()
    used = {budget for rows in users for budget in rows.values_list("budget", flat=True)}
    reasons: dict[int, str] = {}
    for draft in drafts_of(project):
        reasons[draft.budget_id] = reasons.get(draft.budget_id) or locked_draft(draft)
    if used:
        reason = next((reason for budget, reason in reasons.items() if reason and budget in used), "")
        return f"{reason}{ANOTHER_PROJECT}" if reason else ""
    return next(iter(reasons.values()), "") if all(reasons.values()) else ""


def locked_draft(disclosure: Disclosure) -> str:
    """Say why a draft may not be changed now; blank where clerks may."""
    year = disclosure.budget.fiscal_year
    if not year.is_open:
        return f"{year}已停止填报，不能修改、导入或撤销导入。确需修改的，请系统管理员在“预算年度”中恢复“开放填报”。"
    state = Status(disclosure.status)
    if state in EDITABLE:
        return ""
    said = f"{disclosure}现在是“{state.label}”，内容已锁定，不能修改、导入或撤销导入。"
    if state is Status.PUBLISHED:
        return f"{said}请先“发起更正”，状态回到“{Status.DRAFTING.label}”后再修改。"
    return f"{said}请{HOLDERS[state].label}退回，状态回到“{Status.DRAFTING.label}”后再修改。"


def siblings(disclosure: Disclosure) -> list[Disclosure]:
    """Return the drafts that share one's facts: all of the units of a department, a unit's with its department's."""
    found = Disclosure.objects.filter(budget=disclosure.budget)
    if disclosure.unit_id:
        found = found.filter(Q(unit__isnull=True) | Q(pk=disclosure.pk))
    return list(found.select_related("budget__fiscal_year__government", "budget__department", "unit"))


def witness(by: Any, row: Model) -> None:
    """Remember that somebody entered or changed a row: whoever wrote in a draft does not approve it."""
    for budget, unit in budgets_of(row):
        if budget is not row or Budget.objects.filter(pk=budget.pk).exists():  # a budget may just have been deleted
            remember(by, budget, unit)


def remember(by: Any, budget: Budget, unit: int | None) -> None:
    """Remember who wrote in a budget, in one unit's rows or department-wide."""
    known = {"budget": budget, "unit_id": unit, "by": by}
    if not Contribution.objects.filter(**known).update(at=timezone.now()):
        Contribution.objects.create(**known, at=timezone.now())


def wrote_in(by: Any, disclosure: Disclosure) -> bool:
    """Tell whether somebody entered or imported anything that a document prints."""
    found = Contribution.objects.filter(budget=disclosure.budget_id, by=by)
    if disclosure.unit_id:
        found = found.filter(Q(unit__isnull=True) | Q(unit=disclosure.unit_id))
    return found.exists()


def _follow(row: Any, path: str) -> Any:
    for name in filter(None, path.split("__")):
        row = getattr(row, name, None) if row is not None else None
    return row
