"""header ↔ field, one import-export Resource per flat table."""

from budgets.resources.changes import CodeChangeResource, EconomicCrosswalkResource
from budgets.resources.codes import (
    EconomicResource,
    FunctionResource,
    GovernmentEconomicResource,
    ProcurementCatalogueResource,
)
from budgets.resources.facts import (
    CarryForwardResource,
    ControlFigureResource,
    ExpenditureLineResource,
    PreviousFigureResource,
    RevenueLineResource,
)
from budgets.resources.register import DepartmentResource, ProjectResource, UnitProfileResource, UnitResource
from budgets.resources.schedules import AssetHoldingResource, ProcurementItemResource, ThreePublicCostResource

__all__ = [
    "AssetHoldingResource",
    "CarryForwardResource",
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
    "ProcurementItemResource",
    "ProjectResource",
    "RevenueLineResource",
    "ThreePublicCostResource",
    "UnitProfileResource",
    "UnitResource",
]
