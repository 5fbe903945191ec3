"""批复日期 and 批复控制数 entered for many: read from a file, looked at, stored all together or not at all."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from budgets.enums import Kind, Phase, Source
from budgets.models import AuditTrail, Budget, ControlFigure, Department, FiscalYear, Unit
from budgets.money import MISSING_SHOWN, MoneyUnit, shown
from budgets.readers.sheets import Sheet
from disclosure.board.approval_sheets import Written, read_approvals
from disclosure.board.records import of_year
from disclosure.board.rights import approves
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError

Figures = dict[tuple[str, str], Decimal]
"""By source and kind, in 元."""


class Change(NamedTuple):
    """One thing that would change: old → new."""

    budget: Budget
    unit: Unit | None
    disclosure: Disclosure | None
    figure: tuple[str, str] | None
    old: date | Decimal | None
    new: date | Decimal

    @property
    def disclosure_pk(self) -> int:
        """The key of the disclosure whose date changes; 0 where there is none."""
        return self.disclosure.pk if self.disclosure else 0

    @property
    def whose(self) -> str:
        """Name the department or unit."""
        return str(self.unit or self.budget.department)

    @property
    def what(self) -> str:
        """Name what changes."""
        if self.figure is None:
            return "批复日期"
        source, kind = self.figure
        return f"{Source(source).label}·{Kind(kind).label}（元）"

    @property
    def before(self) -> str:
        """Print the old value."""
        return _printed(self.old)

    @property
    def after(self) -> str:
        """Print the new value."""
        return _printed(self.new)


class Proposal(NamedTuple):
    """What a file would change, what is wrong with it, and what to look at."""

    changes: list[Change]
    problems: list[str]
    notes: list[str]
    rows: int

    @property
    def fingerprint(self) -> str:
        """Tell one set of changes from another."""
        said = [f"{one.whose} {one.what} {one.before} {one.after}" for one in self.changes]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


class Known(NamedTuple):
    """What is stored of a year: budgets and units by code, disclosures and figures by department and unit."""

    budgets: dict[str, Budget]
    units: dict[tuple[str, str], Unit]
    disclosures: dict[tuple[int, int | None], Disclosure]
    figures: dict[tuple[int, int | None], Figures]


def propose(year: FiscalYear, sheets: Sequence[Sheet]) -> Proposal:
    """Read a file against what is stored; a blank cell leaves everything as it is."""
    known, (written, problems, notes) = known_of(year), read_approvals(sheets)
    changes: list[Change] = []
    seen: dict[tuple[str, str], str] = {}
    for row in written:
        key = row.department, row.unit
        if key in seen:
            problems.append(f"{row.place}：与{seen[key]}重复，同一部门或单位只能写一行。")
            continue
        seen[key] = row.place
        trouble = _trouble(year, known, row)
        problems += trouble
        changes += [] if trouble else _changes(known, row)
    return Proposal(changes, problems, notes, len(written))


def known_of(year: FiscalYear) -> Known:
    """Read what is stored of a year."""
    budgets = Budget.objects.filter(fiscal_year=year, phase=Phase.INITIAL)
    figures: dict[tuple[int, int | None], Figures] = {}
    for row in ControlFigure.objects.filter(budget__in=budgets):
        figures.setdefault((row.budget_id, row.unit_id), {})[row.source, row.kind] = row.amount
    units = Unit.objects.filter(department__government=year.government_id).select_related("department")
    followed = budgets.select_related("department", "fiscal_year__government").order_by("department__code")
    return Known(
        {one.department.code: one for one in followed},
        {(one.department.code, one.code): one for one in units.order_by("department__code", "code")},
        {(one.budget_id, one.unit_id): one for one in of_year(year).order_by("pk")},
        figures,
    )


@transaction.atomic
def store_approvals(year: FiscalYear, sheets: Sequence[Sheet], *, by: Any, seen: str) -> Proposal:
    """Store what was previewed (``seen`` is its fingerprint), all of it or nothing.

    A disclosure under review is no obstacle: the day and the figures it is compared with are not its content.
    """
    list(of_year(year).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    proposal = propose(year, sheets)
    if proposal.problems:
        message = f"文件有{len(proposal.problems)}处问题，没有写入任何内容。"
        raise RefusalError(message)
    if proposal.fingerprint != seen:
        raise RefusalError("预览之后数据有变化，没有写入任何内容。请核对新的预览后再确认。")
    for budget, unit in dict.fromkeys((one.budget, one.unit) for one in proposal.changes):
        _may(by, budget, unit)
    _store(proposal.changes)
    _tell(proposal.changes, by)
    return proposal


@transaction.atomic
def set_approved_on(disclosure: Disclosure, on: date, *, by: Any) -> date | None:
    """Enter the 批复日期 of one disclosure, whatever its state; return the day that stood there."""
    row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    _may(by, row.budget, row.unit)
    if trouble := implausible(row.budget.fiscal_year, on):
        raise RefusalError(trouble)
    old: date | None = row.approved_on
    if old != on:
        row.approved_on = on
        row.save(update_fields=["approved_on"])
        AuditTrail.append("approval", str(row), by=by, 批复日期=[str(old or ""), str(on)])
    return old


def implausible(year: FiscalYear, on: date) -> str:
    """Say what is wrong with a 批复日期; blank where nothing is."""
    if on > localdate():
        return f"批复日期{on}还没有到，请核对。"
    if on.year not in {year.year - 1, year.year}:
        return f"批复日期{on}不在{year.year}年（或上年末），请核对年份。"
    return ""


def _may(by: Any, budget: Budget, unit: Unit | None) -> None:
    if not approves(by, budget, unit):
        message = f"用户“{by}”不能填写{unit or budget.department}的批复日期和控制数，请由财政审核人办理。"
        raise RefusalError(message)


def _trouble(year: FiscalYear, known: Known, row: Written) -> list[str]:
    budget = known.budgets.get(row.department)
    if budget is None:
        return [f"{row.place}：{year}没有编码为“{row.department}”的部门预算，请核对编码，或先开放这一部门。"]
    unit = known.units.get((row.department, row.unit))
    if row.unit and unit is None:
        return [f"{row.place}：{budget.department}没有编码为“{row.unit}”的单位，请核对编码。"]
    if row.approved_on is None:
        return []
    if (budget.pk, unit.pk if unit else None) not in known.disclosures:
        return [f"{row.place}：{unit or budget.department}没有公开事项（未开放，或不单独公开），不能填批复日期。"]
    trouble = implausible(year, row.approved_on)
    return [f"{row.place}：{trouble}"] if trouble else []


def _changes(known: Known, row: Written) -> list[Change]:
    budget, unit = known.budgets[row.department], known.units.get((row.department, row.unit))
    key = budget.pk, unit.pk if unit else None
    disclosure = known.disclosures.get(key)
    stored = known.figures.get(key, {})
    changes = [
        Change(budget, unit, disclosure, figure, stored.get(figure), new)
        for figure, new in row.figures.items()
        if stored.get(figure) != new
    ]
    if row.approved_on and disclosure and disclosure.approved_on != row.approved_on:
        dated = Change(budget, unit, disclosure, None, disclosure.approved_on, row.approved_on)
        return [dated, *changes]
    return changes


def _store(changes: list[Change]) -> None:
    new, dates = [], dict[int, Any]()
    for one in changes:
        if one.figure is None:
            dates[one.disclosure_pk] = one.new
            continue
        source, kind = one.figure
        known = {"budget": one.budget, "unit": one.unit, "source": source, "kind": kind}
        if one.old is None:
            new.append(ControlFigure(**known, amount=one.new))
        else:
            ControlFigure.objects.filter(**known).update(amount=one.new)
    ControlFigure.objects.bulk_create(new)
    for on in set(dates.values()):
        Disclosure.objects.filter(pk__in=[pk for pk, day in dates.items() if day == on]).update(approved_on=on)


def _tell(changes: list[Change], by: Any) -> None:
    """Write one line of the trail for each department or unit."""
    told: dict[str, dict[str, Any]] = {}
    for one in changes:
        told.setdefault(f"{one.whose}{one.budget.fiscal_year.year}年批复", {})[one.what] = [one.before, one.after]
    for target, detail in told.items():
        AuditTrail.append("approval", target, by=by, **detail)


def _printed(value: date | Decimal | None) -> str:
    if value is None:
        return MISSING_SHOWN
    return shown(value, MoneyUnit.YUAN, grouped=True) if isinstance(value, Decimal) else str(value)


def departments_of(known: Known) -> list[tuple[Department, Unit | None, Budget]]:
    """List whoever has a budget in the year: each department, then its units."""
    return [
        (budget.department, unit, budget)
        for code, budget in known.budgets.items()
        for unit in (None, *(one for (department, _), one in known.units.items() if department == code))
    ]
