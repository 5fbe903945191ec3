"""What is stored of the facts."""

from budgets.models.budget import Budget, CarryForward, RevenueLine
from budgets.models.classification import Economic, Function, GovernmentEconomic, ProcurementCatalogue
from budgets.models.code_change import CodeChange, EconomicCrosswalk
from budgets.models.code_list import CodeList
from budgets.models.comparison import ControlFigure, PreviousFigure
from budgets.models.identity import SiteIdentity
from budgets.models.membership import Membership
from budgets.models.organisation import Department, FiscalYear, Government, Succession, Unit, UnitProfile
from budgets.models.password import PasswordRecord
from budgets.models.schedules import AssetHolding, ProcurementItem, ThreePublicCost
from budgets.models.secrecy import Withholding
from budgets.models.spending import ExpenditureLine, Project
from budgets.models.trail import AuditTrail, TrailHead

__all__ = [
    "AssetHolding",
    "AuditTrail",
    "Budget",
    "CarryForward",
    "CodeChange",
    "CodeList",
    "ControlFigure",
    "Department",
    "Economic",
    "EconomicCrosswalk",
    "ExpenditureLine",
    "FiscalYear",
    "Function",
    "Government",
    "GovernmentEconomic",
    "Membership",
    "PasswordRecord",
    "PreviousFigure",
    "ProcurementCatalogue",
    "ProcurementItem",
    "Project",
    "RevenueLine",
    "SiteIdentity",
    "Succession",
    "ThreePublicCost",
    "TrailHead",
    "Unit",
    "UnitProfile",
    "Withholding",
]
