"""header ↔ field, one import-export Resource per flat table."""

from budgets.resources.changes import CodeChangeResource, EconomicCrosswalkResource
from budgets.resources.codes import (
    EconomicResource,
    FunctionResource,
    GovernmentEconomicResource,
    ProcurementCatalogueResource,
)
from budgets.resources.facts import (
    ControlFigureResource,
    ExpenditureLineResource,
    PreviousFigureResource,
    RevenueLineResource,
)
from budgets.resources.register import DepartmentResource, ProjectResource, UnitProfileResource, UnitResource

__all__ = [
    "CodeChangeResource",
    "ControlFigureResource",
    "DepartmentResource",
    "EconomicCrosswalkResource",
    "EconomicResource",
    "ExpenditureLineResource",
    "FunctionResource",
    "GovernmentEconomicResource",
    "PreviousFigureResource",
    "ProcurementCatalogueResource",
    "ProjectResource",
    "RevenueLineResource",
    "UnitProfileResource",
    "UnitResource",
]
