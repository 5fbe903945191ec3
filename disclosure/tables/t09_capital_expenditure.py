"""表九：国有资本经营预算支出表."""

from typing import ClassVar

from budgets.enums import Source
from disclosure.tables.t05_general_expenditure import GeneralExpenditure


class CapitalExpenditure(GeneralExpenditure):
    """What 国有资本经营预算 pays for, in the columns of 表五."""

    key: ClassVar[str] = "capital_expenditure"
    number: ClassVar[int | None] = 9
    source: ClassVar[Source] = Source.CAPITAL
