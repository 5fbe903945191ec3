"""What surrounds a draft beside its content: the approved figures, the units that must publish, the codes in force."""

from decimal import Decimal

from budgets.enums import Kind, Source
from budgets.models import ControlFigure, Economic, ExpenditureLine, Function
from budgets.money import ZERO
from budgets.sums import added
from disclosure.content import Content
from disclosure.facts import Controlled
from disclosure.models import Disclosure, Exemption
from disclosure.tables.scope import Scope

BY_FUNCTION = ("spending", "general_expenditure", "fund_expenditure", "capital_expenditure")
BY_ECONOMIC = ("basic_expenditure",)


def control_of(disclosure: Disclosure) -> tuple[Controlled, ...]:
    """Return each 批复控制数 (元) beside what the draft spends of the same source and kind.

    A department without figures of its own goes by the sum of its units'.
    """
    budget, unit = disclosure.budget, disclosure.unit
    rows = list(ControlFigure.objects.filter(budget=budget).values("unit", "source", "kind", "amount"))
    own = [row for row in rows if row["unit"] == (unit.pk if unit else None)]
    approved: dict[tuple[str, str], Decimal] = {}
    for row in own or ([] if unit else rows):
        key = row["source"], row["kind"]
        approved[key] = approved.get(key, ZERO) + row["amount"]
    lines = ExpenditureLine.objects.filter(budget=budget)
    lines = lines.filter(unit=unit) if unit else lines
    sums = lines.order_by().values_list("source", "kind").annotate(total=added()) if approved else ()
    drafted = {(source, kind): total for source, kind, total in sums}
    return tuple(
        Controlled(f"{Source(source).label}·{Kind(kind).label}", amount, drafted.get((source, kind), ZERO))
        for (source, kind), amount in sorted(approved.items())
    )


def units_due(disclosure: Disclosure) -> tuple[str, ...] | None:
    """Name the department's units without a disclosure of their own or a stated exemption; None for a unit."""
    if disclosure.unit:
        return None
    own = Disclosure.objects.filter(budget=disclosure.budget, unit__isnull=False)
    exempt = Exemption.objects.filter(fiscal_year=disclosure.budget.fiscal_year, unit__isnull=False)
    settled = {*own.values_list("unit", flat=True), *exempt.values_list("unit", flat=True)}
    year = disclosure.budget.fiscal_year.year
    units = disclosure.budget.department.units.filter(profiles__year=year).order_by("code")
    return tuple(name for pk, name in units.values_list("pk", "name") if pk not in settled)


def codes_in_force(content: Content, scope: Scope) -> dict[str, dict[str, str]]:
    """Return the names of those codes in the document's tables that the year's lists hold: “function”, “economic”."""
    return {
        "function": scope.names_in_force(Function, _codes(content, BY_FUNCTION)),
        "economic": scope.names_in_force(Economic, _codes(content, BY_ECONOMIC)),
    }


def _codes(content: Content, keys: tuple[str, ...]) -> set[str]:
    found = (row.cells.get("code") for table in content.tables if table.key in keys for row in table.rows)
    return {code for code in found if code}
