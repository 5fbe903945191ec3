"""What a layout prescribes of the rows of tables, as data that tables understand."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from budgets.enums import Source


class IncomeRow(NamedTuple):
    """A printed row of income in 收支总表, and the sources a layout gathers in it."""

    label: str
    sources: tuple[Source, ...]


class ClassRow(NamedTuple):
    """A printed row of spending in 收支总表: a 类 by its code (blank: a row of the form that no code fills)."""

    code: str
    label: str


class RowPlan(msgspec.Struct, frozen=True):
    """The rows a layout prints.

    ``class_rows``: the 类 a form always lists, in its order; without them only those with spending are listed.
    ``labels``: the words of closing rows; where 使用非财政拨款结余 has no row (``surplus``), it joins 上年结转.
    ``carry_rows``: whether 收支总表 and 财政拨款收支总表 state 上年结转 apart; else it counts as this year's income.
    ``details_carried``: whether 表五, 表六, 表八 and 表九 count spending from 上年结转.
    ``compares``: whether 表五, 表八 and 表九 set last year's 执行数 beside this year's figures.
    ``income_by``: whether 收入总表 has a row for each unit or for each functional code.
    ``framework``: the version of the indicator tree in which goals are printed.
    """

    income_rows: tuple[IncomeRow, ...]
    labels: Mapping[str, str]
    class_rows: tuple[ClassRow, ...] = ()
    carry_rows: bool = True
    compares: bool = False
    details_carried: bool = True
    income_by: str = "unit"
    framework: str = "2015"
