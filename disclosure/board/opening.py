"""A year opened for everybody: one budget and disclosure for each department and unit that must publish."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.enums import Phase
from budgets.models import AuditTrail, Budget, Department, FiscalYear, Government, Unit
from disclosure.board.rights import opens
from disclosure.models import Disclosure, Exemption
from disclosure.refusal import RefusalError
from disclosure.roster import departments_due, units_due

Target = tuple[int, int | None]
"""A department's key, and a unit's: None for the whole department."""


class Planned(NamedTuple):
    """A department or unit on the register, what it would get, and the exemption that would speak against it."""

    department: Department
    unit: Unit | None
    is_open: bool
    exemption: Exemption | None


class Opening(NamedTuple):
    """What opening a year would do: ``carried`` are last year's exemptions that the year does not know yet."""

    existing: FiscalYear | None
    like: FiscalYear | None
    planned: list[Planned]
    carried: list[Exemption]

    @property
    def added(self) -> list[Planned]:
        """Return whoever would be opened now if every exemption is carried over."""
        return [one for one in self.planned if not one.is_open and one.exemption is None]

    @property
    def departments(self) -> int:
        """Count the departments among them."""
        return sum(one.unit is None for one in self.added)


class Opened(NamedTuple):
    """What opening a year did."""

    year: FiscalYear
    departments: int
    units: int
    exemptions: int


def preview_opening(government: Government, year: int, like: FiscalYear | None = None) -> Opening:
    """Say who would be opened; ``like`` is the year before where none is named."""
    existing = FiscalYear.objects.filter(government=government, year=year).first()
    like = like or FiscalYear.objects.filter(government=government, year__lt=year).order_by("year").last()
    standing = _by_target(Exemption.objects.filter(fiscal_year=existing)) if existing else {}
    before = _by_target(Exemption.objects.filter(fiscal_year=like)) if like else {}
    found = Disclosure.objects.filter(budget__fiscal_year=existing, budget__phase=Phase.INITIAL)
    there: set[Target] = set(found.values_list("budget__department", "unit")) if existing else set()
    known = {**before, **standing}
    planned = [
        Planned(
            department, unit, (department.pk, unit.pk if unit else None) in there, _against(known, department, unit)
        )
        for department, unit in _register(government, year)
    ]
    valid = {(one.department.pk, one.unit.pk if one.unit else None) for one in planned}
    carried = [row for target, row in before.items() if target in valid and target not in standing]
    return Opening(existing, like, planned, carried)


@transaction.atomic
def open_year(
    government: Government,
    year: int,
    *,
    by: Any,
    like: FiscalYear | None = None,
    keep: Collection[int] | None = None,
) -> Opened:
    """Open a year for everybody on the register; run again, it adds what is missing.

    ``keep`` are the keys of last year's exemptions that go on; None keeps all where the year is new, and none later.
    """
    if not opens(by, government):
        message = f"用户“{by}”不能开放{government}的年度，请由财政审核人办理。"
        raise RefusalError(message)
    Government.objects.select_for_update().get(pk=government.pk)
    plan = preview_opening(government, year, like)
    opened = plan.existing or _created(government, year, plan.like)
    if not opened.is_open:
        message = f"{opened}已停止填报，不能再开放。确需补开的，请系统管理员在“预算年度”中恢复“开放填报”。"
        raise RefusalError(message)
    wanted = keep if keep is not None else [] if plan.existing else [row.pk for row in plan.carried]
    kept = [_again(row, opened) for row in plan.carried if row.pk in wanted]
    Exemption.objects.bulk_create(kept)
    departments, units = _added(opened)
    told: dict[str, Any] = {"departments": departments, "units": units, "exemptions": [str(row) for row in kept]}
    if not plan.existing or departments or units or kept:
        AuditTrail.append("open_year", str(opened), by=by, like=str(plan.like or ""), **told)
    return Opened(opened, departments, units, len(kept))


def _register(government: Government, year: int) -> list[tuple[Department, Unit | None]]:
    """List who is valid in a year: each department, then its units."""
    below: dict[int, list[Unit]] = {}
    for unit in Unit.objects.filter(department__government=government).valid_in(year).order_by("code"):
        below.setdefault(unit.department_id, []).append(unit)
    departments = Department.objects.filter(government=government).valid_in(year).order_by("code")
    return [(one, unit) for one in departments for unit in (None, *below.get(one.pk, ()))]


def _by_target(rows: Any) -> dict[Target, Exemption]:
    return {(row.department_id, row.unit_id): row for row in rows.select_related("department", "unit")}


def _against(known: dict[Target, Exemption], department: Department, unit: Unit | None) -> Exemption | None:
    whole = known.get((department.pk, None))
    return whole or (known.get((department.pk, unit.pk)) if unit else None)


def _created(government: Government, year: int, like: FiscalYear | None) -> FiscalYear:
    row = FiscalYear(government=government, year=year)
    if like:
        row.layout, row.reviews = like.layout, like.reviews
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusalError("".join(error.messages)) from error
    row.save()
    return row


def _again(row: Exemption, year: FiscalYear) -> Exemption:
    own = {"department_id": row.department_id, "unit_id": row.unit_id}
    return Exemption(fiscal_year=year, kind=row.kind, reason=row.reason, **own)


def _added(year: FiscalYear) -> tuple[int, int]:
    """Store the budgets and disclosures that are missing; return how many departments and units got theirs."""
    of_year = Budget.objects.filter(fiscal_year=year, phase=Phase.INITIAL)
    there = set(of_year.values_list("department", flat=True))
    due = list(departments_due(year))
    new = [Budget(fiscal_year=year, department=one, phase=Phase.INITIAL) for one in due if one.pk not in there]
    Budget.objects.bulk_create(new)
    budgets = dict(of_year.values_list("department", "pk"))
    known: set[Target] = set(
        Disclosure.objects.filter(budget__in=budgets.values()).values_list("budget__department", "unit")
    )
    wholes = [Disclosure(budget_id=budgets[one.pk]) for one in due if (one.pk, None) not in known]
    units = [
        Disclosure(budget_id=budgets[unit.department_id], unit=unit)
        for unit in units_due(year)
        if (unit.department_id, unit.pk) not in known
    ]
    Disclosure.objects.bulk_create([*wholes, *units])
    return len(wholes), len(units)
