"""Stores the sample's figures: income, spending, “三公”, assets and last year's totals."""

from datetime import date
from decimal import Decimal
from typing import Any

from budgets.enums import PreviousMeasure, PreviousTable
from budgets.models import (
    AssetHolding,
    Budget,
    Economic,
    ExpenditureLine,
    Function,
    PreviousFigure,
    Project,
    RevenueLine,
    ThreePublicCost,
    Unit,
)
from budgets.money import MoneyUnit, parse
from disclosure.sample.printed import Sample


def wan(text: str) -> Decimal | None:
    """Read an amount printed in 万元 as 元; blank is missing."""
    return parse(text, MoneyUnit.WAN) if text else None


def store_facts(sample: Sample, budget: Budget) -> None:
    """Store every figure of the sample under ``budget``."""
    units = {unit.code: unit for unit in budget.department.units.all()}
    _store_projects(sample, units)
    _store_lines(sample, budget, units)
    for row in sample.rows("three_public"):
        amounts = {"amount": wan(row["amount"]), "previous": wan(row["previous"])}
        said = {"item": row["item"], "source": row["source"], "reason": row["reason"]}
        ThreePublicCost.objects.create(budget=budget, unit=units[row["unit"]], **said, **amounts)
    _store_assets(sample, budget, units)
    for row in sample.rows("previous"):
        figure = {"measure": PreviousMeasure.BUDGET, "table": PreviousTable.SUMMARY, "code": row["key"]}
        PreviousFigure.objects.create(budget=budget, amount=wan(row["amount"]), **figure)


def _store_projects(sample: Sample, units: dict[str, Unit]) -> None:
    for row in sample.rows("projects"):
        values = {"name": row["name"], "category": row["category"], "unit": units[row["unit"]]}
        Project.objects.update_or_create(code=row["code"], defaults=values)


def _store_lines(sample: Sample, budget: Budget, units: dict[str, Unit]) -> None:
    RevenueLine.objects.bulk_create(RevenueLine(budget=budget, **_money(row, units)) for row in sample.rows("revenue"))
    functions = {code.code: code for code in Function.objects.worst_first(budget.fiscal_year.year)}
    economics = {code.code: code for code in Economic.objects.worst_first(budget.fiscal_year.year)}
    projects = {project.code: project for project in Project.objects.all()}
    ExpenditureLine.objects.bulk_create(
        ExpenditureLine(
            budget=budget,
            kind=row["kind"],
            project=projects[row["project"]] if row["project"] else None,
            function=functions[row["function"]],
            economic=economics[row["economic"]] if row["economic"] else None,
            label=row["label"],
            **_money(row, units),
        )
        for row in sample.rows("expenditure")
    )


def _money(row: dict[str, str], units: dict[str, Unit]) -> dict[str, Any]:
    return {
        "unit": units[row["unit"]],
        "source": row["source"],
        "carried_over": row["carried_over"] == "yes",
        "amount": wan(row["amount"]),
    }


def _store_assets(sample: Sample, budget: Budget, units: dict[str, Unit]) -> None:
    for row in sample.rows("assets"):
        if row["category"] == "total":
            continue  # 资产总额 is added up from the rows, never stored
        AssetHolding.objects.create(
            budget=budget,
            unit=units[row["unit"]],
            category=row["category"],
            quantity=Decimal(row["quantity"]) if row["quantity"] else None,
            measure=row["measure"],
            value=wan(row["value"]),
            as_of=date.fromisoformat(row["as_of"]),
        )
