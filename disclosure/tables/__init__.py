"""The statutory tables: the listing is the list."""

from disclosure.tables.base import StatutoryTable
from disclosure.tables.t01_totals import Totals
from disclosure.tables.t02_income import Income
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t04_fiscal_totals import FiscalTotals
from disclosure.tables.t05_general_expenditure import GeneralExpenditure
from disclosure.tables.t06_basic_expenditure import BasicExpenditure
from disclosure.tables.t07_three_public import ThreePublic
from disclosure.tables.t08_fund_expenditure import FundExpenditure
from disclosure.tables.t09_capital_expenditure import CapitalExpenditure
from disclosure.tables.t10_projects import Projects
from disclosure.tables.t11_goals import Goals
from disclosure.tables.t12_overall_goals import OverallGoals, OverallIndicators
from disclosure.tables.t13_procurement import Procurement
from disclosure.tables.t14_assets import Assets
from disclosure.tables.units import Units

TABLES: tuple[type[StatutoryTable], ...] = (
    Units,
    Totals,
    Income,
    Spending,
    FiscalTotals,
    GeneralExpenditure,
    BasicExpenditure,
    ThreePublic,
    FundExpenditure,
    CapitalExpenditure,
    Projects,
    Goals,
    OverallGoals,
    OverallIndicators,
    Procurement,
    Assets,
)
