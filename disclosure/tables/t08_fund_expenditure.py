"""表八：政府性基金预算支出表."""

from typing import ClassVar

from budgets.enums import Source
from disclosure.tables.t05_general_expenditure import GeneralExpenditure


class FundExpenditure(GeneralExpenditure):
    """What 政府性基金预算 pays for, in the columns of 表五."""

    key: ClassVar[str] = "fund_expenditure"
    number: ClassVar[int | None] = 8
    source: ClassVar[Source] = Source.FUND
